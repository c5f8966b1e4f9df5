/** The live map: our own streets, areas, stores, jobs and riders on two canvases over Leaflet. */
import { city, doing, onChange, urgency, whereIs } from './city.js';
import { colours, jobSprite, riderSprite, storeSprite } from './look.js';
import { project, view } from './projection.js';
import { call } from './session.js';
import { t } from './i18n.js';
import { drawGround } from './ground.js';
import { cellAt, cellWords, coverage, drawPlaces } from './coverage.js';
import { drawRange } from './zones.js';
import { drawSightings, drawWarnings, lowBattery, lowTrust } from './sightings.js';

export const layers = { routes: true, stores: true, idle: true, zones: true };
export const selection = { kind: null, id: null };
let map;
let ground;
let live;
let box;
let onPick = () => {};
let hover = null;
let fitted = false;
let touched = false;
let groundIsOld = true;
let lastView = '';
let drawn = '';

export function makeMap(element, pick) {
  box = element;
  onPick = pick;
  map = window.L.map(element, { zoomControl: false, attributionControl: false, zoomAnimation: false, fadeAnimation: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 140, minZoom: 10, maxZoom: 18, boxZoom: false, keyboardPanDelta: 120 });
  map.setView([31.2304, 121.4737], 13);
  window.L.control.zoom({ position: 'bottomright' }).addTo(map);
  window.L.control.scale({ position: 'bottomright', imperial: false }).addTo(map);
  ground = canvas();
  live = canvas();
  new ResizeObserver(resized).observe(element);
  map.on('dragstart zoomstart', () => { touched = true; });
  map.on('click', (event) => { const hit = at(event.containerPoint); const thing = hit?.kind === 'cell' ? null : hit; onPick(thing?.kind ?? null, thing?.id ?? null); });
  map.on('mousemove', (event) => { hover = at(event.containerPoint); box.classList.toggle('pointing', Boolean(hover) && hover.kind !== 'cell'); });
  map.on('mouseout', () => { hover = null; });
  size();
  onChange((changed) => {
    if (changed.has('streets')) loadStreets();
    if (changed.has('areas') || changed.has('stores') || changed.has('zones')) { groundIsOld = true; if (!fitted) fit(); }
  });
  requestAnimationFrame(frame);
}

export async function loadStreets() {
  const answer = await call('GET', '/v1/map/streets');
  // geo-service tells kinds and flat lines; what an operator put is lists of places.
  city.streets = answer.streets.map((street) => (Array.isArray(street) ? { kind: '', line: street.flatMap((place) => [place.lat, place.lon]) } : street));
  city.streetPath = null;
  groundIsOld = true;
  box.dataset.streets = city.streets.length;
  if (!fitted) fit();
}

export function redraw() {
  groundIsOld = true;
}

/** Shows the whole city: areas, or where there are none, stores. */
export function fit() {
  const places = [...city.areas.values()].flatMap((area) => area.outline);
  if (!places.length) for (const store of city.stores.values()) places.push(store.place);
  if (!places.length) return;
  fitted = true;
  map.fitBounds(places.map((p) => [p.lat, p.lon]), { padding: [12, 12], animate: false });
  touched = false;
}

export function show(place, zoom) {
  touched = true;
  map.setView([place.lat, place.lon], Math.max(map.getZoom(), zoom ?? 14.5), { animate: false });
}

function canvas() {
  const made = document.createElement('canvas');
  made.className = 'city';
  box.append(made);
  return made;
}

/** The banner comes and goes and windows change; a view nobody has moved yet is fitted anew. */
function resized() {
  map.invalidateSize({ animate: false });
  size();
  if (fitted && !touched && !selection.kind) fit();
}

function size() {
  const ratio = window.devicePixelRatio || 1;
  for (const one of [ground, live]) {
    one.width = Math.round(box.clientWidth * ratio);
    one.height = Math.round(box.clientHeight * ratio);
    one.style.width = `${box.clientWidth}px`;
    one.style.height = `${box.clientHeight}px`;
  }
  groundIsOld = true;
}

const placed = (thing, place) => (thing.xy ??= project(place.lat, place.lon));

function pen(one) {
  const ratio = window.devicePixelRatio || 1;
  const p = one.getContext('2d');
  p.setTransform(ratio, 0, 0, ratio, 0, 0);
  p.clearRect(0, 0, box.clientWidth, box.clientHeight);
  return p;
}

function frame(at) {
  requestAnimationFrame(frame);
  if (document.hidden || !box.clientWidth) return;
  const v = view(map);
  const key = `${v.x}|${v.y}|${v.scale}`;
  if (groundIsOld || key !== lastView) {
    lastView = key;
    groundIsOld = false;
    drawGround(pen(ground), v, box.clientWidth, box.clientHeight, layers);
  }
  drawLive(pen(live), v, at);
}

function screen(xy, v) {
  return { x: xy.x * v.scale + v.x, y: xy.y * v.scale + v.y };
}

const inside = (s) => s.x > -20 && s.y > -20 && s.x < box.clientWidth + 20 && s.y < box.clientHeight + 20;

function stamp(p, image, s) {
  p.drawImage(image, s.x - image.size / 2, s.y - image.size / 2, image.size, image.size);
}

function drawLive(p, v, at) {
  const radius = v.zoom < 12.5 ? 3.5 : v.zoom < 13.5 ? 4.5 : v.zoom < 14.75 ? 6 : 8;
  const riders = placeRiders(v, at);
  if (layers.routes) for (const rider of riders) if (rider.shown !== 'IDLE' && !isSelected('rider', rider.riderId)) route(p, v, rider, 0.5, 1.4, 0.14);
  if (layers.stores) drawStores(p, v);
  const jobs = drawJobs(p, v, radius);
  for (const rider of riders) {
    if (inside(rider.screen)) { stamp(p, riderSprite(rider.shown, radius, rider.track.heading), rider.screen); drawWarnings(p, rider, radius); }
    if (v.zoom >= 14.75 && rider.jobs.length > 0) {
      p.font = '700 10px sans-serif'; p.textAlign = 'center'; p.textBaseline = 'middle'; p.fillStyle = '#06131f';
      p.fillText(rider.jobs.length, rider.screen.x, rider.screen.y + 0.5);
    }
  }
  const seen = drawSightings(p, v, at);
  if (coverage.on) drawPlaces(p, v);
  drawSelection(p, v, riders, radius);
  if (hover) tip(p, v);
  tellDrawn({ riders: riders.length, jobs, seen, zones: layers.zones ? city.zones.size : 0, places: coverage.on ? coverage.places.length : 0, cells: coverage.on ? coverage.cells.length : 0, lowBattery: riders.filter(lowBattery).length, lowTrust: riders.filter(lowTrust).length });
}

/** What is on the map now, for whoever cannot see a canvas: browser tests. */
function tellDrawn(counts) {
  const told = Object.values(counts).join();
  if (told === drawn) return;
  drawn = told;
  Object.assign(box.dataset, counts);
}

function placeRiders(v, at) {
  const placedRiders = [];
  for (const rider of city.riders.values()) {
    if (!rider.track || rider.doing === 'OFFLINE') continue;
    rider.shown = doing(rider);
    if (!layers.idle && rider.shown === 'IDLE' && !isSelected('rider', rider.riderId)) continue;
    const here = whereIs(rider, at);
    rider.screen = screen(project(here.lat, here.lon), v);
    placedRiders.push(rider);
  }
  return placedRiders;
}

/** The way to the next stop; what follows it may be fainter, or a busy city would be all lines. */
function route(p, v, rider, alpha, width, later = alpha) {
  if (!rider.route?.length || !rider.screen) return;
  p.globalAlpha = alpha;
  p.lineWidth = width;
  p.strokeStyle = colours.rider[rider.shown] ?? colours.muted;
  p.beginPath();
  p.moveTo(rider.screen.x, rider.screen.y);
  rider.route.forEach((stop, index) => {
    const s = screen(placed(stop, stop.place), v);
    p.lineTo(s.x, s.y);
    if (index === 0 && later !== alpha) {
      p.stroke();
      p.globalAlpha = later;
      p.beginPath();
      p.moveTo(s.x, s.y);
    }
  });
  p.stroke();
  p.globalAlpha = 1;
}

function drawStores(p, v) {
  const waiting = new Map();
  for (const job of city.jobs.values()) {
    if (job.status === 'OPEN' || job.status === 'OFFERED' || job.status === 'ASSIGNED' || job.status === 'AT_STORE') waiting.set(job.storeId, (waiting.get(job.storeId) ?? 0) + 1);
  }
  const radius = v.zoom < 13 ? 3.5 : v.zoom < 14.5 ? 5 : 7.5;
  const taken = [];
  for (const store of city.stores.values()) {
    const s = screen(placed(store, store.place), v);
    store.screen = s;
    if (!inside(s)) continue;
    stamp(p, storeSprite(store.open, radius), s);
    const count = waiting.get(store.storeId);
    if (count && v.zoom >= 13.5) {
      p.font = `700 ${v.zoom >= 14.5 ? 10.5 : 9}px sans-serif`; p.textAlign = 'center'; p.textBaseline = 'middle'; p.fillStyle = colours.store;
      if (radius >= 5) p.fillText(count, s.x, s.y + 0.5);
    }
    if (v.zoom >= 14.25) name(p, store.name, s, taken, radius);
  }
}

function name(p, text, s, taken, radius) {
  p.font = '12px "PingFang SC", "Noto Sans CJK SC", sans-serif';
  const width = p.measureText(text).width;
  const spot = { left: s.x - width / 2 - 3, right: s.x + width / 2 + 3, top: s.y + radius + 3, bottom: s.y + radius + 18 };
  if (taken.some((o) => o.left < spot.right && o.right > spot.left && o.top < spot.bottom && o.bottom > spot.top)) return;
  taken.push(spot);
  p.textAlign = 'center'; p.textBaseline = 'top';
  p.lineWidth = 3; p.strokeStyle = '#0b131b'; p.strokeText(text, s.x, spot.top);
  p.fillStyle = '#d9c9a3'; p.fillText(text, s.x, spot.top);
}

const ranks = ['track', 'soon', 'late'];

function drawJobs(p, v, radius) {
  let count = 0;
  const rows = { track: [], soon: [], late: [] };
  for (const job of city.jobs.values()) {
    job.shown = urgency(job);
    rows[job.shown].push(job);
  }
  for (const rank of ranks) {
    const image = jobSprite(rank, rank === 'track' ? radius * 0.85 : radius);
    for (const job of rows[rank]) {
      const s = screen(placed(job, job.dropoff), v);
      job.screen = s;
      count += 1;
      if (inside(s)) stamp(p, image, s);
    }
  }
  return count;
}

const isSelected = (kind, id) => selection.kind === kind && selection.id === id;

function ring(p, s, radius) {
  p.lineWidth = 2.5; p.strokeStyle = '#ffffff';
  p.beginPath(); p.arc(s.x, s.y, radius, 0, 2 * Math.PI); p.stroke();
}

function drawSelection(p, v, riders, radius) {
  if (selection.kind === 'rider') {
    const rider = riders.find((one) => one.riderId === selection.id);
    if (!rider) return;
    route(p, v, rider, 1, 2.6);
    numberStops(p, v, rider);
    ring(p, rider.screen, radius + 6);
    caption(p, rider.label, rider.screen, radius + 9);
  } else if (selection.kind === 'order') {
    const job = [...city.jobs.values()].find((one) => one.orderId === selection.id);
    if (!job) return;
    const rider = riders.find((one) => one.riderId === job.riderId);
    const from = screen(project(job.pickup.lat, job.pickup.lon), v);
    p.setLineDash([6, 5]); p.lineWidth = 2; p.strokeStyle = colours.urgency[job.shown];
    p.beginPath(); p.moveTo(from.x, from.y); p.lineTo(job.screen.x, job.screen.y); p.stroke();
    p.setLineDash([]);
    if (rider) { route(p, v, rider, 0.95, 2.4); ring(p, rider.screen, radius + 5); caption(p, rider.label, rider.screen, radius + 9); }
    ring(p, job.screen, radius + 8);
    ring(p, from, radius + 5);
  } else if (selection.kind === 'store') {
    const store = city.stores.get(selection.id);
    if (!store) return;
    const s = screen(placed(store, store.place), v);
    ring(p, s, radius + 7);
    const own = drawRange(p, v, store.storeId);
    box.dataset.range = own ? 'zone' : 'circle';
    if (own) { caption(p, store.name, s, radius + 9); return; }
    const metresPerPixel = (40075016.686 * Math.cos((store.place.lat * Math.PI) / 180)) / (256 * 2 ** v.zoom);
    p.setLineDash([3, 6]); p.lineWidth = 1.5; p.strokeStyle = colours.store;
    p.beginPath(); p.arc(s.x, s.y, store.rangeMetres / metresPerPixel, 0, 2 * Math.PI); p.stroke();
    p.setLineDash([]);
    caption(p, store.name, s, radius + 9);
  }
}

function numberStops(p, v, rider) {
  (rider.route ?? []).forEach((stop, index) => {
    const s = screen(placed(stop, stop.place), v);
    p.beginPath(); p.arc(s.x, s.y, 9, 0, 2 * Math.PI);
    p.fillStyle = stop.kind === 'PICKUP' ? colours.store : colours.rider.CARRYING; p.fill();
    p.font = '700 11px sans-serif'; p.textAlign = 'center'; p.textBaseline = 'middle'; p.fillStyle = '#06131f';
    p.fillText(index + 1, s.x, s.y + 0.5);
  });
}

function caption(p, text, s, above) {
  p.font = '600 13px "PingFang SC", "Noto Sans CJK SC", sans-serif';
  const width = p.measureText(text).width + 14;
  const left = Math.min(Math.max(s.x - width / 2, 4), box.clientWidth - width - 4);
  const top = s.y - above - 24 < 4 ? s.y + above : s.y - above - 24;
  p.fillStyle = 'rgb(22 34 46 / .96)';
  p.beginPath(); p.roundRect(left, top, width, 23, 6); p.fill();
  p.strokeStyle = '#46627c'; p.lineWidth = 1; p.stroke();
  p.fillStyle = colours.text; p.textAlign = 'left'; p.textBaseline = 'middle';
  p.fillText(text, left + 7, top + 12);
}

function tip(p, v) {
  if (hover.kind === 'rider') {
    const rider = city.riders.get(hover.id);
    if (rider?.screen) caption(p, `${rider.label} · ${t(`rider.${doing(rider)}`)}${rider.jobs.length ? ` · ${rider.jobs.length}` : ''}`, rider.screen, 13);
  } else if (hover.kind === 'order') {
    const job = [...city.jobs.values()].find((one) => one.orderId === hover.id);
    if (job?.screen) caption(p, `${city.stores.get(job.storeId)?.name ?? ''} · ${t(`status.${job.status}`)}`, job.screen, 13);
  } else if (hover.kind === 'store') {
    const store = city.stores.get(hover.id);
    if (store?.screen) caption(p, store.name, store.screen, 12);
  } else if (hover.kind === 'cell') {
    box.dataset.tip = cellWords(hover.cell);
    caption(p, box.dataset.tip, hover.point, 14);
  }
}

/** What is under that point of the map: riders before jobs before stores, then the nearest. */
function at(point) {
  let best = null;
  const look = (kind, id, s, handicap) => {
    if (!s) return;
    const far = Math.hypot(s.x - point.x, s.y - point.y);
    if (far <= 13 && (!best || far + handicap < best.far)) best = { kind, id, far: far + handicap };
  };
  for (const rider of city.riders.values()) if (rider.doing !== 'OFFLINE' && (layers.idle || rider.shown !== 'IDLE')) look('rider', rider.riderId, rider.screen, 0);
  for (const job of city.jobs.values()) look('order', job.orderId, job.screen, 1);
  if (layers.stores) for (const store of city.stores.values()) look('store', store.storeId, store.screen, 3);
  return best ?? atCell(point);
}

function atCell(point) {
  const cell = coverage.on ? cellAt(point, view(map)) : null;
  return cell && { kind: 'cell', id: cell.cell, cell, point };
}

/** Where a thing is on the page now; browser tests click there. */
export function screenPlace(kind, id) {
  if (kind === 'cell') {
    const cell = coverage.cells.find((one) => one.cell === id);
    return cell ? screen(cell.xy, view(map)) : null;
  }
  const thing = kind === 'rider' ? city.riders.get(id) : kind === 'store' ? city.stores.get(id) : [...city.jobs.values()].find((job) => job.orderId === id);
  return thing?.screen ? { x: thing.screen.x, y: thing.screen.y } : null;
}
