/** Brings the page to life. */
import { $, h, setText } from './dom.js';
import { apply, duration, lang, onLang, switchLang, t } from './i18n.js';
import { citySpeed, date, now, time } from './clock.js';
import { onSessionLost, signIn, signOut, whoAmI } from './session.js';
import { startStream, stopStream, stream } from './stream.js';
import { city, doing, onChange, urgency } from './city.js';
import { fit, layers, loadStreets, makeMap, redraw, screenPlace, show } from './map.js';
import { everySecond, makeBoard } from './board.js';
import { closePanel, makePanel, openStory } from './panel.js';
import { makeActs } from './acts.js';
import { makeSearch } from './search.js';
import { startServices, stopServices } from './services.js';
import { setRoles } from './roles.js';
import { colours } from './look.js';
import { coverage, followHash, makeCoverage, stopCoverage, switchCoverage } from './coverage.js';

let first = false;
let inTrouble = [];

function begin(who) {
  setRoles(who.roles);
  $('sign').hidden = true;
  document.body.classList.remove('signed-out');
  $('who').hidden = false;
  setText($('who-name'), who.username);
  $('who-name').title = who.roles.map((role) => t(`role.${role}`)).join(', ');
  startStream({ onState: showStream, onSignedOut: askIn });
  startServices((names) => { inTrouble = names; showBanner(); });
  loadStreets().catch(() => {});
  followHash();
}

function askIn() {
  stopStream();
  stopServices();
  stopCoverage();
  closePanel();
  $('banner').hidden = true;
  document.body.classList.add('signed-out');
  $('who').hidden = true;
  $('sign').hidden = false;
  $('sign-name').focus();
}

function signInForm() {
  $('sign-first').addEventListener('click', () => {
    first = !first;
    signWords();
    (first ? $('sign-code') : $('sign-name')).focus();
  });
  $('sign-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    $('sign-submit').disabled = true;
    setText($('sign-error'), '');
    const given = { username: $('sign-name').value.trim(), password: $('sign-password').value };
    try {
      const session = first ? await signIn('/v1/operators/first', { ...given, code: $('sign-code').value.trim() }) : await signIn('/v1/operators/sessions', given);
      $('sign-form').reset();
      first = false;
      signWords();
      begin(session);
    } catch (failure) {
      setText($('sign-error'), failure.status ? failure.message : t('sign.unreachable'));
    } finally {
      $('sign-submit').disabled = false;
    }
  });
  $('sign-out').addEventListener('click', async () => { await signOut().catch(() => {}); askIn(); });
}

function signWords() {
  $('sign-code-row').hidden = !first;
  $('sign-code').required = first;
  $('sign-password').autocomplete = first ? 'new-password' : 'current-password';
  setText($('sign-submit'), t(first ? 'sign.make' : 'sign.in'));
  setText($('sign-first'), t(first ? 'sign.usual' : 'sign.first'));
}

function showStream({ state }) {
  $('stream').dataset.state = state;
  $('stream').dataset.resyncs = stream.resyncs;
  setText($('stream-text'), t(`stream.${state}`));
  showBanner();
}

function showBanner() {
  const box = $('banner');
  if (stream.state === 'lost') {
    box.hidden = false;
    setText(box, t('banner.lost', { s: Math.max(1, Math.round((performance.now() - stream.lostAt) / 1000)), t: time(stream.asOf) }));
  } else if (inTrouble.length && stream.state === 'live') {
    box.hidden = false;
    setText(box, t('banner.down', { names: inTrouble.map((name) => t(`service.${name}`)).join(lang() === 'zh' ? '、' : ', ') }));
  } else box.hidden = true;
}

function everyQuarterSecond() {
  const shown = now();
  setText($('clock-time'), time(shown));
  setText($('clock-date'), date(shown, lang()));
  setText($('clock-speed'), citySpeed() === 1 ? '' : `×${Math.round(citySpeed() * 100) / 100}`);
  if (stream.state === 'lost') showBanner();
}

function switchLayer(name) {
  layers[name] = !layers[name];
  $(`layer-${name}`).setAttribute('aria-pressed', String(layers[name]));
  redraw();
}

function makeLayers() {
  const toggle = (name, key) => h('button', { type: 'button', id: `layer-${name}`, title: key, 'aria-pressed': String(layers[name]), onclick: () => switchLayer(name) }, t(`layer.${name}`));
  $('layers').replaceChildren(toggle('routes'), toggle('stores'), toggle('idle'), toggle('zones', 'Z'), h('button', { type: 'button', id: 'layer-coverage', title: 'C', 'aria-pressed': String(coverage.on), 'aria-controls': 'coverage', onclick: () => switchCoverage() }, t('layer.coverage')), h('button', { type: 'button', 'aria-pressed': 'true', title: 'F', onclick: fit }, t('layer.fit')));
}

function makeLegend() {
  const rider = (state) => h('div', {}, h('i', { class: state === 'SILENT' ? 'dot hollow' : 'dot', '--c': colours.rider[state] }), h('span', {}, t(`rider.${state}`)), h('b', { id: `n-${state}` }, ''));
  const job = (kind) => h('div', {}, h('i', { class: kind === 'track' ? 'diamond hollow' : 'diamond', '--c': colours.urgency[kind] }), h('span', {}, t(`urgency.${kind}`)), h('b', { id: `n-${kind}` }, ''));
  const sign = (shape, word) => h('div', {}, h('i', { class: `sign-${shape}` }), h('span', {}, t(word)));
  $('legend').replaceChildren(rider('IDLE'), job('track'), rider('TO_STORE'), job('soon'), rider('WAITING'), job('late'), rider('CARRYING'), h('div', {}, h('i', { class: 'square', '--c': colours.store }), h('span', {}, t('legend.store')), h('b', { id: 'n-store' }, '')), rider('SILENT'), sign('slow', 'zone.SLOW'), sign('no-go', 'zone.NO_GO'), sign('seen', 'legend.seen'), sign('battery', 'legend.battery'), sign('trust', 'legend.trust'));
}

function countLegend() {
  const count = { IDLE: 0, TO_STORE: 0, WAITING: 0, CARRYING: 0, SILENT: 0, OFFLINE: 0, track: 0, soon: 0, late: 0 };
  const at = now();
  for (const one of city.riders.values()) count[doing(one, at)] += 1;
  for (const one of city.jobs.values()) count[urgency(one, at)] += 1;
  for (const [name, value] of Object.entries(count)) if ($(`n-${name}`)) setText($(`n-${name}`), value);
  setText($('n-store'), city.stores.size);
}

function keys() {
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === 'Escape' && !typing && !$('act').open) closePanel();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !$('sign').hidden || $('act').open) return;
    if (event.key === '/') { event.preventDefault(); $('search-text').focus(); }
    if (event.key === 'f' || event.key === 'F') fit();
    if (event.key === 'z' || event.key === 'Z') switchLayer('zones');
    if (event.key === 'c' || event.key === 'C') switchCoverage();
    if (event.key === 'l' || event.key === 'L') switchLang();
  });
}

makeMap($('map'), (kind, id) => (kind ? openStory(kind, id, { centre: false }) : closePanel()));
makeCoverage(() => { $('layer-coverage')?.setAttribute('aria-pressed', String(coverage.on)); redraw(); }, (place) => show(place));
makeBoard(openStory);
makePanel();
makeActs();
makeSearch(openStory);
signInForm();
keys();
$('lang').addEventListener('click', switchLang);
onSessionLost(askIn);
onLang(() => { makeLayers(); makeLegend(); countLegend(); signWords(); showStream(stream); everyQuarterSecond(); redraw(); });
onChange((changed) => { if (changed.has('jobs')) everySecond(); });
setInterval(everyQuarterSecond, 250);
setInterval(countLegend, 1000);
apply();
// A handle for the console: what the page knows, and where a thing is drawn.
window.shanpai = { screenPlace, city, coverage };

whoAmI().then((me) => (me ? begin(me) : askIn()), askIn);
