/** "Ride for me": in a simulated city, and only there, the page rides to the next stop by itself. */
import { store, stored } from './page.js';
import { citySpeed, get, simulated } from './session.js';

const ON = 'shanpai.rider.ride-for-me';
const PLACE = 'shanpai.rider.ride-place';
const METRES = 111_320;
/** 15 km/h, as plans count on. */
const USUAL = 15 / 3.6;
const NOISE = 2;
let place = stored(PLACE);
let way = null;
let target = null;
let asking = null;
let told = performance.now();

export const riding = () => simulated() && stored(ON) === true;
export const ride = (on) => store(ON, on ? true : null);
/** Where the ride begins, when nothing else is known. */
export function startAt(start) {
  if (place) return;
  place = start;
  store(PLACE, place);
}
export const rideTo = (next) => { target = next; };
/** The way still to go, to be drawn: [{lat, lon}…], or null. */
export const wayAhead = () => (way && way.at < way.points.length ? [place, ...way.points.slice(way.at)] : null);
export const endRide = () => { way = null; };

export const metresBetween = (one, other) => Math.hypot((other.lat - one.lat) * METRES, (other.lon - one.lon) * METRES * Math.cos((one.lat * Math.PI) / 180));
const same = (one, other) => Boolean(one && other) && metresBetween(one, other) < 1;

async function ask() {
  const to = target;
  if (asking && same(asking, to)) return;
  asking = to;
  try {
    const found = await get(`/v1/rider/map/route?coordinateSystem=WGS-84&from=${place.lat},${place.lon}&to=${to.lat},${to.lon}`);
    way = { to, points: [...found.points, to], at: 0, pace: found.seconds > 0 ? found.metres / found.seconds : USUAL };
  } catch (refused) {
    // Where no way is known the bee's line is ridden; without a line nothing is known, so it waits.
    if (!refused.away) way = { to, points: [to], at: 0, pace: USUAL };
  } finally {
    asking = null;
  }
}

/** Rides on by the time that went by; where it is then, or null without a place. */
export function advance() {
  const now = performance.now();
  let seconds = ((now - told) / 1000) * citySpeed();
  told = now;
  if (!place) return null;
  let speed = 0;
  if (target && !same(place, target)) {
    if (!way || !same(way.to, target)) { ask(); } else {
      // After a long sleep of the page nobody has ridden across the city at once.
      seconds = Math.min(seconds, 60 * Math.max(1, citySpeed() / 10));
      speed = way.pace;
      let metres = speed * seconds;
      while (metres > 0 && way.at < way.points.length) {
        const next = way.points[way.at];
        const leg = metresBetween(place, next);
        if (leg <= metres) { place = next; way.at += 1; metres -= leg; } else {
          const share = metres / leg;
          place = { lat: place.lat + (next.lat - place.lat) * share, lon: place.lon + (next.lon - place.lon) * share };
          metres = 0;
        }
      }
      store(PLACE, place);
    }
  }
  return seen(speed);
}

/** As a receiver would see it: two metres off, another way each time. */
function seen(speed) {
  const [one, other] = crypto.getRandomValues(new Uint8Array(2));
  const off = (byte) => ((byte / 255 - 0.5) * 2 * NOISE) / METRES;
  return { lat: place.lat + off(one), lon: place.lon + off(other), accuracy: 8, speed };
}

export const arrived = () => Boolean(place && target && metresBetween(place, target) < 30);
