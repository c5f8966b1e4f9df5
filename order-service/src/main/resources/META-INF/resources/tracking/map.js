/** A small map of one delivery: streets, store, door, and the rider between them. */
const NS = 'http://www.w3.org/2000/svg';
const METRES = 111_320;
const LEAST = 500;
let origin = null;
let box = null;
let unit = 1;
let streets = [];
let drawn = '';

function project(place) {
  return { x: (place.lon - origin.lon) * METRES * Math.cos((origin.lat * Math.PI) / 180), y: (origin.lat - place.lat) * METRES };
}

function node(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Streets as sent: main or not, then the first place and the steps in 1e-5 degrees. */
export function setStreets(packed) {
  streets = packed.map(([main, ...steps]) => {
    const line = [];
    let lat = 0;
    let lon = 0;
    for (let i = 0; i + 1 < steps.length; i += 2) {
      lat += steps[i];
      lon += steps[i + 1];
      line.push({ lat: lat / 1e5, lon: lon / 1e5 });
    }
    return { main: main === 1, line };
  });
  drawn = '';
}

function frame(svg, places) {
  const points = places.map(project);
  const wide = svg.clientWidth || 340;
  const high = svg.clientHeight || 240;
  let left = Math.min(...points.map((p) => p.x));
  let right = Math.max(...points.map((p) => p.x));
  let top = Math.min(...points.map((p) => p.y));
  let bottom = Math.max(...points.map((p) => p.y));
  const width = Math.max(right - left, LEAST, ((Math.max(bottom - top, LEAST)) * wide) / high) * 1.35;
  const height = (width * high) / wide;
  const x = (left + right) / 2 - width / 2;
  const y = (top + bottom) / 2 - height / 2;
  unit = width / wide;
  return { x, y, width, height };
}

const path = (lines) => lines.map((line) => line.map((place, i) => { const p = project(place); return `${i ? 'L' : 'M'}${p.x.toFixed(0)} ${p.y.toFixed(0)}`; }).join('')).join('');

function pin(name, place, letter) {
  const p = project(place);
  return node('g', { class: `pin pin-${name}`, transform: `translate(${p.x} ${p.y}) scale(${unit})` },
    node('circle', { r: 13 }), node('text', { y: 4.5 }, letter));
}

/** Draws what stands still anew when it or the room for it changed; the rider is moved apart. */
export function drawMap(svg, view, letters) {
  origin ??= view.store;
  const sight = view.rider?.sight?.place;
  const outside = sight && box && !inside(project(sight));
  const key = JSON.stringify([view.store, view.door, letters, svg.clientWidth, svg.clientHeight, streets.length]);
  if (key === drawn && !outside) return;
  drawn = key;
  box = frame(svg, [view.store, view.door, ...(sight ? [sight] : [])]);
  svg.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
  const main = path(streets.filter((s) => s.main).map((s) => s.line));
  const others = path(streets.filter((s) => !s.main).map((s) => s.line));
  const rider = node('g', { id: 'at', visibility: 'hidden' });
  svg.replaceChildren(
    node('path', { class: 'case', d: others }), node('path', { class: 'others', d: others }), node('path', { class: 'main', d: main }),
    ...(streets.length ? [] : [node('path', { class: 'bee', d: path([[view.store, view.door]]) })]),
    node('circle', { id: 'cell', r: 320, visibility: 'hidden' }),
    pin('store', view.store, letters.store), pin('door', view.door, letters.door), rider);
  rider.append(node('g', { transform: `scale(${unit})` }, node('circle', { r: 14 }), node('path', { d: 'M2.4-8-4 .8h3.4L-1.6 8 4-1H.8z' })));
  svg.dataset.streets = streets.length;
}

const inside = (p) => p.x > box.x && p.y > box.y && p.x < box.x + box.width && p.y < box.y + box.height;

/** The rider rides to the place told; the first time they are simply there. */
export function moveRider(sight) {
  const rider = document.getElementById('at');
  const cell = document.getElementById('cell');
  if (!rider) return;
  const shown = Boolean(sight) && !sight.coarse;
  const was = rider.getAttribute('visibility') === 'visible';
  rider.setAttribute('visibility', shown ? 'visible' : 'hidden');
  cell.setAttribute('visibility', sight?.coarse ? 'visible' : 'hidden');
  if (!sight) { delete rider.dataset.place; return; }
  const p = project(sight.place);
  if (sight.coarse) { cell.setAttribute('cx', p.x); cell.setAttribute('cy', p.y); return; }
  rider.classList.toggle('jump', !was);
  rider.style.transform = `translate(${p.x}px, ${p.y}px)`;
  rider.dataset.place = `${sight.place.lat},${sight.place.lon}`;
}
