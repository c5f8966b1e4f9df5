/** What this phone knows of the rider's work, and who wants to hear of changes. */
import { store, stored } from './page.js';
import { cityNow, get } from './session.js';
import { projected, waitingFor } from './queue.js';

const JOBS = 'shanpai.rider.jobs';
const NEWS = 'shanpai.rider.news';
const WORK = 'shanpai.rider.work';
const MOST_NEWS = 60;
const OVER = ['DELIVERED', 'CANCELLED', 'RETURNED', 'OPEN', 'OFFERED'];

/** The newest work, offers by id, what is told of jobs, hand-overs, fatigue, alarm, messages. */
export const state = {
  work: stored(WORK), offers: new Map(), jobs: stored(JOBS) ?? {}, handOvers: [], fatigue: null, alarm: null, news: stored(NEWS) ?? [], unread: 0,
};
const listeners = [];
let drawn = false;
export const onChange = (listener) => listeners.push(listener);

/** Many changes at once are drawn once. */
export function changed() {
  if (drawn) return;
  drawn = true;
  queueMicrotask(() => { drawn = false; listeners.forEach((listener) => listener()); });
}

export function forgetAll() {
  for (const key of [JOBS, NEWS, WORK]) store(key, null);
  Object.assign(state, { work: null, offers: new Map(), jobs: {}, handOvers: [], fatigue: null, alarm: null, news: [], unread: 0 });
}

export function takeWork(work) {
  if (!work || (state.work && work.version < state.work.version)) return;
  state.work = work;
  store(WORK, work);
  if (work.fatigue) state.fatigue = { ...state.fatigue, ...work.fatigue };
  // An address is kept for as long as the order is in hand, and no longer.
  const held = new Set(work.jobs.map((job) => job.jobId));
  for (const [id, job] of Object.entries(state.jobs)) {
    if (!held.has(id) && job.contact) { delete job.contact; store(JOBS, state.jobs); }
  }
  for (const job of work.jobs) if (!state.jobs[job.jobId]?.contact) readContact(job.jobId);
  changed();
}

export function takeOffer(offer) {
  offer.jobs.forEach((job) => know(job.jobId, job));
  if (offer.status === 'OPEN') state.offers.set(offer.offerId, offer);
  else state.offers.delete(offer.offerId);
  changed();
}

/** Remembers what is told of a job: its places, window, weight. */
export function know(jobId, told) {
  state.jobs[jobId] = { ...state.jobs[jobId], ...told };
  const ids = Object.keys(state.jobs);
  if (ids.length > 200) delete state.jobs[ids[0]];
  store(JOBS, state.jobs);
}

/** Offers answered here: news of before the answer must not show them again. */
const answered = new Set();
export function answeredOffer(offerId) {
  answered.add(offerId);
  state.offers.delete(offerId);
}

const asked = new Map();
async function readContact(jobId) {
  if (performance.now() - (asked.get(jobId) ?? -1e9) < 5_000) return;
  asked.set(jobId, performance.now());
  try {
    know(jobId, { contact: await get(`/v1/rider/jobs/${encodeURIComponent(jobId)}/contact`) });
    changed();
  } catch { /* asked again with the next news of the work */ }
}

export function say(kind, body) {
  state.news = [{ kind, body, at: cityNow() }, ...state.news].slice(0, MOST_NEWS);
  state.unread += 1;
  store(NEWS, state.news);
  changed();
}

/** Open offers, oldest first, without those answered here or out of time. */
export function openOffers() {
  return [...state.offers.values()]
    .filter((offer) => Date.parse(offer.expiresAt) > cityNow() && !answered.has(offer.offerId) && !waitingFor(offer.offerId).length)
    .sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
}

/** Jobs in hand, each where it stands once the queue is through. */
export function held() {
  return (state.work?.jobs ?? [])
    .map((job) => ({ ...job, told: state.jobs[job.jobId] ?? {}, now: projected(job.jobId, job.status), waits: waitingFor(job.jobId).length }))
    .filter((job) => !OVER.includes(job.now));
}

const DONE = { PICKUP: ['PICKED_UP', 'AT_CUSTOMER', 'RETURNING', 'EXCEPTION'], DROPOFF: ['RETURNING', 'EXCEPTION'], RETURN: [] };

/** Stops to come, in order, without those that are done on this phone already. */
export function stops() {
  const jobs = new Map(held().map((job) => [job.jobId, job]));
  const route = (state.work?.route ?? [])
    .filter((stop) => jobs.has(stop.jobId) && !DONE[stop.kind].includes(jobs.get(stop.jobId).now))
    .map((stop) => ({ ...stop, job: jobs.get(stop.jobId) }));
  // What is brought back while nobody can say so to the server has its way all the same.
  for (const job of jobs.values()) {
    if (job.now === 'RETURNING' && job.told.pickup && !route.some((stop) => stop.jobId === job.jobId)) route.push({ jobId: job.jobId, kind: 'RETURN', place: job.told.pickup, job });
  }
  return route;
}

export async function readWork() {
  const told = await get('/v1/rider/work');
  takeWork(told.work);
  const open = await get('/v1/rider/offers');
  state.offers.clear();
  open.offers.forEach(takeOffer);
  changed();
}

export async function readHandOvers() {
  state.handOvers = (await get('/v1/rider/hand-overs')).handOvers ?? [];
  for (const { job } of state.handOvers) if (job) know(job.jobId, { storeId: job.storeId, pickup: job.pickup, dropoff: job.dropoff, promise: job.promise });
  changed();
}
