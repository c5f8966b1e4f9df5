/** What the page knows of the city. Everything arrives whole, so applying it twice does no harm. */
import { citySpeed, now } from './clock.js';

export const city = {
  jobs: new Map(), riders: new Map(), stores: new Map(), areas: new Map(),
  zones: new Map(), seen: [],
  feed: [], measures: null, streets: [],
};

const FEED_SHOWN = 80;
const listeners = new Set();

/** @param listener called with the names of what changed */
export function onChange(listener) {
  listeners.add(listener);
}

const over = new Set(['DELIVERED', 'CANCELLED', 'RETURNED']);

function takeJob(job) {
  if (over.has(job.status)) { city.jobs.delete(job.jobId); return; }
  job.due = Date.parse(job.dueAt);
  job.soon = job.soonAt ? Date.parse(job.soonAt) : job.due;
  job.held = job.holdUntil ? Date.parse(job.holdUntil) : 0;
  const known = city.jobs.get(job.jobId);
  if (!known || known.version <= job.version) city.jobs.set(job.jobId, job);
}

function takeRider(rider) {
  const known = city.riders.get(rider.riderId);
  if (known) {
    rider.track = known.track;
    // A place that is already newer than this view must not jump back.
    if (known.placeAt && rider.placeAt && known.placeAt > rider.placeAt) { rider.place = known.place; rider.placeAt = known.placeAt; rider.trust = known.trust; rider.batteryPercent = known.batteryPercent; }
  }
  rider.seen = rider.placeAt ? Date.parse(rider.placeAt) : 0;
  city.riders.set(rider.riderId, rider);
  if (rider.place) moveTo(rider, rider.place);
}

function takePosition(position) {
  const rider = city.riders.get(position.riderId);
  if (!rider || (rider.placeAt && rider.placeAt >= position.at)) return;
  rider.place = position.place;
  rider.placeAt = position.at;
  rider.trust = position.trust;
  rider.batteryPercent = position.batteryPercent;
  rider.seen = Date.parse(position.at);
  moveTo(rider, position.place);
}

/**
 * A rider glides from where they are drawn to where they were told to be, for as long as it took to
 * be told, so that the next telling finds them arriving.
 */
function moveTo(rider, place) {
  const at = performance.now();
  const track = rider.track;
  if (!track) {
    rider.track = { fromLat: place.lat, fromLon: place.lon, toLat: place.lat, toLon: place.lon, begin: at, length: 0, heading: null, told: at };
    return;
  }
  if (track.toLat === place.lat && track.toLon === place.lon) return;
  const here = whereIs(rider, at);
  const north = (place.lat - here.lat) * 111320;
  const east = (place.lon - here.lon) * 111320 * Math.cos((place.lat * Math.PI) / 180);
  const far = Math.hypot(north, east);
  track.fromLat = far > 1500 ? place.lat : here.lat;
  track.fromLon = far > 1500 ? place.lon : here.lon;
  track.toLat = place.lat;
  track.toLon = place.lon;
  track.length = Math.min(5000, Math.max(250, (at - track.told) * 1.1));
  track.begin = at;
  track.told = at;
  if (far > 4) track.heading = Math.atan2(east, north);
}

/** Where a rider is drawn at that moment of the page. */
export function whereIs(rider, at) {
  const track = rider.track;
  const part = track.length ? Math.min(1, (at - track.begin) / track.length) : 1;
  return { lat: track.fromLat + (track.toLat - track.fromLat) * part, lon: track.fromLon + (track.toLon - track.fromLon) * part };
}

function takeZone(zone) {
  if (zone.removed) city.zones.delete(zone.zoneId); else city.zones.set(zone.zoneId, zone);
}

/** Marks fade from when they were heard of; those of a snapshot from when they were seen. */
function takeSeen(mark, ago = 0) {
  if (city.seen.some((one) => one.eventId === mark.eventId)) return;
  mark.arrived = performance.now() - ago;
  city.seen.push(mark);
}

export function takeSnapshot(snapshot) {
  const tracks = new Map([...city.riders].map(([id, rider]) => [id, rider.track]));
  city.jobs.clear(); city.riders.clear(); city.stores.clear(); city.areas.clear();
  snapshot.jobs.forEach(takeJob);
  for (const rider of snapshot.riders) { rider.track = tracks.get(rider.riderId); takeRiderFresh(rider); }
  for (const store of snapshot.stores) city.stores.set(store.storeId, store);
  for (const area of snapshot.areas) city.areas.set(area.areaId, area);
  city.zones.clear();
  snapshot.zones.forEach(takeZone);
  for (const mark of snapshot.seen) takeSeen(mark, Math.max(0, now() - Date.parse(mark.at)) / citySpeed());
  city.feed = snapshot.feed.slice().reverse();
  city.measures = snapshot.measures;
  tell(new Set(['jobs', 'riders', 'stores', 'areas', 'zones', 'feed', 'measures']));
}

function takeRiderFresh(rider) {
  rider.seen = rider.placeAt ? Date.parse(rider.placeAt) : 0;
  city.riders.set(rider.riderId, rider);
  if (rider.place) moveTo(rider, rider.place);
}

export function takeDelta(delta) {
  const changed = new Set();
  if (delta.jobs) { delta.jobs.forEach(takeJob); changed.add('jobs'); }
  if (delta.riders) { delta.riders.forEach(takeRider); changed.add('riders'); }
  if (delta.positions) delta.positions.forEach(takePosition);
  if (delta.stores) { for (const store of delta.stores) city.stores.set(store.storeId, store); changed.add('stores'); }
  if (delta.areas) { for (const area of delta.areas) city.areas.set(area.areaId, area); changed.add('areas'); }
  if (delta.zones) { delta.zones.forEach(takeZone); changed.add('zones'); }
  if (delta.seen) delta.seen.forEach((mark) => takeSeen(mark));
  if (delta.feed) {
    city.feed = [...delta.feed.slice().reverse(), ...city.feed].slice(0, FEED_SHOWN);
    changed.add('feed');
  }
  if (delta.measures) { city.measures = delta.measures; changed.add('measures'); }
  if (delta.streetsVersion) changed.add('streets');
  tell(changed, delta);
}

function tell(changed, delta) {
  for (const listener of listeners) listener(changed, delta);
}

/** late, soon or track: the server says from when, the page only compares with the clock. */
export function urgency(job, at = now()) {
  return at > job.due ? 'late' : at >= job.soon ? 'soon' : 'track';
}

const SILENT_MILLIS = 180_000;

/** What a rider is shown as; one that is online and has not been heard of for 3 city minutes is silent. */
export function doing(rider, at = now()) {
  if (rider.doing !== 'OFFLINE' && rider.seen && at - rider.seen > SILENT_MILLIS) return 'SILENT';
  return rider.doing;
}

export const storeName = (id) => city.stores.get(id)?.name ?? id;
export const riderLabel = (id) => city.riders.get(id)?.label ?? id;
export const areaName = (id) => city.areas.get(id)?.name ?? id;
