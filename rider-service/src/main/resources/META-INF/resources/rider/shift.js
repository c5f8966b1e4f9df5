/** Online and offline, where positions come from, how tired, and the call for help. */
import { ask, card, doing, field, fill, h, t, toast } from './page.js';
import { call, get, left, moment, simulated, uuid } from './session.js';
import { changed, held, state, takeWork } from './state.js';
import { gpsTrouble, here, startPositions, stopPositions, switchSource } from './positions.js';
import { ride, riding } from './riding.js';

const HOLD = 1_500;
const hours = (seconds) => t('hours', { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60) });

export const online = () => Boolean(state.work?.online);
const place = () => (here() ? { coordinateSystem: 'WGS-84', place: { lat: here().lat, lon: here().lon } } : {});

async function shift(on) {
  if (on) startPositions();
  const told = await call('PUT', '/v1/rider/shift', { online: on, ...place() });
  takeWork(told.work);
  if (!on && !held().length) stopPositions();
  readFatigue();
}

export async function readFatigue() {
  try { state.fatigue = await get('/v1/rider/fatigue'); changed(); } catch { /* the stream tells as well */ }
}

export async function readAlarm() {
  try { state.alarm = (await get('/v1/rider/sos')).alarm ?? null; changed(); } catch { /* asked again later */ }
}

let key = '';
/** The card at the top; drawn anew only when it says something else. */
export function drawShift(box) {
  const tired = state.fatigue;
  const paused = state.work?.pausedUntil && left(state.work.pausedUntil) > 0 ? state.work.pausedUntil : null;
  const next = JSON.stringify([online(), riding(), simulated(), gpsTrouble(), paused, tired?.state, Math.floor((tired?.workedSeconds ?? 0) / 60), tired?.limitAt, tired?.offersFrom, document.documentElement.lang, Boolean(state.work), state.alarm?.status]);
  if (next === key && box.firstChild) return;
  key = next;
  fill(box,
    h('button', { class: online() ? 'big quiet' : 'big primary', id: 'shift', type: 'button', 'aria-pressed': String(online()), onclick: doing(() => shift(!online())) }, t(online() ? 'shift.off' : 'shift.on')),
    h('p', { id: 'shift-state', class: online() ? 'ok' : 'muted', role: 'status' }, t(online() ? 'shift.online' : 'shift.offline')),
    paused && h('p', { class: 'warn', id: 'paused' }, t('shift.paused', { at: moment(paused) })),
    tired && fatigue(tired),
    gpsTrouble() && online() && h('p', { class: 'warn small', id: 'gps' }, t(`gps.${gpsTrouble()}`)),
    simulated() && h('label', { class: 'switch' }, h('input', { type: 'checkbox', id: 'ride', checked: riding(), onchange: (event) => { ride(event.target.checked); switchSource(); changed(); } }), h('span', null, t('ride.for.me'))),
    help());
}

function fatigue(tired) {
  const limit = tired.state === 'FIT' ? tired.limitAt && t('fatigue.limit', { at: moment(tired.limitAt) }) : tired.offersFrom && t('fatigue.from', { at: moment(tired.offersFrom) });
  return h('div', { id: 'fatigue', class: tired.state === 'FIT' ? 'muted small' : 'warn' },
    h('p', null, `${t(`fatigue.${tired.state}`)} · ${t('fatigue.worked', { time: hours(tired.workedSeconds) })}`, limit && ` · ${limit}`),
    tired.state === 'CONFIRM' && h('button', { type: 'button', class: 'primary', id: 'go-on', onclick: doing(async () => { state.fatigue = await call('POST', '/v1/rider/fatigue/confirm'); changed(); }) }, t('fatigue.go.on')));
}

/** Held for a moment, so that no pocket calls for help. The keyboard holds Enter or the space bar. */
function help() {
  const alarm = state.alarm && state.alarm.status !== 'CLOSED' ? state.alarm : null;
  const button = h('button', { type: 'button', id: 'sos', class: 'sos' }, h('b', null, 'SOS'), h('span', null, t(alarm ? `sos.${alarm.status}` : 'sos.hold')));
  let timer = null;
  const end = () => { clearTimeout(timer); timer = null; button.classList.remove('held'); };
  const begin = () => { if (timer) return; button.classList.add('held'); timer = setTimeout(() => { end(); raise().catch((refused) => toast(t('sos.failed', { why: refused.message }), 'bad')); }, HOLD); };
  button.addEventListener('pointerdown', begin);
  for (const name of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) button.addEventListener(name, end);
  button.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); begin(); } });
  button.addEventListener('keyup', end);
  button.addEventListener('contextmenu', (event) => event.preventDefault());
  return button;
}

async function raise() {
  navigator.vibrate?.(300);
  state.alarm = await call('POST', '/v1/rider/sos', place());
  changed();
  const words = h('textarea', { id: 'sos-words', rows: 3, maxlength: 500 });
  const said = await ask(t('sos.raised'), [h('p', null, t('sos.lead')), field(t('sos.words'), words)], t('send'), () => words.value.trim());
  if (said) state.alarm = await call('POST', '/v1/rider/sos', { ...place(), words: said });
  changed();
}

/** Slots (班次) of the rider's pool and station. */
export async function drawSlots(box) {
  const { slots } = await get('/v1/rider/slots');
  const turn = (slot) => async () => { await call('POST', `/v1/rider/slots/${encodeURIComponent(slot.slotId)}/${slot.mine ? 'cancel' : 'sign-up'}`, undefined, { key: uuid() }); await drawSlots(box); };
  fill(box, card('slots', t('slots'), !slots.length && h('p', { class: 'muted' }, t('slots.none')),
    slots.map((slot) => h('div', { class: 'row' },
      h('div', null, h('b', null, `${moment(slot.slot.startsAt)} – ${moment(slot.slot.endsAt)}`), h('p', { class: 'muted small' }, `${slot.slot.areaId} · ${slot.taken}/${slot.slot.places}${slot.slot.peak ? ` · ${t('slots.peak')}` : ''}${slot.worked === undefined || slot.worked === null ? '' : ` · ${t(slot.worked ? 'slots.worked' : 'slots.missed')}`}`)),
      !slot.closed && h('button', { type: 'button', class: slot.mine ? 'quiet' : 'primary', onclick: doing(turn(slot)) }, t(slot.mine ? 'slots.leave' : 'slots.take'))))));
}
