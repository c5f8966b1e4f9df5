/** The customer's page. The server has drawn the words already; from here on it keeps moving. */
import { drawMap, moveRider, setStreets } from './map.js';
import { openVoice } from './voice.js';

const $ = (id) => document.getElementById(id);
const data = JSON.parse($('data').textContent);
const token = location.pathname.split('/').pop();
export const api = `/v1/tracking/${token}`;
const words = data.words;
const PATH = ['RIDER_ASSIGNED', 'RIDER_AT_STORE', 'PICKED_UP', 'RIDER_AT_CUSTOMER'];
const TONES = { DELIVERED: 'ok', CANCELLED: 'bad', RETURNING: 'bad', RETURNED: 'bad', EXCEPTION: 'bad' };

let column = document.documentElement.lang.startsWith('zh') ? 0 : 1;
let view = data.view;
let told = performance.now();

/** The words for a key in the language chosen. */
export function t(key, values) {
  let text = words[key] ? words[key][column] : key;
  for (const [name, value] of Object.entries(values ?? {})) text = text.replaceAll(`{${name}}`, value);
  return text;
}

export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

export function build(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value == null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** The city's clock, running on between two tellings. */
const now = () => Date.parse(view.now) + (performance.now() - told) * view.speed;

export function clock(iso) {
  const when = new Date(iso);
  const day = (d) => new Intl.DateTimeFormat('en-CA', { timeZone: view.zone }).format(d);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: view.zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(when);
  if (day(when) === day(new Date(now()))) return time;
  const date = new Intl.DateTimeFormat(column ? 'en-GB' : 'zh-CN', { timeZone: view.zone, month: column ? 'short' : 'long', day: 'numeric' }).format(when);
  return `${date} ${time}`;
}

/** When it is expected, as words; the same rules as the server's first drawing. */
function expected() {
  if (view.status === 'DELIVERED') return clock(view.statusAt);
  const arrival = view.arrival;
  if (!arrival) return t('eta.none');
  const last = Date.parse(arrival.latestAt ?? arrival.plannedAt);
  if (view.status === 'RIDER_AT_CUSTOMER') return t('eta.soon');
  if (last < now()) return t('eta.late');
  if (!arrival.latestAt) return t('eta.about', { at: clock(arrival.plannedAt) });
  if (Date.parse(arrival.earliestAt) <= now() && last - now() < 120_000) return t('eta.soon');
  return t('eta.window', { from: clock(Math.max(Date.parse(arrival.earliestAt), now())), to: clock(arrival.latestAt) });
}

const hopeless = () => TONES[view.status] === 'bad';

function ladder() {
  const at = view.status === 'DELIVERED' ? PATH.length : PATH.indexOf(view.status);
  const bars = hopeless() ? [] : PATH.map((step, i) => build('li', { class: i < at || at === PATH.length ? 'done' : i === at ? 'here' : '' }));
  $('ladder').replaceChildren(...bars);
}

function draw() {
  if (!view) return;
  document.title = `${t(`status.${view.status}`)} · ${t('brand')}`;
  const late = view.arrival && !view.ended && Date.parse(view.arrival.latestAt ?? view.arrival.plannedAt) < now();
  document.body.dataset.tone = TONES[view.status] ?? (late ? 'warn' : '');
  document.body.dataset.status = view.status;
  text($('store'), view.storeName);
  text($('no'), t('order', { no: view.orderNo }));
  text($('status'), t(`status.${view.status}`));
  text($('lead'), view.riderChanged && view.status === 'RIDER_ASSIGNED' ? t('lead.changed') : t(`lead.${view.status}`));
  $('eta-row').hidden = hopeless();
  text($('eta-label'), t(view.status === 'DELIVERED' ? 'eta.done' : 'eta.label'));
  text($('eta'), expected());
  const share = view.arrival?.coverage && view.arrival.latestAt && !late && view.status !== 'RIDER_AT_CUSTOMER';
  text($('share'), share ? t('eta.share', { in: Math.round(view.arrival.coverage * 10), of: 10 }) : '');
  ladder();
  const wide = Date.parse(view.promise.start) > Date.parse(view.steps[0]?.at ?? view.promise.start) + 600_000;
  text($('promise'), t(wide ? 'promise.window' : 'promise', { from: clock(view.promise.start), to: clock(view.promise.end) }));
  parts();
  rider();
  $('code-card').hidden = !view.deliveryCode;
  text($('code'), view.deliveryCode ?? '');
  $('drop').hidden = !view.dropPoint;
  text($('drop'), view.dropPoint ? t('drop', { where: view.dropPoint.instruction }) : '');
  $('steps-card').hidden = false;
  $('steps').replaceChildren(...view.steps.map((step) => build('li', null, build('time', { datetime: step.at }, clock(step.at)), t(`step.${step.status}`))));
  map();
  openVoice(view, (said) => { view.voice.said = said; });
}

/** Where the purchase takes several riders: every load, each with a page of its own. */
function parts() {
  $('parts-card').hidden = !view.parts;
  if (!view.parts) return;
  text($('parts-title'), t('parts', { n: view.parts.length }));
  $('parts').replaceChildren(...view.parts.map((part) => {
    const name = t('part', { no: part.no });
    return build('li', null, part.here ? build('b', null, name) : build('a', { href: part.path, rel: 'nofollow' }, name), build('span', null, t(`status.${part.status}`)));
  }));
}

function rider() {
  const who = view.rider;
  $('rider').hidden = !who;
  if (!who) { number = null; return; }
  text($('rider-name'), who.name ? t('rider.name', { name: who.name }) : t('rider'));
  const doors = view.status !== 'PICKED_UP' ? '' : who.doorsBefore > 0 ? t('rider.first', { n: who.doorsBefore }) : t('rider.next');
  text($('doors'), doors);
  callPlace(who);
}

/** Whom the number on the page reaches: with another rider it must be asked for anew. */
let reached = null;
let number = null;
let callNote = 'rider.callnote';

function callPlace(who) {
  const place = $('call-place');
  if (!who.callable || (reached !== null && reached !== who.name)) { number = null; reached = null; callNote = 'rider.callnote'; }
  if (!who.callable) { place.replaceChildren(); return; }
  const shown = number ?? 'ask';
  if (place.dataset.shown !== shown || !place.firstChild) {
    place.dataset.shown = shown;
    place.replaceChildren(
      number
        ? build('a', { class: 'primary', id: 'call-link', href: `tel:${number}` }, number)
        : build('button', { class: 'primary', type: 'button', id: 'call', onclick: call }),
      build('span', { class: 'muted small', id: 'call-note', role: 'status' }));
  }
  if ($('call')) text($('call'), t('rider.call'));
  text($('call-note'), t(callNote));
}

const CALL_ERRORS = { 409: 'call.nobody', 429: 'call.often', 503: 'call.away' };

/** The number is lent for this one order, and only to whoever asks for it. */
async function call() {
  const name = view.rider?.name;
  $('call').disabled = true;
  try {
    const answer = await fetch(`${api}/call`, { method: 'POST', headers: { Accept: 'application/json' } });
    if (answer.ok) {
      number = (await answer.json()).number;
      reached = name;
      callNote = 'rider.callnote';
    } else {
      callNote = CALL_ERRORS[answer.status] ?? 'call.away';
    }
  } catch {
    callNote = 'call.away';
  }
  if ($('call')) $('call').disabled = false;
  if (view.rider) callPlace(view.rider);
  $('call-link')?.focus();
}

function map() {
  $('map-card').hidden = !view.store;
  if (!view.store) return;
  const sight = view.rider?.sight;
  $('map').setAttribute('aria-label', t('map', { rider: sight ? t('map.rider') : '' }));
  drawMap($('map'), view, { store: t('map.store'), door: t('map.door') });
  moveRider(sight);
  $('coarse').hidden = !sight?.coarse;
  text($('coarse'), t('rider.coarse'));
}

let source = null;
let poll = null;
let lostSince = 0;
let streets = false;

function take(next) {
  view = next;
  told = performance.now();
  lostSince = 0;
  $('lost').hidden = true;
  draw();
  if (view.ended) stop();
}

function stop() {
  source?.close();
  source = null;
  clearInterval(poll);
  poll = null;
}

function lost() {
  lostSince ||= performance.now();
  if (performance.now() - lostSince > 6000) { $('lost').hidden = false; text($('lost'), t('lost')); }
}

async function ask() {
  try {
    const answer = await fetch(api, { headers: { Accept: 'application/json' } });
    if (answer.status === 404 || answer.status === 410) location.reload();
    else if (answer.ok) take(await answer.json());
    else lost();
  } catch { lost(); }
}

function listen() {
  if (source || poll || !view || view.ended) return;
  document.body.dataset.live = 'stream';
  source = new EventSource(`${api}/stream`);
  source.addEventListener('order', (event) => take(JSON.parse(event.data)));
  source.addEventListener('tick', () => { lostSince = 0; $('lost').hidden = true; });
  source.addEventListener('over', () => { stop(); location.reload(); });
  source.onerror = () => {
    lost();
    // A refusal closes the stream for good: ask now and then instead.
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      document.body.dataset.live = 'poll';
      poll ??= setInterval(ask, 10_000);
    }
  };
}

async function readStreets() {
  if (streets || !view?.store) return;
  streets = true;
  try {
    const answer = await fetch(`${api}/streets`, { headers: { Accept: 'application/json' } });
    if (answer.ok) { setStreets((await answer.json()).streets); map(); }
  } catch { /* a map without streets is still a map */ }
}

function store(key, value) {
  try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ }
}
const stored = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

function speak() {
  document.documentElement.lang = column === 0 ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-w]')) text(element, t(element.dataset.w));
  const other = column === 0 ? 'en' : 'zh';
  const link = $('lang');
  link.href = `?lang=${other}`;
  link.lang = link.hreflang = other;
  text(link, column === 0 ? 'EN' : '中文');
  if (view) draw();
  else if (data.gone) { text($('status'), t(`gone.${data.gone}`)); text($('lead'), t(`gone.${data.gone}.lead`)); }
}

$('lang').addEventListener('click', (event) => {
  event.preventDefault();
  column = 1 - column;
  store('shanpai.lang', column ? 'en' : 'zh');
  speak();
});

function size(big) {
  document.documentElement.dataset.size = big ? 'big' : '';
  $('big').setAttribute('aria-pressed', String(big));
  store('shanpai.big', big ? '1' : '');
}
$('big').hidden = false;
$('big').addEventListener('click', () => { size(document.documentElement.dataset.size !== 'big'); if (view) map(); });

// What the address says wins, then what was chosen here before, then what the browser asked for.
const chosen = new URLSearchParams(location.search).get('lang') ?? stored('shanpai.lang');
if (chosen) column = chosen.startsWith('zh') ? 0 : 1;
if (stored('shanpai.big')) size(true);
speak();
if (view) {
  listen();
  readStreets();
  setInterval(() => { if (!view.ended) draw(); }, 10_000);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stop();
    else if (!view.ended) { ask(); listen(); }
  });
  addEventListener('resize', map);
}
