/** The task in hand: where to next, on a small map, by when, and what to do there. */
import { $, card, fill, h, t, text } from './page.js';
import { cityNow, get, hm, left } from './session.js';
import { changed, held, state, stops } from './state.js';
import { here } from './positions.js';
import { arrived, metresBetween, rideTo, riding, wayAhead } from './riding.js';
import { drawMap } from './map.js';
import { kilometres } from './offers.js';
import { stepKey, steps } from './steps.js';

const LETTER = { PICKUP: 'pin.pickup', DROPOFF: 'pin.dropoff', RETURN: 'pin.return' };
let shown = '';
let shownStep = '';
let way = null;
let askedAt = -Infinity;

const nameOf = (job) => job.told.storeName ?? job.told.storeId ?? job.jobId;

/** Where a stop is, in words. */
function placeOf(stop) {
  if (stop.kind !== 'DROPOFF') return nameOf(stop.job);
  return stop.job.told.contact?.address ?? stop.jobId;
}

/** How long it still takes, by the plan's own way from where the phone is. */
async function readWay(stop) {
  const me = here();
  if (!me || performance.now() - askedAt < 8_000) return;
  askedAt = performance.now();
  try {
    const told = await get(`/v1/rider/map/route?coordinateSystem=WGS-84&from=${me.lat},${me.lon}&to=${stop.place.lat},${stop.place.lon}`);
    way = { jobId: stop.jobId, kind: stop.kind, ...told, at: cityNow() };
    changed();
  } catch { /* the plan's time is shown */ }
}

function eta(stop) {
  const live = way && way.jobId === stop.jobId && way.kind === stop.kind;
  const at = live ? new Date(way.at + way.seconds * 1000).toISOString() : stop.plannedArrivalAt;
  if (!at) return '';
  const metres = live ? way.metres : here() ? metresBetween(here(), stop.place) : null;
  return t(live ? 'eta.live' : 'eta.plan', { at: hm(at) }) + (metres === null ? '' : ` · ${kilometres(metres)}`);
}

function due(stop) {
  if (!stop.dueAt) return { words: '', late: false };
  const late = left(stop.dueAt) === 0;
  return { words: t(stop.kind === 'PICKUP' ? 'due.ready' : late ? 'due.late' : 'due.by', { at: hm(stop.dueAt) }), late: late && stop.kind !== 'PICKUP' };
}

export function drawTask(box) {
  const route = stops();
  const [stop] = route;
  rideTo(stop && !['AT_STORE', 'AT_CUSTOMER'].includes(stop.job.now) ? stop.place : null);
  const key = JSON.stringify([document.documentElement.lang, route.map((one) => [one.jobId, one.kind]), stop && stepKey(stop), held().length]);
  if (key !== shown || !box.firstChild) {
    shown = key;
    const within = box.contains(document.activeElement) ? document.activeElement.id : null;
    // What is being typed for a step stays while only what is around it changes.
    const step = stop ? `${stop.jobId} ${stop.job.now}` : '';
    const typed = step !== shownStep ? [] : [...box.querySelectorAll('input:not([type=file])')].map((input) => [input.id, input.value, input.checked]);
    shownStep = step;
    fill(box, stop ? card('task', null,
      h('div', { class: 'row' }, h('h2', { id: 'stop-kind', tabindex: -1 }, t(`stop.${stop.kind}`)), h('span', { class: 'tag', id: 'job-status' }, t(`job.${stop.job.now}`))),
      h('p', { id: 'stop-place', class: 'place' }, placeOf(stop)),
      h('p', { id: 'stop-due' }), h('p', { id: 'stop-eta', class: 'muted' }),
      map(),
      steps(stop)) : card('idle', null, h('p', { class: 'muted' }, t(state.work?.online ? 'idle.online' : 'idle.offline'))),
    route.length > 1 && card('later', t('stops.later'), h('ol', null, route.slice(1).map((one) => h('li', null, h('b', null, t(`stop.${one.kind}`)), ` ${placeOf(one)}`, one.plannedArrivalAt && h('span', { class: 'muted' }, ` · ${hm(one.plannedArrivalAt)}`))))));
    // Whoever goes by keyboard or by ear goes on where the next step is.
    for (const [id, value, checked] of typed) { const same = $(id); if (same) { same.value = value; same.checked = checked; } }
    if (within !== null) ($(within) ?? $('stop-kind') ?? box).focus();
  }
  if (!stop) return;
  const by = due(stop);
  text($('stop-due'), by.words);
  $('stop-due').className = by.late ? 'bad' : '';
  text($('stop-eta'), eta(stop));
  $('step-waits').hidden = stop.job.waits === 0;
  text($('step-waits'), t('step.waits', { n: stop.job.waits }));
  document.body.dataset.arrived = String(riding() && arrived());
  readWay(stop);
  drawMap($('map'), {
    pins: route.slice(0, 4).map((one, i) => ({ name: i ? 'later' : one.kind.toLowerCase(), place: one.place, letter: t(LETTER[one.kind]) })),
    me: here(),
    way: riding() ? wayAhead() : way && way.jobId === stop.jobId && way.kind === stop.kind ? way.points : null,
  }, changed);
  $('map').setAttribute('aria-label', t('map', { to: placeOf(stop) }));
}

function map() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.id = 'map';
  svg.setAttribute('role', 'img');
  svg.setAttribute('class', 'map');
  return svg;
}
