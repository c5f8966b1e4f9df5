/** The orders as they change, and the story of one. */
import { $, ask, call, cityNow, day, h, hm, moment, t, tell, toast, yuan } from './session.js';

const TONES = { DELIVERED: 'ok', CANCELLED: 'bad', RETURNED: 'bad', RETURNING: 'warn', EXCEPTION: 'bad', PICKED_UP: 'go', RIDER_AT_CUSTOMER: 'go', RIDER_ASSIGNED: 'go', RIDER_AT_STORE: 'go' };
const STATUSES = ['CREATED', 'DISPATCHING', 'RIDER_ASSIGNED', 'RIDER_AT_STORE', 'PICKED_UP', 'RIDER_AT_CUSTOMER', 'DELIVERED', 'CANCELLED', 'RETURNING', 'RETURNED', 'EXCEPTION'];
const ENDED = ['DELIVERED', 'CANCELLED', 'RETURNED'];
const BEFORE = ['CREATED', 'DISPATCHING', 'RIDER_ASSIGNED', 'RIDER_AT_STORE'];
const REASONS = ['CUSTOMER_CHANGED_MIND', 'SOLD_OUT', 'STORE_CLOSED', 'SLOW_KITCHEN', 'WRONG_ADDRESS', 'DUPLICATE_ORDER', 'OTHER'];
const MOST = 200;

export const stores = new Map();
let orders = [];
let cursor = null;
let chosen = null;
let source = null;
let timer = null;
let soon = null;
let round = 0;

const late = (order) => !ENDED.includes(order.status) && Date.parse(order.promise.end) < cityNow();

function query(after) {
  const ask = new URLSearchParams({ limit: '50' });
  if ($('filter-status').value) ask.set('status', $('filter-status').value);
  if ($('filter-store').value) ask.set('storeId', $('filter-store').value);
  if ($('filter-number').value.trim()) ask.set('merchantOrderNo', $('filter-number').value.trim());
  if (after) ask.set('cursor', after);
  return `/v1/orders?${ask}`;
}

async function read() {
  const mine = ++round;
  const page = await call('GET', query());
  if (mine !== round) return;
  // Older pages that were opened stay below what is new.
  const oldest = page.orders.at(-1)?.orderId ?? '';
  const below = page.nextCursor ? orders.filter((order) => order.orderId < oldest) : [];
  if (!below.length) cursor = page.nextCursor ?? null;
  orders = [...page.orders, ...below].slice(0, MOST);
  list();
  if (chosen) await open(chosen, false);
}

async function more() {
  const page = await call('GET', query(cursor));
  cursor = page.nextCursor ?? null;
  orders = [...orders, ...page.orders].slice(0, MOST);
  if (orders.length >= MOST) cursor = null;
  list();
}

function row(order) {
  return h('li', null, h('button', { class: 'row', type: 'button', 'data-order': order.orderId, 'data-tone': late(order) ? 'warn' : TONES[order.status], 'aria-current': order.orderId === chosen ? 'true' : null, onclick: () => open(order.orderId, true).catch(tell) },
    h('b', null, order.merchantOrderNo ?? order.orderId.slice(-8).toUpperCase()), h('span', { class: 'tag when' }, t(`status.${order.status}`)),
    h('small', null, stores.get(order.storeId)?.name ?? order.storeId, order.sandbox ? ` · ${t('sandbox')}` : ''),
    h('small', { class: 'when' }, `${moment(order.createdAt)} → ${hm(order.promise.end)}`)));
}

function list() {
  const focused = document.activeElement?.dataset?.order;
  $('order-list').replaceChildren(...orders.map(row));
  if (focused) document.querySelector(`[data-order="${CSS.escape(focused)}"]`)?.focus();
  $('order-none').hidden = orders.length > 0;
  $('order-more').hidden = !cursor;
  $('orders').dataset.count = orders.length;
}

async function maybe(path, otherwise) {
  try { return await call('GET', path); } catch (refused) { if (refused.status === 401) throw refused; return otherwise; }
}

export async function open(id, focus) {
  // Nobody must act on the story of the order before.
  if (id !== chosen) $('story').hidden = true;
  chosen = id;
  const [order, history, voice] = await Promise.all([call('GET', `/v1/orders/${id}`), call('GET', `/v1/orders/${id}/events`), maybe(`/v1/orders/${id}/feedback`, { feedback: [] })]);
  if (chosen !== id) return;
  const told = JSON.stringify([order, history, voice, document.documentElement.lang]);
  document.querySelector('.split').classList.add('open');
  if ($('story').dataset.told !== told || $('story').hidden) {
    story(order, history.events, voice.feedback);
    $('story').dataset.told = told;
  }
  for (const button of document.querySelectorAll('[data-order]')) button.toggleAttribute('aria-current', button.dataset.order === id);
  if (focus) $('story').focus();
}

function close() {
  const was = chosen;
  chosen = null;
  $('story').hidden = true;
  document.querySelector('.split').classList.remove('open');
  document.querySelector(`[data-order="${CSS.escape(was ?? '')}"]`)?.focus();
}

const fact = (key, value) => (value === null || value === undefined || value === '' ? [] : [h('dt', null, t(key)), h('dd', null, value)]);

function story(order, events, said) {
  const parts = Object.entries(order.feeParts ?? {}).filter(([, fen]) => fen);
  $('story').hidden = false;
  $('story').replaceChildren(
    h('div', { class: 'head' }, h('h2', null, order.merchantOrderNo ?? order.orderId), h('button', { class: 'quiet', type: 'button', 'aria-label': t('close'), onclick: close }, '×')),
    h('p', null, h('span', { class: 'tag', 'data-tone': TONES[order.status], id: 'story-status' }, t(`status.${order.status}`)), ' ', order.reason ? h('span', { class: 'muted' }, order.reason) : '', ' ', order.cancelOutcome ? h('span', { class: 'tag' }, order.cancelOutcome) : ''),
    actions(order),
    h('div', { class: 'codes' }, h('p', null, h('span', { class: 'muted' }, t('code.pickup')), h('b', null, order.pickupCode)), h('p', null, h('span', { class: 'muted' }, t('code.delivery')), h('b', null, order.deliveryCode))),
    h('dl', { class: 'facts' },
      fact('f.promise', `${hm(order.promise.start)}–${hm(order.promise.end)}`), ENDED.includes(order.status) ? [] : [fact('f.pickupAt', hm(order.plannedPickupAt)), fact('f.eta', hm(order.plannedDeliveryAt))],
      fact('f.ready', hm(order.readyAt ?? order.expectedReadyAt)), fact('f.rider', order.riderId), order.fault && order.fault !== 'NONE' ? fact('f.fault', t(`fault.${order.fault}`)) : [],
      fact('f.distance', `${((order.roadMetres ?? order.distanceMetres) / 1000).toFixed(1)} km`), fact('f.store', stores.get(order.storeId)?.name ?? order.storeId), fact('f.id', h('code', null, order.orderId)),
      fact('f.tracking', order.trackingUrl ? h('a', { href: order.trackingUrl, target: '_blank', rel: 'noopener noreferrer' }, '↗') : null)),
    h('div', null, h('h3', null, t('fees')), h('dl', { class: 'facts' }, fact('f.fee', yuan(order.deliveryFeeFen)), parts.map(([name, fen]) => fact(`fee.${name}`, yuan(fen))), order.change ? fact('f.change', `${t(`change.${order.change.state}`)} ${yuan(order.change.feeDifferenceFen)}`) : [], order.tipFen ? fact('f.tip', yuan(order.tipFen)) : [], fact('f.goods', yuan(order.goodsValueFen)))),
    order.charges ? h('div', null, h('h3', null, t('charges')), order.charges.length ? h('dl', { class: 'facts', id: 'story-charges' }, order.charges.map((line) => [h('dt', null, t(`charge.${line.kind}`)), h('dd', null, yuan(line.fen), ' ', h('small', { class: 'muted' }, line.reason))])) : h('p', { class: 'muted', id: 'story-charges' }, t('charges.none'))) : null,
    h('div', null, h('h3', null, t('history')), h('ol', { class: 'line', id: 'story-line' }, events.map((event) => h('li', null, h('time', { datetime: event.at }, hm(event.at)), h('span', null, t(event.kind === 'STATUS' ? `status.${event.status}` : `kind.${event.kind}`), event.reason && event.kind !== 'CREATED' ? h('small', { class: 'muted' }, ` ${event.reason}`) : ''))))),
    h('div', null, h('h3', null, t('voice')), said.length ? h('ul', { id: 'story-voice' }, said.map((one) => h('li', null, `${t(`voice.${one.kind}`)} ${one.stars ? '★'.repeat(one.stars) : ''} ${(one.tags ?? []).join(' ')} `, one.words ?? '', one.verified ? h('span', { class: 'tag' }, t('voice.verified')) : ''))) : h('p', { class: 'muted' }, t('voice.none'))));
}

function actions(order) {
  const make = (key, run, tone) => h('button', { class: `quiet ${tone ?? ''}`, type: 'button', id: `do-${key}`, onclick: (event) => { event.target.disabled = true; run(order).then(() => read()).catch(tell).finally(() => { event.target.disabled = false; }); } }, t(`do.${key}`));
  const before = BEFORE.includes(order.status);
  const live = !ENDED.includes(order.status);
  return h('div', { class: 'actions' },
    before && !order.readyAt ? [make('ready', ready), make('late', putOff)] : [],
    live ? [make('tip', tip), make('nudge', nudge), make('change', change)] : [],
    before && order.riderId ? make('redispatch', redispatch) : [],
    ['PICKED_UP', 'RIDER_AT_CUSTOMER'].includes(order.status) && !order.returnRequestedAt ? make('return', callBack, 'danger') : [],
    ['RETURNING', 'RETURNED', 'EXCEPTION'].includes(order.status) && !order.returnReceivedAt ? make('received', received) : [],
    before && order.cancelOutcome !== 'REQUESTED' ? make('cancel', cancel, 'danger') : []);
}

const act = (order, what, body) => call('POST', `/v1/orders/${order.orderId}/${what}`, body ?? {});
async function ready(order) { await act(order, 'ready'); toast(t('done')); }
async function received(order) { await act(order, 'return-received'); toast(t('done')); }
async function nudge(order) { await act(order, 'nudge'); toast(t('nudged')); }

async function putOff(order) {
  const minutes = h('input', { type: 'number', min: 1, max: 180, value: 10, required: true, id: 'ask-minutes' });
  const given = await ask(t('do.late'), h('label', null, t('ask.late'), minutes), t('do.late'), () => Number(minutes.value));
  if (given === null) return;
  await act(order, 'preparation-late', { expectedReadyAt: new Date(cityNow() + given * 60_000).toISOString() });
  toast(t('done'));
}

async function tip(order) {
  const amount = h('input', { type: 'number', min: (order.tipFen ?? 0) / 100, max: 200, step: '0.01', value: (order.tipFen ?? 0) / 100 + 2, required: true, id: 'ask-tip' });
  const given = await ask(t('do.tip'), h('label', null, t('ask.tip'), amount), t('do.tip'), () => Math.round(Number(amount.value) * 100));
  if (given === null) return;
  await act(order, 'tip', { tipFen: given });
  toast(t('done'));
}

/** What it costs is shown before anything is asked for. */
async function cancel(order) {
  const reason = h('select', { id: 'ask-reason' }, REASONS.map((code) => h('option', { value: code }, t(`reason.${code}`))));
  const cost = h('p', { id: 'ask-cost', role: 'status' });
  let preview = null;
  const price = async () => {
    preview = await maybe(`/v1/orders/${order.orderId}/precancel?reason=${reason.value}`, null);
    cost.textContent = !preview ? t('cancel.unknown') : !preview.mayCancel ? t('cancel.late') : preview.feeFen ? t('cancel.fee', { fee: yuan(preview.feeFen), fault: t(`fault.${preview.fault}`) }) : t('cancel.free');
    $('act-go').disabled = preview?.mayCancel === false;
  };
  reason.addEventListener('change', price);
  await price();
  const given = await ask(t('do.cancel'), [h('label', null, t('ask.reason'), reason), cost], t('do.cancel'), () => reason.value);
  $('act-go').disabled = false;
  if (given === null) return;
  await act(order, 'cancel', { reason: given, ...(preview?.feeFen === undefined ? {} : { expectedFeeFen: preview.feeFen }) });
  toast(t('done'));
}

const REDISPATCH = ['RIDER_LATE', 'RIDER_UNREACHABLE', 'RIDER_ASKED', 'UNSUITABLE_VEHICLE', 'OTHER'];
const RETURN = ['WRONG_GOODS', 'UNSAFE_GOODS', 'CUSTOMER_CANCELLED', 'PAYMENT_FAILED', 'OTHER'];

/** Asks why, says what follows, and sends it. */
async function because(order, what, codes, lead) {
  const reason = h('select', { id: 'ask-reason' }, codes.map((code) => h('option', { value: code }, t(`reason.${code}`))));
  const given = await ask(t(`do.${what}`), [h('p', null, lead), h('label', null, t('ask.reason'), reason)], t(`do.${what}`), () => reason.value);
  if (given === null) return;
  await act(order, what, { reason: given });
  toast(t('asked'));
}
const redispatch = (order) => because(order, 'redispatch', REDISPATCH, t('redispatch.lead'));
const callBack = (order) => because(order, 'return', RETURN, t('return.lead'));

/** Another door is looked up and priced before it is asked for; telephone and note need neither. */
async function change(order) {
  const before = BEFORE.includes(order.status);
  const input = (id, most) => h('input', { id, maxlength: most, autocomplete: 'off' });
  const address = input('ask-address', 200);
  const phone = h('input', { id: 'ask-phone', type: 'tel', maxlength: 23, pattern: '\\+?[0-9][0-9 \\-]{4,22}', autocomplete: 'off' });
  const note = input('ask-note', 200);
  const cost = h('p', { id: 'ask-cost', role: 'status' }, before ? '' : t('change.late'));
  let door = null;
  let preview = null;
  let round = 0;
  const look = async () => {
    const mine = ++round;
    door = null;
    preview = null;
    const text = address.value.trim();
    cost.textContent = text ? t('change.looking') : '';
    $('act-go').disabled = text !== '';
    if (!text) return;
    try {
      const found = await call('POST', '/v1/addresses/recognise', { text, storeId: order.storeId });
      if (mine !== round) return;
      if (!found.place) { cost.textContent = (found.questions ?? []).map((one) => (document.documentElement.lang === 'en' ? one.en : one.zh)).join(' ') || t('change.unknown'); return; }
      const wanted = { coordinateSystem: 'WGS-84', place: found.place.place, address: text };
      const told = await call('POST', `/v1/orders/${order.orderId}/changes/preview`, { dropoff: wanted });
      if (mine !== round) return;
      door = wanted;
      preview = told;
      cost.textContent = t('change.cost', { label: found.place.label, fee: yuan(told.feeDifferenceFen), sum: yuan(told.deliveryFeeFen) });
      $('act-go').disabled = false;
    } catch (refused) { if (mine === round) cost.textContent = refused.message; }
  };
  address.addEventListener('change', look);
  const given = await ask(t('do.change'), [before ? h('label', null, t('ask.address'), address) : [], h('label', null, t('ask.phone'), phone), h('label', null, t('ask.note'), note), cost].flat(), t('do.change'),
    () => ({ ...(door ? { dropoff: door, expectedDifferenceFen: preview.feeDifferenceFen } : {}), ...(phone.value.trim() ? { contactPhone: phone.value.trim() } : {}), ...(note.value.trim() ? { note: note.value.trim() } : {}) }));
  $('act-go').disabled = false;
  if (given === null || !Object.keys(given).length) return;
  await act(order, 'changes', given);
  toast(t(given.dropoff ? 'asked' : 'done'));
}

async function sandbox() {
  const { plays } = await call('GET', '/v1/sandbox/plays');
  const store = [...stores.values()].find((one) => one.open);
  if (!store) { toast(t('store.none'), 'bad'); return; }
  const play = h('select', { id: 'ask-play' }, plays.map((one) => h('option', { value: one.play }, `${one.play} → ${t(`status.${one.endsAs}`)}`)));
  const given = await ask(t('sandbox.go'), h('label', null, t('ask.play'), play), t('sandbox.go'), () => play.value);
  if (given === null) return;
  const order = await call('POST', '/v1/orders', {
    storeId: store.storeId, sandbox: { play: given },
    dropoff: { coordinateSystem: 'WGS-84', place: { lat: store.place.lat + 0.004, lon: store.place.lon }, address: '沙箱路 1 号', contactName: '沙箱顾客', contactPhone: '13800000000' },
    items: [{ name: '沙箱商品', quantity: 1, valueFen: 1000, weightGrams: 500 }] });
  await read();
  await open(order.orderId, true);
}

function state(name) {
  $('stream').dataset.state = name;
  $('stream-text').textContent = t(`stream.${name}`);
}
export const nameState = () => state($('stream').dataset.state);

/** Many changes at once are read once. */
function changed() {
  soon ??= setTimeout(() => { soon = null; read().catch(() => state('lost')); }, 400);
}

function poll() {
  state('poll');
  timer ??= setInterval(() => { read().then(() => state('poll')).catch(() => state('lost')); }, 4000);
}

function listen() {
  source = new EventSource('/v1/order-stream');
  source.onopen = () => { state('live'); changed(); };
  for (const name of ['order.created', 'order.status', 'order.update', 'reset', 'message']) source.addEventListener(name, changed);
  source.onerror = () => {
    // A refusal closes the stream for good; else the browser comes again by itself.
    if (source?.readyState === EventSource.CLOSED) { source = null; poll(); } else state('lost');
  };
}

export async function startOrders() {
  const page = await call('GET', '/v1/stores?limit=200');
  stores.clear();
  for (const store of page.stores) stores.set(store.storeId, store);
  wordFilters();
  $('export-to').value = day(cityNow());
  $('export-from').value = day(cityNow() - 6 * 86_400_000);
  await read();
  listen();
}

export function stopOrders() {
  source?.close();
  source = null;
  clearInterval(timer);
  timer = null;
  orders = [];
  chosen = null;
  $('story').hidden = true;
  $('order-list').replaceChildren();
}

export function wordFilters() {
  const keep = [$('filter-status').value, $('filter-store').value];
  $('filter-status').replaceChildren(h('option', { value: '' }, t('all')), ...STATUSES.map((status) => h('option', { value: status }, t(`status.${status}`))));
  $('filter-store').replaceChildren(h('option', { value: '' }, t('all')), ...[...stores.values()].map((store) => h('option', { value: store.storeId }, store.name)));
  [$('filter-status').value, $('filter-store').value] = keep;
}

export function redraw() {
  wordFilters();
  list();
  if (chosen) open(chosen, false).catch(tell);
}

for (const id of ['filter-status', 'filter-store']) $(id).addEventListener('change', () => { orders = []; read().catch(tell); });
let typed;
$('filter-number').addEventListener('input', () => { clearTimeout(typed); typed = setTimeout(() => { orders = []; read().catch(tell); }, 350); });
$('order-more').addEventListener('click', () => more().catch(tell));
$('sandbox').addEventListener('click', () => sandbox().catch(tell));
$('export').addEventListener('submit', (event) => {
  event.preventDefault();
  location.href = `/v1/orders/export.csv?from=${$('export-from').value}&to=${$('export-to').value}`;
});
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && chosen && !$('act').open) close(); });
