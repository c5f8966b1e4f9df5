/** The riders' page: who is in, which part is open, and what the stream brings. */
import { $, ask, fill, h, speak, stored, switchLang, t, tell, text, toast } from './page.js';
import { call, cityNow, onLost, readCity, riderId, signIn, signOut, simulated } from './session.js';
import { answeredOffer, changed, forgetAll, onChange, readHandOvers, readWork, say, state, takeOffer, takeWork } from './state.js';
import { discard, emptyQueue, flush, onQueue, waiting } from './queue.js';
import { closeStream, onStream, openStream, streamState } from './stream.js';
import { onPosition, startPositions, stopPositions } from './positions.js';
import { ride, riding, startAt } from './riding.js';
import { dropPhotos } from './photos.js';
import { drawShift, online, readAlarm, readFatigue } from './shift.js';
import { drawOffer } from './offers.js';
import { drawTask } from './task.js';
import { rememberPicture } from './steps.js';
import { drawHall, handOvers, heardHandOver, readHall } from './hall.js';
import { drawScore, readScore } from './score.js';
import { drawMoney, readMoney } from './money.js';
import { drawMore, drawNews, newsLine, onSignOut, readMore } from './more.js';

const PARTS = {
  work: { icon: 'M12 2 4 14h6l-1 8 9-13h-6z', read: async () => readWork(), draw: () => {} },
  hall: { icon: 'M4 5h16v4H4zm0 6h16v8H4z', read: readHall, draw: drawHall },
  score: { icon: 'm12 2 3 7 7 .6-5.3 4.7 1.7 7.2L12 17.5 5.6 21.5l1.7-7.2L2 9.6 9 9z', read: readScore, draw: drawScore },
  money: { icon: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15v2h-2v-2H8v-2h3v-1H8v-2h2L7.5 7H10l2 3.5L14 7h2.5L14 12h2v2h-3v1h3v2z', read: readMoney, draw: drawMoney },
  more: { icon: 'M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4zm7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4z', read: readMore, draw: drawMore },
};
const NS = 'http://www.w3.org/2000/svg';
let part = 'work';
let timer = null;

function icon(path) {
  const svg = document.createElementNS(NS, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(NS, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

function tabs() {
  fill($('tabs'), Object.entries(PARTS).map(([name, { icon: path }]) => h('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': name, 'aria-selected': String(name === part), tabindex: name === part ? 0 : -1, onclick: () => show(name) }, icon(path), h('span', null, t(`tab.${name}`)), name === 'more' && h('i', { id: 'unread', hidden: state.unread === 0 }, String(Math.min(99, state.unread))))));
}

function show(name, focus) {
  part = name;
  for (const each of Object.keys(PARTS)) $(each).hidden = each !== name;
  tabs();
  if (focus) $(`tab-${name}`).focus();
  scrollTo(0, 0);
  draw();
  PARTS[name].read().catch(tell);
}

$('tabs').addEventListener('keydown', (event) => {
  const names = Object.keys(PARTS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) show(names[(names.indexOf(part) + step + names.length) % names.length], true);
});

/** What changes by itself. Forms people type into are drawn anew only when they ask something else. */
function draw() {
  if (!riderId() || $('main').hidden) return;
  queued();
  strip();
  lineState();
  drawOffer();
  const unread = $('unread');
  if (unread) { unread.hidden = state.unread === 0; text(unread, String(Math.min(99, state.unread))); }
  if (part === 'work') {
    if (!$('shift-box')) fill($('work'), h('p', { id: 'latest', class: 'latest', role: 'status', hidden: true }), h('div', { id: 'given' }), h('div', { id: 'task-box' }), h('div', { id: 'shift-box', class: 'card' }));
    drawShift($('shift-box'));
    drawTask($('task-box'));
    drawHandOvers();
    latest();
  } else if (part === 'more') drawNews();
}
onChange(draw);
onPosition(draw);

let handOversKey = '';
function drawHandOvers() {
  const key = JSON.stringify([state.handOvers.map(({ handOver }) => [handOver.handOverId, handOver.state]), document.documentElement.lang]);
  if (key === handOversKey && (state.handOvers.length === 0 || $('given').firstChild)) return;
  handOversKey = key;
  fill($('given'), handOvers());
}

/** The newest message, for a moment, where the rider looks. */
function latest() {
  const newest = state.news.find((one) => one.kind === 'message');
  const fresh = newest && cityNow() - newest.at < 10 * 60_000;
  $('latest').hidden = !fresh;
  if (fresh && $('latest').textContent !== `${newest.body.from} ${newest.body.text}`) fill($('latest'), newsLine(newest));
}

function queued() {
  const n = waiting().length;
  $('waiting').hidden = n === 0;
  text($('waiting'), t('waiting', { n }));
}

function strip() {
  $('simulated').hidden = !riding();
  text($('simulated'), t('simulated'));
}

function lineState() {
  const is = streamState();
  $('stream').dataset.state = is;
  text($('stream-text'), t(`stream.${is}`));
}

/** What waits to be sent; each can be thrown away by whoever did it. */
$('waiting').addEventListener('click', () => {
  const rows = () => waiting().map((one) => h('div', { class: 'row' }, h('span', null, t(`action.${one.kind}`), h('span', { class: 'muted small' }, ` ${(one.jobId ?? one.offerId ?? '').slice(-6)} ${one.at.slice(11, 19)}Z`)), h('button', { type: 'button', class: 'quiet', onclick: () => { discard(one.key); fill($('act-body'), rows()); } }, t('discard'))));
  ask(t('waiting.title'), rows(), t('waiting.now'), () => true).then((now) => { if (now) flush(); });
});

onQueue({
  changed,
  done: (action, told) => {
    if (action.offerId) answeredOffer(action.offerId);
    if (action.kind === 'PHOTO') rememberPicture(action.jobId, told.proofId);
    else { toast(t('done.action', { what: t(`action.${action.kind}`) }), 'ok'); if (action.kind !== 'REPORT') readWork().catch(() => {}); }
  },
  refused: (action, why) => {
    if (action.offerId) answeredOffer(action.offerId);
    say('refused', { kind: action.kind, slug: why.slug, detail: why.message });
    tell(Object.assign(new Error(why.message), why));
    readWork().catch(() => {});
  },
  work: takeWork,
});

const EVENTS = {
  offer: takeOffer,
  work: takeWork,
  route: ({ version, route }) => { if (state.work && version >= state.work.version) { state.work = { ...state.work, route }; toast(t('news.route')); changed(); } },
  fatigue: (told) => { state.fatigue = { ...state.fatigue, ...told }; say('fatigue', told); },
  'hand-over': heardHandOver,
  message: (told) => { say('message', told); if (told.urgent) navigator.vibrate?.([300, 100, 300]); toast(`${told.from}: ${told.text}`, told.urgent ? 'bad' : ''); },
  sos: (alarm) => { state.alarm = alarm.status === 'CLOSED' ? null : alarm; say('sos', alarm); },
  score: (entry) => { say('score', entry); if (part === 'score') readScore().catch(() => {}); },
  appeal: (told) => { say('appeal', told); if (part === 'score') readScore().catch(() => {}); },
};

onStream({
  event: (name, told) => (EVENTS[name] ?? ((body) => say(name, body)))(told),
  // A page that was opened without a line learns the city's clock with the line.
  state: (now) => { if (now === 'live') { flush(); readCity().then(() => readWork()).catch(() => {}); } changed(); },
});

async function enter() {
  document.body.classList.remove('signed-out');
  $('sign').hidden = true;
  for (const id of ['main', 'tabs']) $(id).hidden = false;
  tabs();
  show('work');
  openStream();
  try { await readCity(); } catch (refused) { if (!refused.passing) throw refused; }
  if (simulated() && stored('shanpai.rider.ride-for-me') === null && given.has('at')) ride(true);
  await Promise.all([readWork(), readFatigue(), readAlarm(), readHandOvers()].map((one) => one.catch(() => {})));
  if (online()) startPositions();
  flush();
  changed();
  clearInterval(timer);
  timer = setInterval(() => { if (!document.hidden) changed(); }, 1000);
}

function out(why) {
  closeStream(true);
  stopPositions();
  clearInterval(timer);
  forgetAll();
  document.body.classList.add('signed-out');
  for (const id of ['main', 'tabs', 'offer', 'waiting', 'simulated']) $(id).hidden = true;
  for (const name of Object.keys(PARTS)) fill($(name));
  $('stream').dataset.state = 'off';
  text($('stream-text'), '');
  $('sign').hidden = false;
  $('sign-secret').value = '';
  text($('sign-error'), why ?? '');
}

// What the demo's address says: whom to sign in as, and where a simulated ride begins.
const given = new URLSearchParams(location.hash.slice(1));
if (given.has('rider')) $('sign-rider').value = given.get('rider');
if (given.has('at')) {
  const [lat, lon] = given.get('at').split(',').map(Number);
  if (Number.isFinite(lat) && Number.isFinite(lon)) startAt({ lat, lon });
}

$('sign-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  $('sign-error').textContent = '';
  $('sign-in').disabled = true;
  try {
    await signIn($('sign-rider').value.trim(), $('sign-secret').value.trim());
    await enter();
  } catch (refused) {
    $('sign-error').textContent = refused.status === 401 || refused.status === 400 ? t('sign.wrong') : refused.slug === 'other-device' ? t('problem.other-device') : refused.away ? t('away') : refused.message;
  } finally {
    $('sign-in').disabled = false;
  }
});
onSignOut(async () => {
  if (waiting().length && !await ask(t('sign.out'), h('p', null, t('sign.out.waiting', { n: waiting().length })), t('sign.out'))) return;
  if (online()) await call('PUT', '/v1/rider/shift', { online: false }).catch(() => {});
  await signOut();
  emptyQueue();
  dropPhotos();
  out();
});
onLost(() => out(t('sign.lost')));
$('lang').addEventListener('click', () => { switchLang(); if (riderId()) { tabs(); PARTS[part].draw(); if (part === 'more') readMore().catch(() => {}); changed(); } });
document.addEventListener('visibilitychange', () => { if (!document.hidden && riderId()) readCity().then(() => readWork()).catch(() => {}); });

speak();
if (riderId()) enter().catch(tell); else out();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('sw.js').catch(() => {});
