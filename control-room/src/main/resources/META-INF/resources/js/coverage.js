/** Where demand is not served, as H3 cells, and where a store or flash warehouse would serve it. */
import { $, h, setText } from './dom.js';
import { call } from './session.js';
import { now } from './clock.js';
import { colours } from './look.js';
import { project } from './projection.js';
import { onLang, t } from './i18n.js';

const DAY_MILLIS = 86_400_000;
const AGAIN_MILLIS = 60_000;
export const coverage = { on: false, kind: 'STORE', days: 7, cells: [], places: [], total: null, failed: null, asked: 0 };
let changed = () => {};
let show = () => {};
let timer = null;

/**
 * @param onShown called when the layer is to be drawn anew
 * @param goTo called with a place to look at
 */
export function makeCoverage(onShown, goTo) {
  changed = onShown;
  show = goTo;
  onLang(draw);
  window.addEventListener('hashchange', followHash);
  draw();
}

/** The page's address may ask for the layer: #layer=coverage. */
export function followHash() {
  if (new URLSearchParams(location.hash.slice(1)).get('layer') === 'coverage' && !coverage.on) switchCoverage(true);
}

export function switchCoverage(on = !coverage.on) {
  coverage.on = on;
  clearInterval(timer);
  if (on) {
    load();
    timer = setInterval(load, AGAIN_MILLIS);
  }
  draw();
  changed();
}

export function stopCoverage() {
  switchCoverage(false);
  Object.assign(coverage, { cells: [], places: [], total: null, failed: null });
}

async function load() {
  const mine = ++coverage.asked;
  // Whole hours of city time: the hour that is running counts.
  const to = new Date(now());
  const span = `from=${new Date(to - coverage.days * DAY_MILLIS).toISOString()}&to=${to.toISOString()}`;
  try {
    const [map, suggested] = await Promise.all([
      call('GET', `/v1/coverage?${span}`),
      call('GET', `/v1/coverage/suggestions?${span}&k=5&kind=${coverage.kind}`),
    ]);
    if (mine !== coverage.asked) return;
    coverage.failed = null;
    coverage.total = map.total;
    coverage.cells = map.cells.map(drawable);
    coverage.most = Math.max(1, ...map.cells.map((cell) => cell.missed));
    coverage.places = suggested.places;
  } catch (failure) {
    if (mine !== coverage.asked) return;
    coverage.failed = failure.status >= 500 ? 'unavailable' : failure.message;
    coverage.cells = [];
    coverage.places = [];
    coverage.total = null;
  }
  draw();
  changed();
}

function drawable(cell) {
  cell.corners = cell.boundary.map((place) => project(place.lat, place.lon));
  cell.path = new Path2D();
  cell.corners.forEach((xy, index) => { if (index) cell.path.lineTo(xy.x, xy.y); else cell.path.moveTo(xy.x, xy.y); });
  cell.path.closePath();
  cell.xy = project(cell.centre.lat, cell.centre.lon);
  return cell;
}

/* on the map */

/** Each class begins where the one before it ends; the last holds the most missed of all. */
export function classes(most) {
  const begins = colours.missed.map((_, index) => Math.max(1, Math.ceil(most * (index / colours.missed.length) ** 1.6)));
  return [...new Set(begins)];
}

function colour(missed) {
  const begins = classes(coverage.most);
  let index = 0;
  while (index + 1 < begins.length && missed >= begins[index + 1]) index += 1;
  return colours.missed[colours.missed.length - begins.length + index];
}

/** For a pen that already stands on projected places. */
export function drawCells(p, v) {
  for (const cell of coverage.cells) {
    p.globalAlpha = cell.missed ? 0.66 : 0.3;
    p.fillStyle = cell.missed ? colour(cell.missed) : colours.served;
    p.fill(cell.path);
    p.globalAlpha = 0.8;
    p.lineWidth = 0.8 / v.scale;
    p.strokeStyle = '#0b131b';
    p.stroke(cell.path);
  }
  p.globalAlpha = 1;
}

export function drawPlaces(p, v) {
  for (const place of coverage.places) {
    place.xy ??= project(place.place.lat, place.place.lon);
    const x = place.xy.x * v.scale + v.x;
    const y = place.xy.y * v.scale + v.y;
    place.screen = { x, y };
    p.beginPath();
    p.arc(x, y, 13, 0, 2 * Math.PI);
    p.fillStyle = colours.place;
    p.fill();
    p.lineWidth = 2.5;
    p.strokeStyle = '#071019';
    p.stroke();
    p.font = '800 14px sans-serif';
    p.textAlign = 'center';
    p.textBaseline = 'middle';
    p.fillStyle = '#071019';
    p.fillText(place.rank, x, y + 0.5);
    p.font = '700 13px sans-serif';
    p.lineWidth = 4;
    p.strokeText(`+${amount(place.adds)}`, x, y + 24);
    p.fillStyle = colours.place;
    p.fillText(`+${amount(place.adds)}`, x, y + 24);
  }
}

/** The cell under a point of the map's box, or null. */
export function cellAt(point, v) {
  const x = (point.x - v.x) / v.scale;
  const y = (point.y - v.y) / v.scale;
  return coverage.cells.find((cell) => inside(cell.corners, x, y)) ?? null;
}

function inside(corners, x, y) {
  let within = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
    const a = corners[i];
    const b = corners[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
  }
  return within;
}

/** What a cell says when one points at it. */
export function cellWords(cell) {
  const reasons = Object.entries(cell.missedBy).sort((a, b) => b[1] - a[1]).map(([reason, orders]) => `${t(`missed.${reason}`)} ${orders}`);
  return [t('coverage.cell', { missed: cell.missed, asked: cell.asked }), ...reasons, cell.late ? `${t('missed.LATE_PROMISE')} ${cell.late}` : null].filter(Boolean).join(' · ');
}

const amount = (orders) => (Number.isInteger(orders) ? String(orders) : orders.toFixed(1));

/* beside the map */

function choice(id, value, values, word) {
  return h('select', { id, 'aria-label': t(`coverage.${id}`), onchange: (event) => { coverage[value] = value === 'days' ? Number(event.target.value) : event.target.value; load(); } },
    values.map((one) => h('option', { value: one, selected: coverage[value] === one }, t(word(one)))));
}

function draw() {
  const box = $('coverage');
  box.hidden = !coverage.on;
  box.dataset.cells = coverage.cells.length;
  if (!coverage.on) { box.replaceChildren(); return; }
  const focused = document.activeElement?.id;
  const total = coverage.total;
  box.replaceChildren(...[
    h('h2', {}, t('coverage.title')),
    h('div', { class: 'row' }, choice('site-kind', 'kind', ['STORE', 'FLASH_WAREHOUSE'], (one) => `kind.${one}`), choice('site-days', 'days', [1, 7, 28], (one) => `days.${one}`)),
    h('p', { class: coverage.failed ? 'error' : 'muted', role: 'status', id: 'coverage-state' }, coverage.failed ? (coverage.failed === 'unavailable' ? t('coverage.away') : coverage.failed) : total ? t('coverage.total', { asked: total.asked, missed: total.missed, late: total.late }) : t('coverage.loading')),
    total && coverage.cells.length ? scale() : null,
    coverage.places.length ? [h('h3', {}, t('coverage.places')), h('ol', { class: 'places' }, coverage.places.map(placeRow))] : total ? h('p', { class: 'muted' }, t('coverage.noplaces')) : null,
  ].flat().filter(Boolean));
  if (focused && focused !== document.activeElement?.id) $(focused)?.focus();
}

function placeRow(place) {
  return h('li', {}, h('button', { type: 'button', id: `place-${place.rank}`, onclick: () => show(place.place) },
    h('b', {}, place.rank), h('span', {}, t('coverage.adds', { n: amount(place.adds) }), h('small', {}, t('coverage.perday', { n: place.addsPerDay.toFixed(1), late: place.late })))));
}

function scale() {
  const begins = classes(coverage.most);
  return h('div', { class: 'scale' },
    begins.map((from, index) => h('span', {}, h('i', { '--c': colours.missed[colours.missed.length - begins.length + index] }), index + 1 < begins.length ? (begins[index + 1] - 1 > from ? `${from}–${begins[index + 1] - 1}` : from) : from === coverage.most ? from : `${from}–${coverage.most}`)),
    h('span', {}, h('i', { '--c': colours.served }), t('coverage.served')));
}
