/** Where the phone is, noted and handed in by batches. Without a place nothing stops: it only says so. */
import { call, cityNow, citySpeed, simulated, uuid } from './session.js';
import { advance, endRide, riding } from './riding.js';

const KEPT = 400;
const BATCH = 100;
/** Dispatch takes a rider for silent after three city minutes. */
const CITY_SECONDS = 40;
let seq = 0;
let sessionId = null;
let unsent = [];
let watch = null;
let timer = null;
let sending = false;
let noted = 0;
let fix = null;
let trouble = null;
let listener = () => {};

export const onPosition = (given) => { listener = given; };
/** The last place, WGS-84: {lat, lon, accuracy}; null when unknown. */
export const here = () => fix;
export const gpsTrouble = () => trouble;

/** A made-up way is called so in the name of its session. */
function session() {
  const wanted = simulated() && riding() ? 'simulated' : 'web';
  if (!sessionId?.startsWith(wanted)) { sessionId = `${wanted}-${uuid()}`; seq = 0; unsent = []; }
  return sessionId;
}

export function startPositions() {
  if (timer) return;
  timer = setInterval(tick, 1000);
  if (navigator.geolocation && !simulatedNow()) {
    watch = navigator.geolocation.watchPosition(
      (told) => { trouble = told.coords.accuracy > 100 ? 'poor' : null; note(told.coords.latitude, told.coords.longitude, told.coords.accuracy, told.coords.speed); },
      (refused) => { trouble = refused.code === 1 ? 'denied' : 'none'; listener(); },
      { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 });
  } else if (!simulatedNow()) trouble = 'none';
  tick();
}

const simulatedNow = () => simulated() && riding();

export function stopPositions() {
  clearInterval(timer);
  timer = null;
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = null;
  trouble = null;
}

/** Begins anew, for instance by satellite after a simulated ride. */
export function switchSource() {
  const was = timer !== null;
  stopPositions();
  if (!riding()) endRide();
  if (was) startPositions();
}

const every = () => Math.min(10, Math.max(1, CITY_SECONDS / citySpeed())) * 1000;

function tick() {
  if (simulatedNow()) {
    const place = advance();
    if (place) { trouble = null; note(place.lat, place.lon, place.accuracy, place.speed); } else trouble = 'none';
  }
  flushPings();
}

function note(lat, lon, accuracy, speed) {
  fix = { lat, lon, accuracy };
  listener();
  if (performance.now() - noted < every() * 0.9) return;
  noted = performance.now();
  session();
  seq += 1;
  unsent.push({ seq, at: new Date(cityNow()).toISOString(), lat, lon, accuracyMetres: Math.max(1, Math.round(accuracy ?? 50)), ...(speed > 0 ? { speedMps: Math.round(speed * 10) / 10 } : {}) });
  if (unsent.length > KEPT) unsent = unsent.slice(-KEPT);
}

async function battery() {
  try { return { batteryPercent: Math.round((await navigator.getBattery()).level * 100) }; } catch { return {}; }
}

async function flushPings() {
  if (sending || !unsent.length) return;
  sending = true;
  const batch = unsent.slice(0, BATCH);
  const of = session();
  try {
    await call('POST', '/v1/rider/positions', { sessionId: of, coordinateSystem: 'WGS-84', ...(of.startsWith('web') ? await battery() : {}), pings: batch });
    unsent = unsent.filter((ping) => !batch.includes(ping));
  } catch (refused) {
    // Kept for later, unless nobody will ever want them.
    if (!refused.passing && refused.status !== 401) unsent = unsent.filter((ping) => !batch.includes(ping));
  } finally {
    sending = false;
  }
}
