/** What does not move: streets, and areas with their names. */
import { city } from './city.js';
import { colours } from './look.js';
import { coverage, drawCells } from './coverage.js';
import { drawZones, nameZones } from './zones.js';
import { project } from './projection.js';
import { t } from './i18n.js';

const MAIN = /^(motorway|trunk|primary|secondary)/;

/** Main streets and the others, each as one path. */
function streetPaths() {
  if (!city.streetPath) {
    city.streetPath = { main: new Path2D(), others: new Path2D() };
    for (const street of city.streets) {
      const path = MAIN.test(street.kind) ? city.streetPath.main : city.streetPath.others;
      for (let i = 0; i < street.line.length; i += 2) {
        const xy = project(street.line[i], street.line[i + 1]);
        if (i) path.lineTo(xy.x, xy.y); else path.moveTo(xy.x, xy.y);
      }
    }
  }
  return city.streetPath;
}

function outline(area) {
  if (!area.path) {
    area.path = new Path2D();
    let x = 0;
    let y = 0;
    area.outline.forEach((place, index) => {
      const xy = project(place.lat, place.lon);
      x += xy.x; y += xy.y;
      if (index) area.path.lineTo(xy.x, xy.y); else area.path.moveTo(xy.x, xy.y);
    });
    area.path.closePath();
    area.middle = { x: x / area.outline.length, y: y / area.outline.length };
  }
  return area;
}

export function drawGround(p, v, width, height, layers) {
  p.fillStyle = colours.ground;
  p.fillRect(0, 0, width, height);
  for (const area of city.areas.values()) outline(area);
  p.save();
  p.translate(v.x, v.y);
  p.scale(v.scale, v.scale);
  p.lineJoin = 'round';
  p.lineCap = 'round';
  for (const area of city.areas.values()) {
    p.fillStyle = area.weather === 'NONE' ? 'rgb(74 116 160 / .1)' : area.weather === 'RED' ? 'rgb(255 107 120 / .12)' : 'rgb(255 184 77 / .06)';
    p.fill(area.path);
  }
  const { main, others } = streetPaths();
  const bare = v.zoom < 13 ? 1.1 : v.zoom < 15 ? 2.2 : 6;
  const cased = v.zoom < 13 ? 2.4 : v.zoom < 15 ? 4.4 : 9;
  for (const [colour, wide] of [[colours.streetCase, cased], [colours.street, bare]]) {
    p.strokeStyle = colour;
    p.lineWidth = wide / v.scale;
    p.stroke(others);
  }
  for (const [colour, wide] of [[colours.streetCase, cased * 1.5], [colours.mainStreet, bare * 1.7]]) {
    p.strokeStyle = colour;
    p.lineWidth = wide / v.scale;
    p.stroke(main);
  }
  if (coverage.on) drawCells(p, v);
  if (layers.zones) drawZones(p, v);
  for (const area of city.areas.values()) {
    p.strokeStyle = area.paused ? colours.urgency.late : colours.weather[area.weather] ?? colours.area;
    p.globalAlpha = area.weather === 'NONE' && !area.paused ? 0.55 : 0.9;
    p.lineWidth = 1.6 / v.scale;
    p.setLineDash(area.paused ? [6 / v.scale, 5 / v.scale] : []);
    p.stroke(area.path);
  }
  p.restore();
  p.globalAlpha = 1;
  for (const area of city.areas.values()) label(p, area, v);
  if (layers.zones) nameZones(p, v);
}

function label(p, area, v) {
  const x = area.middle.x * v.scale + v.x;
  const y = area.middle.y * v.scale + v.y;
  p.textAlign = 'center';
  p.textBaseline = 'middle';
  p.font = `600 ${v.zoom < 13 ? 13 : 17}px "PingFang SC", "Noto Sans CJK SC", sans-serif`;
  p.lineWidth = 4;
  p.strokeStyle = 'rgb(11 19 27 / .8)';
  p.strokeText(area.name, x, y);
  p.fillStyle = 'rgb(170 196 222 / .62)';
  p.fillText(area.name, x, y);
  const note = area.paused ? t('area.paused') : area.weather === 'NONE' ? '' : t(`level.${area.weather}`);
  if (note) {
    p.font = '600 12px "PingFang SC", "Noto Sans CJK SC", sans-serif';
    p.strokeText(note, x, y + 18);
    p.fillStyle = area.paused ? colours.urgency.late : colours.weather[area.weather];
    p.fillText(note, x, y + 18);
  }
}
