/** Parts of the city with a rule of their own: no-go hatched red, slow amber, a store's own range. */
import { city } from './city.js';
import { colours } from './look.js';
import { project } from './projection.js';
import { t } from './i18n.js';

function path(zone) {
  if (!zone.path) {
    zone.path = new Path2D();
    let x = 0;
    let y = 0;
    let corners = 0;
    for (const polygon of zone.polygons) {
      for (const ring of [polygon.border, ...polygon.holes]) {
        ring.corners.forEach((place, index) => {
          const xy = project(place.lat, place.lon);
          if (index) zone.path.lineTo(xy.x, xy.y); else zone.path.moveTo(xy.x, xy.y);
          if (ring === polygon.border) { x += xy.x; y += xy.y; corners += 1; }
        });
        zone.path.closePath();
      }
    }
    zone.middle = { x: x / corners, y: y / corners };
  }
  return zone.path;
}

let hatch = null;

/** Stripes as wide on the screen at every zoom; colour alone would not tell the zones apart. */
function hatching(p, v) {
  if (!hatch) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 10;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colours.zone.NO_GO;
    pen.lineWidth = 2;
    pen.beginPath();
    for (const from of [-10, 0, 10]) { pen.moveTo(from, 10); pen.lineTo(from + 10, 0); }
    pen.stroke();
    hatch = p.createPattern(tile, 'repeat');
  }
  hatch.setTransform(new DOMMatrix().scale(1 / v.scale));
  return hatch;
}

/** For a pen that already stands on projected places. */
export function drawZones(p, v) {
  for (const zone of city.zones.values()) {
    if (zone.kind === 'DELIVERY_RANGE') continue;
    const shape = path(zone);
    p.globalAlpha = zone.kind === 'NO_GO' ? 0.5 : 0.16;
    p.fillStyle = zone.kind === 'NO_GO' ? hatching(p, v) : colours.zone.SLOW;
    p.fill(shape, 'evenodd');
    p.globalAlpha = 0.95;
    p.strokeStyle = colours.zone[zone.kind];
    p.lineWidth = 1.8 / v.scale;
    p.setLineDash(zone.kind === 'SLOW' ? [7 / v.scale, 5 / v.scale] : []);
    p.stroke(shape);
  }
  p.setLineDash([]);
  p.globalAlpha = 1;
}

export function nameZones(p, v) {
  p.textAlign = 'center';
  p.textBaseline = 'middle';
  p.font = '600 12px "PingFang SC", "Noto Sans CJK SC", sans-serif';
  p.lineWidth = 4;
  p.strokeStyle = 'rgb(11 19 27 / .88)';
  for (const zone of city.zones.values()) {
    if (zone.kind === 'DELIVERY_RANGE') continue;
    path(zone);
    const x = zone.middle.x * v.scale + v.x;
    const y = zone.middle.y * v.scale + v.y;
    const text = [t(`zone.${zone.kind}`), zone.name, zone.kind === 'SLOW' ? `×${zone.speedFactor}` : null].filter(Boolean).join(' · ');
    p.strokeText(text, x, y);
    p.fillStyle = zone.kind === 'NO_GO' ? '#ffb3ba' : '#ffd699';
    p.fillText(text, x, y);
  }
}

/**
 * Draws where that store delivers.
 *
 * @returns false when it has no zone of its own and its range is a circle
 */
export function drawRange(p, v, storeId) {
  const zone = [...city.zones.values()].find((one) => one.kind === 'DELIVERY_RANGE' && one.storeId === storeId);
  if (!zone) return false;
  p.save();
  p.translate(v.x, v.y);
  p.scale(v.scale, v.scale);
  p.globalAlpha = 0.12;
  p.fillStyle = colours.store;
  p.fill(path(zone), 'evenodd');
  p.globalAlpha = 1;
  p.lineWidth = 1.8 / v.scale;
  p.strokeStyle = colours.store;
  p.setLineDash([3 / v.scale, 6 / v.scale]);
  p.stroke(zone.path);
  p.restore();
  return true;
}
