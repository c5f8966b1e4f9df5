/** Who is signed in on this phone, the city's clock, and the one way to ask the server. */
import { store, stored } from './page.js';

const DEVICE = 'shanpai.rider.device';
const SESSION = 'shanpai.rider.session';
const EARLY = 30_000;
let access = null;
let renewing = null;
let whenLost = () => {};
let city = { zone: 'Asia/Shanghai', at: Date.now(), told: performance.now(), speed: 1, simulated: false };

export const onLost = (listener) => { whenLost = listener; };
export const uuid = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
export const riderId = () => stored(SESSION)?.riderId ?? null;
export const simulated = () => city.simulated;
export const citySpeed = () => city.speed;

/** Made once and kept: the account is bound to it. */
function deviceKey() {
  let key = stored(DEVICE);
  if (!key) {
    key = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    store(DEVICE, key);
  }
  return key;
}

class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.slug = String(problem?.type ?? '').split(':').pop();
    this.field = problem?.field ?? null;
    this.retryAfter = Number(retryAfter) || 0;
  }
  /** Whether the same may be sent again in a moment. */
  get passing() { return this.status === 503 || this.status === 429; }
}

/** There is no line. */
class Away extends Error {
  get away() { return true; }
  get passing() { return true; }
}

async function reach(path, options) {
  try { return await fetch(path, { credentials: 'omit', cache: 'no-store', ...options }); } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Away(failure.message);
  }
}

async function answer(response) {
  const told = await response.text().catch(() => { throw new Away('cut off'); });
  let body = null;
  try { body = told ? JSON.parse(told) : null; } catch { /* an answer that is no JSON has nothing to tell */ }
  if (!response.ok) throw new Refused(response.status, body, response.headers.get('Retry-After'));
  return body;
}

const post = (path, body) => reach(path, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) }).then(answer);

function keep(rider, told) {
  access = { token: told.accessToken, until: performance.now() + told.expiresInSeconds * 1000 };
  store(SESSION, { riderId: rider, refreshToken: told.refreshToken });
}

export async function signIn(rider, secret) {
  const told = await post('/v1/riders/sessions', { riderId: rider, secret, deviceKey: deviceKey(), deviceName: navigator.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 64), deviceTime: new Date().toISOString() });
  keep(rider, told);
}

/** One renewal at a time, over all tabs: a refresh token is good once. */
function renew() {
  const before = access?.token;
  const go = async () => {
    const held = stored(SESSION);
    if (!held) throw new Refused(401, null);
    if (access && access.token !== before && performance.now() < access.until - EARLY) return;
    try {
      keep(held.riderId, await post('/v1/riders/sessions/refresh', { refreshToken: held.refreshToken, deviceKey: deviceKey(), deviceTime: new Date().toISOString() }));
    } catch (refused) {
      if (refused.status === 401 || refused.status === 403) { forget(); whenLost(); }
      throw refused;
    }
  };
  renewing ??= Promise.resolve(navigator.locks ? navigator.locks.request('shanpai.rider.renew', go) : go()).finally(() => { renewing = null; });
  return renewing;
}

function forget() {
  access = null;
  store(SESSION, null);
}

export async function signOut() {
  const held = stored(SESSION);
  forget();
  if (held) await post('/v1/riders/sessions/end', { refreshToken: held.refreshToken }).catch(() => {});
}

/** A token good for a while. */
export async function token() {
  if (!access || performance.now() > access.until - EARLY) await renew();
  return access.token;
}

/** Sends with the token; whoever is told 401 comes again once with a new one. */
export async function send(path, options) {
  const once = async () => reach(path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${await token()}` } });
  const response = await once();
  if (response.status !== 401) return response;
  access = null;
  return once();
}

/** @param more key: the Idempotency-Key; type: of a body that is no JSON */
export async function call(method, path, body, more) {
  const raw = more?.type !== undefined;
  return answer(await send(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': raw ? more.type : 'application/json' }),
      ...(method === 'POST' ? { 'Idempotency-Key': more?.key ?? uuid(), 'Device-Time': new Date().toISOString() } : {}),
    },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  }));
}
export const get = (path) => call('GET', path);

/** Asks anew for the city's clock; a phone that slept has lost it. */
export async function readCity() {
  const told = await get('/v1/rider/city');
  city = { zone: told.zone, at: Date.parse(told.cityTime), told: performance.now(), speed: told.speed, simulated: told.simulated };
  return told;
}

export const cityNow = () => city.at + (performance.now() - city.told) * city.speed;
const format = (options) => (iso) => (iso ? new Intl.DateTimeFormat('en-GB', { timeZone: city.zone, hourCycle: 'h23', ...options }).format(new Date(iso)) : '');
export const hm = format({ hour: '2-digit', minute: '2-digit' });
export const day = (at) => new Intl.DateTimeFormat('en-CA', { timeZone: city.zone }).format(new Date(at));
export const moment = (iso) => (!iso ? '' : day(iso) === day(cityNow()) ? hm(iso) : `${day(iso).slice(5)} ${hm(iso)}`);
/** Seconds of the city until then, at least 0. */
export const left = (iso) => Math.max(0, Math.round((Date.parse(iso) - cityNow()) / 1000));
export const yuan = (fen) => `¥${((fen ?? 0) / 100).toFixed(2)}`;
export const points = (milli) => String(Math.round(milli) / 1000);
export const signed = (milli) => (milli > 0 ? `+${points(milli)}` : points(milli).replace('-', '−'));
