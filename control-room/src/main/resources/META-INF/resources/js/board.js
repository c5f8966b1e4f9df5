/** The figures on top, and the three lists beside the map. */
import { $, h, reconcile, setText } from './dom.js';
import { areaName, city, doing, onChange, riderLabel, storeName, urgency } from './city.js';
import { duration, lang, onLang, percent, shortId, t } from './i18n.js';
import { hms, now } from './clock.js';
import { mayAct } from './roles.js';
import { weatherAct } from './acts.js';

let open = () => {};

export function makeBoard(openStory) {
  open = openStory;
  for (const name of ['urgent', 'feed', 'areas']) $(`tab-${name}`).addEventListener('click', () => tab(name));
  $('tabs').addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const names = ['urgent', 'feed', 'areas'];
    const here = names.findIndex((name) => $(`tab-${name}`).getAttribute('aria-selected') === 'true');
    const next = names[(here + (event.key === 'ArrowRight' ? 1 : 2)) % 3];
    tab(next);
    $(`tab-${next}`).focus();
  });
  makeFigures();
  onChange((changed) => {
    if (changed.has('measures')) figures();
    if (changed.has('feed')) feed();
    if (changed.has('areas')) areas();
  });
  onLang(() => { makeFigures(); figures(); for (const name of ['urgent', 'feed', 'areas']) clear(rows(name)); everySecond(); feed(); areas(); });
  setInterval(everySecond, 1000);
}

const rows = (name) => $(name).firstElementChild;

function clear(list) {
  list.rows?.clear();
  list.replaceChildren();
}

function tab(name) {
  for (const other of ['urgent', 'feed', 'areas']) {
    $(other).hidden = other !== name;
    $(`tab-${other}`).setAttribute('aria-selected', String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
  }
}

export function everySecond() {
  urgent();
  if (!$('areas').hidden) areas();
}

/* figures */

const figureNames = ['hand', 'unassigned', 'soon', 'late', 'ontime', 'minutes', 'delivered', 'riders', 'offers'];

function makeFigures() {
  $('figures').replaceChildren(...figureNames.map((name) => h('div', { class: 'figure', id: `f-${name}` }, h('dt', { title: t(`f.${name}`) }, t(`f.${name}`)), h('dd', { class: 'value' }, '–'), h('dd', { class: 'note' }, ''))));
}

function figure(name, value, unit, note, tone) {
  const box = $(`f-${name}`);
  const dd = box.querySelector('.value');
  const text = `${value}${unit ?? ''}`;
  if (dd.dataset.text !== text) {
    dd.dataset.text = text;
    dd.replaceChildren(String(value), ...(unit ? [h('small', {}, unit)] : []));
  }
  const small = box.querySelector('.note');
  setText(small, note ?? '');
  small.title = note ?? '';
  box.dataset.tone = tone ?? '';
}

function figures() {
  const m = city.measures;
  if (!m) return;
  figure('hand', m.inHand, '', t('f.created', { n: m.created }));
  figure('unassigned', m.unassigned, '', t('f.unassignedhint'), m.unassigned > 3 * Math.max(1, m.ridersOnline - m.ridersBusy) && m.unassigned > 20 ? 'warn' : '');
  figure('soon', m.lateSoon, '', t('f.soonhint'), m.lateSoon ? 'warn' : '');
  figure('late', m.late, '', m.exceptions ? t('f.exceptions', { n: m.exceptions }) : t('f.latehint'), m.late ? 'bad' : '');
  const share = m.onTimeShare;
  figure('ontime', share == null ? '–' : (share * 100).toFixed(1), share == null ? '' : '%', t('f.ofdelivered', { n: m.deliveredOnTime, m: m.delivered }), share == null ? '' : share >= 0.95 ? 'ok' : share >= 0.85 ? 'warn' : 'bad');
  figure('minutes', m.minutesPerOrder == null ? '–' : m.minutesPerOrder.toFixed(1), m.minutesPerOrder == null ? '' : t('f.min'), t('f.today'));
  figure('delivered', m.delivered, '', m.ordersPerRiderHour == null ? t('f.cancelled', { n: m.cancelled }) : `${t('f.perhour', { n: m.ordersPerRiderHour.toFixed(1) })} · ${t('f.cancelled', { n: m.cancelled })}`);
  figure('riders', m.ridersBusy, `/ ${m.ridersOnline}`, `${t('f.idle', { n: m.ridersOnline - m.ridersBusy })} · ${t('f.silent', { n: m.ridersSilent })}`, m.ridersSilent > 0.1 * m.ridersOnline && m.ridersSilent > 2 ? 'warn' : '');
  const answered = m.offersAccepted + m.offersDeclined + m.offersMissed;
  figure('offers', m.offersAccepted, `/ ${m.offersDeclined} / ${m.offersMissed}`, answered ? `${t('f.accept', { n: percent(m.offersAccepted / answered, 0) })} · ${t('f.open', { n: m.offersOpen })}` : t('f.open', { n: m.offersOpen }));
}

/* what needs somebody */

const URGENT_SHOWN = 60;

function needing() {
  const at = now();
  const found = [];
  let count = 0;
  for (const job of city.jobs.values()) {
    const how = urgency(job, at);
    if (how === 'track' && job.status !== 'EXCEPTION') continue;
    count += 1;
    found.push({ job, how: job.status === 'EXCEPTION' ? 'late' : how, left: job.due - at });
  }
  found.sort((a, b) => (b.job.status === 'EXCEPTION') - (a.job.status === 'EXCEPTION') || a.left - b.left);
  return { worst: found.slice(0, URGENT_SHOWN), count };
}

function urgent() {
  const { worst, count } = needing();
  setText($('urgent-count'), count || '');
  $('urgent').dataset.count = count;
  if ($('urgent').hidden) return;
  const list = rows('urgent');
  if (!worst.length && city.measures) {
    clear(list);
    list.append(h('li', { class: 'empty' }, t('empty.urgent')));
    return;
  }
  list.querySelector('.empty')?.remove();
  reconcile(list, worst, (row) => row.job.jobId,
    (row) => h('li', {}, h('button', { class: 'job', type: 'button', 'data-order': row.job.orderId, onclick: () => open('order', row.job.orderId) }, h('span', { class: 'place' }), h('span', { class: 'left' }), h('span', { class: 'sub' }), h('span', { class: 'state' }))),
    (element, row) => {
      const button = element.firstChild;
      const [place, left, sub, state] = button.children;
      button.dataset.urgency = row.how;
      setText(place, storeName(row.job.storeId));
      setText(left, row.left < 0 ? `+${duration(-row.left)}` : duration(row.left));
      setText(sub, `${shortId(row.job.orderId)} · ${row.job.riderId ? riderLabel(row.job.riderId) : t('story.norider')}`);
      setText(state, t(`status.${row.job.status === 'OPEN' && row.job.held > now() ? 'HELD' : row.job.status}`));
    });
}

/* what happens */

/** Where and who; what is said first of the line stands above it. */
function whereAndWho(item) {
  if (item.what === 'WEATHER') return [areaName(item.areaId), t(`level.${item.reason}`)];
  if (item.what.startsWith('AREA_')) return [areaName(item.areaId)];
  if (item.what === 'SCORE_LOST') return [riderLabel(item.riderId), t(`score.${item.reason}`)];
  const told = ['WARN', 'BAD'].includes(item.tone) && item.reason && !['DECLINED', 'EXPIRED', 'DELIVERED'].includes(item.reason);
  return [item.storeId && storeName(item.storeId), item.riderId && riderLabel(item.riderId), told && t(`reason.${item.reason}`)].filter(Boolean);
}

function feed() {
  const list = rows('feed');
  if (!city.feed.length) { clear(list); list.append(h('li', { class: 'empty' }, t('empty.feed'))); return; }
  list.querySelector('.empty')?.remove();
  reconcile(list, city.feed, (item) => `${item.eventId}/${item.what}`,
    (item) => {
      const job = item.jobId && city.jobs.get(item.jobId);
      const target = item.orderId ?? job?.orderId;
      const body = [h('time', {}, hms(item.at)), h('i', {}), h('span', {}, t(`what.${item.what}`), h('small', {}, whereAndWho(item).join(' · ')))];
      const go = target ? () => open('order', target) : item.riderId ? () => open('rider', item.riderId) : null;
      return h('li', {}, go ? h('button', { class: 'line', type: 'button', 'data-tone': item.tone, onclick: go }, body) : h('div', { class: 'line', 'data-tone': item.tone }, body));
    }, () => {});
}

/* areas */

function areas() {
  const list = rows('areas');
  const all = [...city.areas.values()].sort((a, b) => a.name.localeCompare(b.name, lang()));
  if (!all.length) { clear(list); list.append(h('li', { class: 'empty' }, t('empty.areas'))); return; }
  list.querySelector('.empty')?.remove();
  const at = now();
  const tally = new Map(all.map((area) => [area.areaId, { open: 0, hand: 0, late: 0, idle: 0 }]));
  for (const job of city.jobs.values()) {
    const row = tally.get(job.areaId);
    if (!row) continue;
    if (job.status === 'OPEN' || job.status === 'OFFERED') row.open += 1; else row.hand += 1;
    if (urgency(job, at) === 'late') row.late += 1;
  }
  for (const rider of city.riders.values()) {
    if (doing(rider, at) !== 'IDLE' || !rider.place) continue;
    const area = all.find((one) => within(rider.place, one.outline));
    if (area) tally.get(area.areaId).idle += 1;
  }
  reconcile(list, all, (area) => area.areaId,
    (area) => h('li', { class: 'area', 'data-area': area.areaId },
      h('h3', {}, h('span', {}), h('span', { class: 'tag', 'data-tone': 'warn', hidden: true }), mayAct() ? h('button', { class: 'quiet', type: 'button', onclick: () => weatherAct(city.areas.get(area.areaId)) }, t('area.weather')) : null),
      h('dl', {}, ['open', 'hand', 'late', 'riders'].map((name) => h('div', {}, h('dt', {}, t(`area.${name}`)), h('dd', {}, '0'))))),
    (element, area) => {
      const row = tally.get(area.areaId);
      const [title, tag] = element.querySelector('h3').children;
      setText(title, area.name);
      tag.hidden = area.weather === 'NONE' && !area.paused;
      tag.dataset.tone = area.weather === 'RED' || area.paused ? 'bad' : 'warn';
      setText(tag, area.paused ? t('area.paused') : t(`level.${area.weather}`));
      const cells = element.querySelectorAll('dd');
      [row.open, row.hand, row.late, row.idle].forEach((value, index) => setText(cells[index], value));
    });
}

function within(place, outline) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const a = outline[i];
    const b = outline[j];
    if (a.lat > place.lat !== b.lat > place.lat && place.lon < ((b.lon - a.lon) * (place.lat - a.lat)) / (b.lat - a.lat) + a.lon) inside = !inside;
  }
  return inside;
}
