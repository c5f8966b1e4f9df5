/** A small map of the way to the next stop: streets, the way, the stops, and the rider. */
import { get } from './session.js';

const NS = 'http://www.w3.org/2000/svg';
const METRES = 111_320;
const LEAST = 400;
const MARGIN = 0.004;
const ROUND = 500;
const MAIN = /^(motorway|trunk|primary|secondary)/;
let streets = [];
let known = '';
let asking = '';

function node(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Corners rounded outwards, so that moving a little asks for nothing new. */
function around(places) {
  const lats = places.map((place) => place.lat);
  const lons = places.map((place) => place.lon);
  const down = (degrees) => Math.floor((degrees - MARGIN) * ROUND) / ROUND;
  const up = (degrees) => Math.ceil((degrees + MARGIN) * ROUND) / ROUND;
  return { south: down(Math.min(...lats)), west: down(Math.min(...lons)), north: up(Math.max(...lats)), east: up(Math.max(...lons)) };
}

async function readStreets(places, again) {
  const box = around(places);
  const key = `south=${box.south}&west=${box.west}&north=${box.north}&east=${box.east}`;
  if (key === known || key === asking) return;
  asking = key;
  try {
    const told = await get(`/v1/rider/map/streets?coordinateSystem=WGS-84&${key}`);
    streets = told.streets.map(({ kind, line }) => {
      const places_ = [];
      for (let i = 0; i + 1 < line.length; i += 2) places_.push({ lat: line[i], lon: line[i + 1] });
      return { main: MAIN.test(kind ?? ''), line: places_ };
    });
    known = key;
    again();
  } catch { /* a map without streets is still a map */ } finally {
    asking = '';
  }
}

/** @param view pins: [{name, place, letter}], me: the rider's place or null, way: [places] or null */
export function drawMap(svg, view, again) {
  const places = [...view.pins.map((pin) => pin.place), ...(view.me ? [view.me] : [])];
  if (!places.length) return;
  readStreets(places, again);
  const [origin] = places;
  const project = (place) => ({ x: (place.lon - origin.lon) * METRES * Math.cos((origin.lat * Math.PI) / 180), y: (origin.lat - place.lat) * METRES });
  const points = places.map(project);
  const wide = svg.clientWidth || 340;
  const high = svg.clientHeight || 190;
  const spread = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [left, right] = spread('x');
  const [top, bottom] = spread('y');
  const width = Math.max(right - left, LEAST, (Math.max(bottom - top, LEAST) * wide) / high) * 1.3;
  const height = (width * high) / wide;
  const unit = width / wide;
  const path = (lines) => lines.map((line) => line.map((place, i) => { const p = project(place); return `${i ? 'L' : 'M'}${p.x.toFixed(0)} ${p.y.toFixed(0)}`; }).join('')).join('');
  const marker = (name, place, letter) => { const p = project(place); return node('g', { class: `pin pin-${name}`, transform: `translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) scale(${unit})` }, node('circle', { r: 13 }), node('text', { y: 4.5 }, letter)); };
  const [first] = view.pins;
  const line = view.way ?? (view.me && first ? [view.me, first.place] : null);
  svg.setAttribute('viewBox', `${(left + right) / 2 - width / 2} ${(top + bottom) / 2 - height / 2} ${width} ${height}`);
  const small = path(streets.filter((street) => !street.main).map((street) => street.line));
  svg.replaceChildren(
    node('path', { class: 'case', d: small }), node('path', { class: 'others', d: small }),
    node('path', { class: 'main', d: path(streets.filter((street) => street.main).map((street) => street.line)) }),
    ...(line ? [node('path', { class: view.way ? 'way' : 'bee', d: path([line]) })] : []),
    ...view.pins.map((pin) => marker(pin.name, pin.place, pin.letter)).reverse(),
    ...(view.me ? [node('g', { id: 'at', transform: `translate(${project(view.me).x.toFixed(1)} ${project(view.me).y.toFixed(1)}) scale(${unit})` }, node('circle', { r: 14 }), node('path', { d: 'M2.4-8-4 .8h3.4L-1.6 8 4-1H.8z' }))] : []));
  svg.dataset.streets = streets.length;
}
