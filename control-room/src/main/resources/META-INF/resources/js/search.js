/** One field for orders, riders and stores. */
import { $, h } from './dom.js';
import { city, doing, riderLabel, storeName } from './city.js';
import { shortId, t } from './i18n.js';
import { colours } from './look.js';

const SHOWN = 9;
let open = () => {};
let found = [];
let at = 0;

export function makeSearch(openStory) {
  open = openStory;
  const field = $('search-text');
  field.addEventListener('input', look);
  field.addEventListener('focus', look);
  field.addEventListener('blur', () => setTimeout(() => { $('search-results').hidden = true; }, 150));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      at = (at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % Math.max(1, found.length);
      draw();
    } else if (event.key === 'Escape') { field.value = ''; field.blur(); }
  });
  $('search').addEventListener('submit', (event) => { event.preventDefault(); choose(found[at]); });
}

function look() {
  const text = $('search-text').value.trim().toLowerCase();
  found = [];
  at = 0;
  if (!text) { $('search-results').hidden = true; return; }
  const take = (row) => { if (found.length < SHOWN) found.push(row); };
  for (const rider of city.riders.values()) if (rider.label.toLowerCase().includes(text) || rider.riderId.toLowerCase().includes(text)) take({ kind: 'rider', id: rider.riderId, text: rider.label, note: t(`rider.${doing(rider)}`), colour: colours.rider[doing(rider)] });
  for (const store of city.stores.values()) if (store.name.toLowerCase().includes(text) || store.storeId.toLowerCase() === text) take({ kind: 'store', id: store.storeId, text: store.name, note: '', colour: colours.store });
  for (const job of city.jobs.values()) if (job.orderId.toLowerCase().includes(text)) take({ kind: 'order', id: job.orderId, text: `${storeName(job.storeId)} ${shortId(job.orderId)}`, note: job.riderId ? riderLabel(job.riderId) : t(`status.${job.status}`), colour: colours.urgency.track });
  // An order that is over is not on the map any more, but its story is there.
  if (/^o-[a-z0-9._:-]{4,62}$/i.test(text) && !found.some((row) => row.id === text)) take({ kind: 'order', id: $('search-text').value.trim(), text: t('search.story'), note: shortId(text), colour: colours.muted });
  draw();
}

function draw() {
  const list = $('search-results');
  list.hidden = false;
  list.replaceChildren(...(found.length
    ? found.map((row, index) => h('li', { role: 'option', 'aria-selected': String(index === at), onmousedown: () => choose(row) }, h('i', { class: row.kind === 'rider' ? 'dot' : row.kind === 'store' ? 'square' : 'diamond', '--c': row.colour }), row.text, h('small', {}, row.note)))
    : [h('li', { class: 'muted' }, t('search.none'))]));
}

function choose(row) {
  if (!row) return;
  $('search-results').hidden = true;
  $('search-text').value = '';
  $('search-text').blur();
  open(row.kind, row.id);
}
