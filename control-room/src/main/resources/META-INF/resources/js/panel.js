/** The story beside the map: of an order, a rider, a store. */
import { $, h } from './dom.js';
import { call } from './session.js';
import { city, doing, onChange, riderLabel, storeName, urgency } from './city.js';
import { duration, onLang, percent, shortId, t, yuan } from './i18n.js';
import { hm, hms, now } from './clock.js';
import { colours, legColours } from './look.js';
import { mayAct } from './roles.js';
import { cancelAct, reassignAct } from './acts.js';
import { receiptCard } from './receipt.js';
import { selection, show } from './map.js';
import { lowBattery, lowTrust } from './sightings.js';
import { why } from './why.js';

let story = null;
let asked = 0;
let fresh = null;
let cameFrom = null;

export function makePanel() {
  onChange((changed, delta) => {
    if (!selection.kind || !delta) return;
    const touched = (delta.jobs ?? []).some((job) => job.orderId === selection.id || job.riderId === selection.id || job.storeId === selection.id) || (delta.riders ?? []).some((rider) => rider.riderId === selection.id);
    if (touched) soon();
  });
  onLang(() => { if (story) draw(); });
  setInterval(() => { if (story && selection.kind === 'order') drawCountdown(); }, 1000);
}

/** Many changes of one thing within a second are read once. */
function soon() {
  fresh ??= setTimeout(() => { fresh = null; read(); }, 700);
}

export function openStory(kind, id, { centre } = {}) {
  if (!selection.kind) cameFrom = document.activeElement;
  selection.kind = kind;
  selection.id = id;
  story = null;
  mark();
  if (centre !== false) goTo(kind, id);
  $('panel').hidden = false;
  $('panel').replaceChildren(head(kind, t(`story.facts`), id));
  read(true);
}

export function closePanel() {
  if (!selection.kind) return;
  selection.kind = null;
  selection.id = null;
  story = null;
  mark();
  $('panel').hidden = true;
  $('panel').replaceChildren();
  if (cameFrom?.isConnected) cameFrom.focus();
  cameFrom = null;
}

function mark() {
  for (const row of document.querySelectorAll('[data-order]')) {
    if (selection.kind === 'order' && row.dataset.order === selection.id) row.setAttribute('aria-current', 'true');
    else row.removeAttribute('aria-current');
  }
}

function goTo(kind, id) {
  if (kind === 'rider') { const rider = city.riders.get(id); if (rider?.place) show(rider.place); }
  else if (kind === 'store') { const store = city.stores.get(id); if (store) show(store.place); }
  else { const job = liveJob(id); if (job) show(job.dropoff); }
}

const liveJob = (orderId) => [...city.jobs.values()].find((job) => job.orderId === orderId);
const paths = { order: (id) => `/v1/orders/${encodeURIComponent(id)}/story`, rider: (id) => `/v1/riders/${encodeURIComponent(id)}`, store: (id) => `/v1/stores/${encodeURIComponent(id)}` };

async function read(first) {
  const mine = ++asked;
  const { kind, id } = selection;
  if (!kind) return;
  try {
    const answer = await call('GET', paths[kind](id));
    if (mine !== asked || selection.id !== id) return;
    story = { kind, id, data: answer };
    draw(first);
  } catch (failure) {
    if (mine !== asked || selection.id !== id || story) return;
    $('panel').replaceChildren(head(kind, failure.status === 404 ? t('story.none', { id }) : failure.message, id));
  }
}

function draw(first) {
  const box = $('panel');
  const scrolled = box.scrollTop;
  const parts = story.kind === 'order' ? order(story.data) : story.kind === 'rider' ? rider(story.data) : store(story.data);
  box.replaceChildren(...parts.filter(Boolean));
  box.dataset.kind = story.kind;
  box.dataset.id = story.id;
  // Whoever is typing meanwhile keeps the keyboard: a letter of theirs could be a shortcut here.
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
  if (first) { box.scrollTop = 0; if (!typing) box.focus({ preventScroll: true }); } else box.scrollTop = scrolled;
}

function head(kind, title, id, ...more) {
  return h('div', { class: 'panel-head' },
    h('div', { class: 'row' }, h('h2', {}, title), h('button', { class: 'close', type: 'button', 'aria-label': t('act.back'), title: 'Esc', onclick: closePanel }, '×')),
    ...more, h('div', { class: 'id' }, id));
}

const section = (title, ...content) => h('section', {}, h('h3', {}, title), ...content);
const fact = (name, value) => (value === null || value === undefined || value === '' ? null : [h('dt', {}, name), h('dd', {}, value)]);
const link = (text, kind, id) => h('button', { type: 'button', class: 'inline', onclick: () => openStory(kind, id) }, text);

/* an order */

const statusTone = { DELIVERED: 'ok', CANCELLED: 'warn', RETURNED: 'warn', RETURNING: 'bad', EXCEPTION: 'bad', OPEN: 'warn', OFFERED: 'warn' };

function order(s) {
  const job = s.job;
  const status = job?.status ?? s.order.status;
  const orderId = (s.order ?? job).orderId;
  const parts = [head('order', s.store?.name ?? storeName((s.order ?? job).storeId), orderId,
    h('div', { class: 'row' }, h('span', { class: 'big', id: 'countdown' }), h('span', { class: 'tag', 'data-tone': statusTone[status] ?? 'info' }, t(`status.${status}`)), job?.fault && job.fault !== 'NONE' ? h('span', { class: 'tag', 'data-tone': 'bad' }, t(`fault.${job.fault}`)) : null),
    job && mayAct() ? orderActs(job) : null)];
  if (s.legs?.length) parts.push(section(t('story.legs'), legs(s.legs), waits(s.waits)));
  parts.push(section(t('story.facts'), h('dl', { class: 'facts' },
    fact(t('story.promise'), hm((s.order ?? job).promise.end)),
    fact(t('story.planned'), !terminal(status) && job?.plannedDeliveryAt ? hm(job.plannedDeliveryAt) : null),
    fact(t('story.rider'), job?.riderId ? link(riderLabel(job.riderId), 'rider', job.riderId) : terminal(status) ? null : t('story.norider')),
    fact(t('story.store'), link(s.store?.name ?? storeName((s.order ?? job).storeId), 'store', (s.order ?? job).storeId)),
    fact(t('story.load'), t('story.units', { n: (s.order ?? job).loadUnits })),
    fact(t('story.tier'), s.order?.direct ? t('story.direct') : null),
    fact(t('story.fee'), s.order ? yuan(s.order.deliveryFee) : null),
    fact(t('story.basepay'), job ? yuan(job.basePay) : null),
    fact(t('story.declines'), job?.declines ? t('story.times', { n: job.declines }) : null),
    fact(t('story.unclaimed'), job?.unclaimed ? t(`reason.${job.unclaimed}`) : null),
    fact(t('story.merchantNo'), s.order?.merchantOrderNo))));
  if (s.receipts?.length) parts.push(section(t('story.receipts'), receipts(s)));
  parts.push(section(t('story.timeline'), h('ol', { class: 'timeline' }, s.lines.map((line) => timelineRow(line, s)))));
  if (s.scores?.length) parts.push(section(t('story.scores'), scores(s.scores, true)));
  if (s.acts?.length) parts.push(section(t('story.acts'), h('ol', { class: 'timeline' }, s.acts.map((act) => h('li', { 'data-tone': 'KEY' }, h('time', {}, hms(act.at)), h('div', {}, `${t(`act.${act.kind}`)} · ${act.operator} · ${act.status === undefined ? '…' : act.status < 300 ? t('act.ok') : act.status >= 500 ? t('act.failed') : t('act.refused')}`, h('small', {}, act.reason)))))));
  queueMicrotask(drawCountdown);
  return parts;
}

const terminal = (status) => ['DELIVERED', 'CANCELLED', 'RETURNED'].includes(status);

function drawCountdown() {
  const box = $('countdown');
  if (!box || !story || story.kind !== 'order') return;
  const s = story.data;
  const job = s.job;
  const due = Date.parse((s.order ?? job).promise.end);
  if (job?.status === 'DELIVERED') {
    const early = due - Date.parse(job.endedAt);
    box.textContent = t(early >= 0 ? 'story.early' : 'story.lateby', { t: duration(Math.abs(early)) });
    box.dataset.urgency = early >= 0 ? 'done' : 'late';
  } else if (job && terminal(job.status)) {
    box.textContent = t(`reason.${job.reason}`);
    box.dataset.urgency = '';
  } else {
    const left = due - now();
    box.textContent = t(left >= 0 ? 'story.left' : 'story.over', { t: duration(Math.abs(left)) });
    box.dataset.urgency = urgency({ due, soon: s.soonAt ? Date.parse(s.soonAt) : due });
  }
}

function orderActs(job) {
  const beforePickup = ['OPEN', 'OFFERED', 'ASSIGNED', 'AT_STORE'].includes(job.status);
  const given = ['ASSIGNED', 'AT_STORE'].includes(job.status);
  if (!beforePickup) return null;
  return h('div', { class: 'actions' },
    given ? h('button', { class: 'quiet', type: 'button', id: 'do-reassign', onclick: () => reassignAct(job.jobId, soon) }, t('act.reassign')) : null,
    h('button', { class: 'danger', type: 'button', id: 'do-cancel', onclick: () => cancelAct(job.jobId, soon) }, t('act.cancel')));
}

const legKinds = ['ACCEPT', 'ARRIVE_STORE', 'PICK_UP', 'ARRIVE_CUSTOMER', 'DELIVER'];

function legs(rows) {
  const lasted = (leg) => leg.seconds ?? Math.max(0, (now() - Date.parse(leg.from)) / 1000);
  const bar = h('div', { class: 'legs', role: 'img', 'aria-label': rows.map((leg) => `${t(`leg.${leg.kind}`)} ${duration(lasted(leg) * 1000)}`).join(', ') },
    rows.map((leg) => h('i', { class: leg.to ? '' : 'open', '--c': legColours[leg.kind], '--grow': Math.max(1, lasted(leg)) })));
  const names = h('div', { class: 'leg-names' }, legKinds.map((kind) => {
    const leg = rows.find((one) => one.kind === kind);
    return h('div', { class: leg ? '' : 'none', '--c': legColours[kind] }, t(`leg.${kind}`), h('b', {}, leg ? duration(lasted(leg) * 1000) : '–'));
  }));
  return [bar, names];
}

function waits(rows) {
  if (!rows?.length) return null;
  return h('ul', { class: 'waits', 'aria-label': t('story.waits') }, rows.map((wait) => h('li', { 'data-long': String(wait.seconds >= 300) }, h('span', {}, t(`wait.${wait.who}.${wait.forWhom}`)), h('b', {}, duration(wait.seconds * 1000)))));
}

const RECEIPTS_SHOWN = 3;

function receipts(s) {
  const newest = s.receipts.slice(-RECEIPTS_SHOWN).reverse();
  const more = s.receipts.length - newest.length;
  return [...newest.map((receipt) => receiptCard(receipt, (id) => s.riders[id] ?? riderLabel(id), openStory)), more > 0 ? h('p', { class: 'muted' }, t('story.more', { n: more })) : null];
}

const good = new Set(['JOB_DELIVERED', 'KITCHEN_READY']);
const warn = new Set(['KITCHEN_LATE', 'CANCEL_REQUESTED', 'OFFER_DECLINED', 'OFFER_EXPIRED', 'OFFER_WITHDRAWN', 'JOB_CANCELLED', 'JOB_RETURNED', 'DECISION_NO_COURIER', 'JOB_UNCLAIMED', 'DECISION_REASSIGN']);
const bad = new Set(['JOB_DELIVERED_LATE', 'JOB_RETURNING', 'JOB_EXCEPTION']);
const key = new Set(['ORDER_CREATED', 'JOB_ASSIGNED', 'JOB_PICKED_UP', 'JOB_AT_STORE', 'JOB_AT_CUSTOMER', 'DECISION_OFFER', 'DECISION_GRAB', 'SEEN_AT_STORE', 'SEEN_AT_CUSTOMER']);

/** Reasons that only say again what the line says. */
const plain = new Set(['CREATED', 'ORDER_CREATED', 'ROUTE_CHANGED', 'ORDER_CANCELLED', 'OFFER_WITHDRAWN', 'OFFERED', 'ACCEPTED', 'ARRIVED_STORE', 'PICKED_UP', 'ARRIVED_CUSTOMER', 'DELIVERED', 'RETURNED', 'DECLINED', 'EXPIRED']);

function timelineRow(line, s) {
  const tone = bad.has(line.what) ? 'BAD' : warn.has(line.what) ? 'WARN' : good.has(line.what) ? 'GOOD' : key.has(line.what) ? 'KEY' : '';
  const title = line.quiet && line.what.startsWith('ORDER_') ? t('what.ORDER_STATUS', { status: t(`status.${line.what.slice(6)}`) }) : t(`what.${line.what}`);
  const small = [
    line.riderId ? s.riders[line.riderId] ?? line.riderId : null,
    line.what.startsWith('DECISION_') ? t(`rule.${line.reason}`) : line.reason && !line.quiet && !plain.has(line.reason) ? t(`reason.${line.reason}`) : null,
    line.fault ? t(`fault.${line.fault}`) : null,
    line.seen ? t(line.seen.learned ? 'story.seenlearned' : 'story.seen', { m: line.seen.metres, n: line.seen.readings, trust: line.seen.trust }) : null,
    line.what === 'KITCHEN_LATE' && line.detail ? t('story.expectedReady', { t: hm(line.detail) }) : line.what === 'OFFER_OPEN' ? line.detail : null,
  ].filter(Boolean).join(' · ');
  return h('li', { 'data-tone': tone, class: line.quiet ? 'quiet-line' : '' }, h('time', { datetime: line.at }, hms(line.at)), h('div', {}, title, small && !line.quiet ? h('small', {}, small) : line.quiet && line.riderId ? ` · ${s.riders[line.riderId] ?? line.riderId}` : null));
}

const points = (mp) => `${mp > 0 ? '+' : '−'}${(Math.abs(mp) / 1000).toFixed(1)}`;

function scores(rows, withRider) {
  return h('ul', { class: 'scores' }, rows.map((entry) => h('li', {}, h('span', { class: entry.milliPoints > 0 ? 'score-gain' : entry.milliPoints < 0 ? 'score-loss' : '' }, points(entry.milliPoints)), h('span', {}, `${t(`score.${entry.rule}`)} (${entry.rule})${withRider ? ` · ${riderLabel(entry.riderId)}` : ''}`), h('span', { class: 'muted' }, `→ ${(entry.balanceMilliPoints / 1000).toFixed(1)}`))));
}

/* a rider */

const big = (name, value, unit) => h('div', {}, h('dt', {}, name), h('dd', {}, value, unit ? h('small', {}, unit) : null));

function rider(s) {
  const live = city.riders.get(s.rider.riderId) ?? s.rider;
  const state = doing(live);
  const seen = live.placeAt ? Math.max(0, now() - Date.parse(live.placeAt)) : null;
  return [
    head('rider', live.label, live.riderId, h('div', { class: 'row' }, h('i', { class: 'dot', '--c': colours.rider[state] }), h('span', { class: 'big' }, t(`rider.${state}`)), live.pool ? h('span', { class: 'tag' }, t(`pool.${live.pool}`)) : null)),
    section(t('rider.now'), h('dl', { class: 'mini' }, big(t('rider.delivered'), s.delivered), big(t('rider.ontime'), s.delivered ? percent(s.deliveredOnTime / s.delivered, 0) : '–'), big(t('rider.score'), s.scoreMilliPoints === undefined ? '–' : (s.scoreMilliPoints / 1000).toFixed(1))),
      h('dl', { class: 'facts' }, fact(t('rider.load'), `${live.loadUnits} / ${live.capacityUnits}`), fact(t('rider.offers'), `${s.offersAccepted} / ${s.offersDeclined} / ${s.offersMissed}`), fact(t('rider.online'), live.onlineSince ? hm(live.onlineSince) : null), fact(t('rider.seen'), seen === null ? null : t('rider.ago', { t: duration(seen) })), fact(t('rider.trust'), live.trust === undefined ? null : h('span', { class: lowTrust(live) ? 'score-loss' : '' }, `${live.trust} / 100`)), fact(t('rider.battery'), live.batteryPercent === undefined ? null : h('span', { class: lowBattery(live) ? 'score-loss' : '' }, `${live.batteryPercent} %`)), fact(t('rider.paused'), live.pausedUntil && Date.parse(live.pausedUntil) > now() ? hm(live.pausedUntil) : null))),
    section(t('rider.route'), live.route?.length ? h('ol', { class: 'stops' }, live.route.map((stop, index) => stopRow(stop, index))) : h('p', { class: 'muted' }, t('rider.noroute'))),
    section(t('why.title'), why(s.rider.riderId, s.scores[0]?.entryId, draw) ?? (s.scores.length ? scores(s.scores.slice(0, 8), false) : h('p', { class: 'muted' }, t('why.none')))),
    s.jobs.length ? section(t('rider.jobs'), jobRows(s.jobs)) : null,
  ];
}

function stopRow(stop, index) {
  const job = city.jobs.get(stop.jobId);
  const name = job ? `${storeName(job.storeId)} · ${shortId(job.orderId)}` : shortId(stop.jobId);
  const due = Date.parse(stop.dueAt);
  return h('li', {}, h('b', {}, index + 1), h('span', {}, `${t(`stop.full.${stop.kind}`)} · `, job ? link(name, 'order', job.orderId) : name), h('span', { class: stop.kind === 'DROPOFF' && Date.parse(stop.plannedArrivalAt) > due ? 'score-loss' : 'muted' }, hm(stop.plannedArrivalAt)));
}

function jobRows(jobs) {
  return h('div', { class: 'rows' }, jobs.map((job) => {
    const over = terminal(job.status);
    const late = job.status === 'DELIVERED' ? job.endedAt > job.dueAt : !over && now() > Date.parse(job.dueAt);
    const colour = late ? colours.urgency.late : job.status === 'DELIVERED' ? colours.rider.CARRYING : over ? colours.muted : urgency({ due: Date.parse(job.dueAt), soon: job.soonAt ? Date.parse(job.soonAt) : Date.parse(job.dueAt) }) === 'soon' ? colours.urgency.soon : colours.urgency.track;
    return h('button', { type: 'button', onclick: () => openStory('order', job.orderId) }, h('i', { class: 'diamond', '--c': colour }), h('span', {}, `${storeName(job.storeId)} `, h('small', {}, shortId(job.orderId))), h('small', {}, `${t(`status.${job.status}`)} ${hm(job.endedAt ?? job.dueAt)}`));
  }));
}

/* a store */

function store(s) {
  const wait = (seconds) => (seconds === undefined ? '–' : duration(seconds * 1000));
  return [
    head('store', s.store.name, s.store.storeId, h('div', { class: 'row' }, h('span', { class: 'tag', 'data-tone': s.store.open ? 'ok' : 'warn' }, t(s.store.open ? 'store.open' : 'store.closed')))),
    section(t('store.today'), h('dl', { class: 'mini' }, big(t('store.orders'), s.orders), big(t('store.delivered'), s.delivered), big(t('store.ontime'), s.delivered ? percent(s.deliveredOnTime / s.delivered, 0) : '–')),
      h('dl', { class: 'facts' }, fact(t('store.riderwait'), wait(s.riderWaitSeconds)), fact(t('store.goodswait'), wait(s.goodsWaitSeconds)), fact(t('store.prep'), duration(s.store.preparationSeconds * 1000)), fact(t('store.range'), `${(s.store.rangeMetres / 1000).toFixed(1)} km`))),
    s.jobs.length ? section(t('store.jobs'), jobRows(s.jobs)) : null,
  ];
}
