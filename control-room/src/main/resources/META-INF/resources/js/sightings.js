/** Riders seen at a store or a door by their positions: a mark that fades. */
import { city } from './city.js';
import { colours } from './look.js';
import { project } from './projection.js';

const SHOWN_MILLIS = 20_000;
const calm = window.matchMedia('(prefers-reduced-motion: reduce)');

/** @returns how many marks are still to be seen */
export function drawSightings(p, v, at) {
  city.seen = city.seen.filter((mark) => at - mark.arrived < SHOWN_MILLIS);
  for (const mark of city.seen) {
    const gone = Math.max(0, at - mark.arrived) / SHOWN_MILLIS;
    mark.xy ??= project(mark.place.lat, mark.place.lon);
    const x = mark.xy.x * v.scale + v.x;
    const y = mark.xy.y * v.scale + v.y;
    p.globalAlpha = 1 - gone;
    p.lineWidth = 2.5;
    p.strokeStyle = mark.kind === 'AT_STORE' ? colours.rider.WAITING : colours.rider.CARRYING;
    p.beginPath();
    p.arc(x, y, calm.matches ? 15 : 11 + 10 * Math.min(1, gone * 4), 0, 2 * Math.PI);
    p.stroke();
    p.beginPath();
    p.moveTo(x - 5, y - 20);
    p.lineTo(x - 1, y - 16);
    p.lineTo(x + 6, y - 25);
    p.stroke();
  }
  p.globalAlpha = 1;
  return city.seen.length;
}

/** Small signs at a rider: a phone that is almost empty, positions that are hardly believed. */
export function drawWarnings(p, rider, radius) {
  const { x, y } = rider.screen;
  if (lowBattery(rider)) {
    p.fillStyle = '#071019';
    p.fillRect(x + radius - 1, y - radius - 8, 14, 9);
    p.strokeStyle = colours.urgency.late;
    p.lineWidth = 1.4;
    p.strokeRect(x + radius + 0.5, y - radius - 6.5, 10, 6);
    p.fillStyle = colours.urgency.late;
    p.fillRect(x + radius + 10.5, y - radius - 5, 2, 3);
    p.fillRect(x + radius + 1.5, y - radius - 5.5, 3, 4);
  }
  if (lowTrust(rider)) {
    p.beginPath();
    p.moveTo(x - radius - 5, y - radius - 9);
    p.lineTo(x - radius + 2, y - radius + 3);
    p.lineTo(x - radius - 12, y - radius + 3);
    p.closePath();
    p.fillStyle = colours.trust;
    p.fill();
    p.font = '800 9px sans-serif';
    p.textAlign = 'center';
    p.textBaseline = 'middle';
    p.fillStyle = '#06131f';
    p.fillText('!', x - radius - 5, y - radius - 1.5);
  }
}

/** Below these a rider gets no offers, and positions prove nothing. */
export const lowBattery = (rider) => rider.batteryPercent !== undefined && rider.batteryPercent < 10;
export const lowTrust = (rider) => rider.trust !== undefined && rider.trust < 50;
