/**
 * What the rider did, until the server has it. Everything goes through here, with a line or without:
 * an action is written down first, then sent with its key and the phone's time, and leaves only by
 * the server's word. So nothing is done twice and nothing is lost by a reload.
 */
import { store, stored } from './page.js';
import { call, uuid } from './session.js';
import { dropPhoto, keepPhoto, readPhoto } from './photos.js';

const KEPT = 'shanpai.rider.queue';
const SOON = 3_000;
const LATER = 15_000;
const NEXT = {
  ASSIGNED: { ARRIVED_STORE: 'AT_STORE' },
  AT_STORE: { PICKED_UP: 'PICKED_UP' },
  PICKED_UP: { ARRIVED_CUSTOMER: 'AT_CUSTOMER', UNDELIVERABLE: 'RETURNING' },
  AT_CUSTOMER: { DELIVERED: 'DELIVERED', UNDELIVERABLE: 'RETURNING' },
  RETURNING: { RETURNED: 'RETURNED' },
};
let actions = stored(KEPT) ?? [];
let sending = false;
let timer = null;
let listener = { changed() {}, done() {}, refused() {}, work() {} };

export const onQueue = (given) => { listener = given; };
export const waiting = () => actions;
export const waitingFor = (id) => actions.filter((one) => one.jobId === id || one.offerId === id);

/** Where a job stands once what waits here has been taken, each step in its turn. */
export function projected(jobId, status) {
  let at = status;
  for (;;) {
    const next = actions.find((one) => one.jobId === jobId && NEXT[at]?.[one.kind]);
    if (!next) return actions.some((one) => one.jobId === jobId && one.kind === 'RELEASE') ? 'OPEN' : at;
    at = NEXT[at][next.kind];
  }
}

function keep(next) {
  actions = next;
  store(KEPT, actions.length ? actions : null);
  listener.changed();
}

/** @param photo a Blob to hand in before; as proof of a delivery, or evidence of a report */
export async function act(action, photo) {
  const mine = { key: uuid(), at: new Date().toISOString(), ...action };
  if (photo) {
    mine.photo = uuid();
    await keepPhoto(mine.photo, photo);
  }
  keep([...actions, mine]);
  await flush();
}

export function discard(key) {
  const gone = actions.find((one) => one.key === key);
  if (gone?.photo) dropPhoto(gone.photo);
  keep(actions.filter((one) => one.key !== key));
}

export function emptyQueue() {
  actions.forEach((one) => one.photo && dropPhoto(one.photo));
  keep([]);
}

function again(millis) {
  clearTimeout(timer);
  timer = setTimeout(flush, millis);
}

/** Sends what waits. Never fails: what cannot be sent now is sent later. */
export async function flush() {
  if (sending || !actions.length) return;
  sending = true;
  clearTimeout(timer);
  try {
    const wait = await (navigator.locks ? navigator.locks.request('shanpai.rider.queue', round) : round());
    if (actions.length) again(wait);
  } catch (refused) {
    if (!refused.passing && refused.status !== 401) turnAway(refused);
    if (actions.length) again(refused.away ? SOON : Math.max(SOON, (refused.retryAfter ?? 0) * 1000));
  } finally {
    sending = false;
  }
}

/** The whole batch was refused: the one that is named goes, or none could ever be sent. */
function turnAway(refused) {
  const named = /^actions\[(\d+)\]/.exec(refused.field ?? '');
  const gone = named ? actions[Number(named[1])] : null;
  if (gone) { discard(gone.key); listener.refused(gone, refused); } else again(LATER);
}

async function round() {
  // Another tab may have sent some meanwhile.
  actions = stored(KEPT) ?? [];
  await handInPhotos();
  if (!actions.length) { listener.changed(); return 0; }
  const batch = actions.slice(0, 50);
  const told = await call('POST', '/v1/rider/actions', { sentAt: new Date().toISOString(), actions: batch.map(wire) });
  let wait = 0;
  const ended = new Set();
  for (const result of told.results) {
    const action = batch.find((one) => one.key === result.key);
    if (result.outcome === 'LATER') { wait = Math.max(wait, (result.retryAfterSeconds ?? 2) * 1000); continue; }
    ended.add(result.key);
    if (action.photo) dropPhoto(action.photo);
    if (result.outcome === 'DONE') listener.done(action, result);
    else listener.refused(action, { slug: String(result.problem?.type ?? '').split(':').pop(), message: result.problem?.detail ?? '', status: result.problem?.status });
  }
  keep(actions.filter((one) => !ended.has(one.key)));
  if (told.work) listener.work(told.work);
  return wait || SOON;
}

async function handInPhotos() {
  for (const action of [...actions]) {
    if (!action.photo || action.handedIn) continue;
    const blob = await readPhoto(action.photo);
    if (!blob) { discard(action.key); listener.refused(action, { slug: 'photo-lost', message: '' }); continue; }
    try {
      const kept = await call('POST', `/v1/rider/jobs/${action.jobId}/proof?epoch=${action.epoch}`, blob, { key: action.photo, type: blob.type });
      const with_ = action.kind === 'DELIVERED' ? { proofId: kept.proofId } : { evidence: [kept.proofId, action.evidence].filter(Boolean).join(' ') };
      keep(actions.map((one) => (one.key === action.key ? { ...one, ...with_, handedIn: true } : one)));
      listener.done({ kind: 'PHOTO', jobId: action.jobId }, kept);
    } catch (refused) {
      if (refused.passing || refused.status === 401) throw refused;
      discard(action.key);
      listener.refused(action, refused);
    }
  }
}

/** As the server reads it: what only this page needs stays here. */
function wire({ photo, handedIn, ...action }) {
  return action;
}

addEventListener('online', () => flush());
addEventListener('storage', (event) => { if (event.key === KEPT) { actions = stored(KEPT) ?? []; listener.changed(); } });
