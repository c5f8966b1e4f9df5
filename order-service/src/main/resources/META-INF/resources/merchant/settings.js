/** Stores, the webhook, and the keys. */
import { $, Refused, ask, call, h, moment, t, tell, toast } from './session.js';
import { stores } from './orders.js';

const card = (...children) => h('div', { class: 'card' }, ...children);
const button = (key, run, id) => h('button', { class: 'quiet', type: 'button', id, onclick: () => run().catch(tell) }, t(key));

export async function drawStores() {
  const { stores: found } = await call('GET', '/v1/stores?limit=200');
  for (const store of found) stores.set(store.storeId, store);
  $('stores').replaceChildren(...(found.length ? found.map(storeCard) : [h('p', { class: 'muted' }, t('store.none'))]));
}

function storeCard(store) {
  const prep = h('input', { type: 'number', min: 0, max: 180, value: Math.round(store.preparationSeconds / 60), id: `prep-${store.storeId}` });
  const range = h('input', { type: 'number', min: 100, max: 60_000, value: store.rangeMetres });
  // Whatever else the server knows of the store goes back as it came.
  const put = async (change) => {
    const { storeId, areaId, version, openNow, opensAt, ...known } = store;
    await call('PUT', `/v1/stores/${storeId}`, { ...known, coordinateSystem: 'WGS-84', ...change });
    toast(t('done'));
    await drawStores();
  };
  return card(
    h('div', { class: 'tools' }, h('b', null, store.name), h('span', { class: 'tag', 'data-tone': store.open ? 'ok' : 'warn' }, t(store.open ? 'store.open' : 'store.closed')), h('code', { class: 'muted' }, store.storeId)),
    h('div', { class: 'tools' }, h('label', null, t('store.prep'), prep), h('label', null, t('store.range'), range),
      button('save', () => put({ preparationSeconds: Number(prep.value) * 60, rangeMetres: Number(range.value) }), `save-${store.storeId}`),
      button(store.open ? 'store.doClose' : 'store.doOpen', () => put({ open: !store.open }), `open-${store.storeId}`)),
    hours(store, put));
}

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** The week as told, and one stretch that can be set for every day. */
function hours(store, put) {
  const week = store.hours?.weekly ?? {};
  const spans = (day) => (week[day] ?? []).map((span) => `${span.opens}–${span.closes}`).join(', ') || '—';
  const same = DAYS.every((day) => spans(day) === spans('MONDAY'));
  const told = !store.hours ? '' : same ? spans('MONDAY') : DAYS.map((day) => `${day.slice(0, 3)} ${spans(day)}`).join(' · ');
  const opens = h('input', { type: 'time', required: true, value: week.MONDAY?.[0]?.opens ?? '08:00', id: `opens-${store.storeId}`, 'aria-label': `${t('store.hours')} ${t('export.from')}` });
  const closes = h('input', { type: 'time', required: true, value: week.MONDAY?.[0]?.closes === '24:00' ? '23:59' : week.MONDAY?.[0]?.closes ?? '22:00', 'aria-label': `${t('store.hours')} ${t('export.to')}` });
  const weekly = () => Object.fromEntries(DAYS.map((day) => [day, [{ opens: opens.value, closes: closes.value }]]));
  return h('div', { class: 'tools' }, h('span', { class: 'muted' }, `${t('store.hours')}: ${told}`), opens, closes,
    button('store.setHours', () => put({ hours: { weekly: weekly(), special: store.hours?.special ?? [] } }), `hours-${store.storeId}`));
}

async function orNull(path) {
  try { return await call('GET', path); } catch (refused) { if (refused instanceof Refused && refused.status === 404) return null; throw refused; }
}

export async function drawWebhook() {
  const hook = await orNull('/v1/webhook');
  const log = await orNull('/v1/webhook/deliveries?limit=50');
  const url = h('input', { type: 'url', id: 'hook-url', required: true, maxlength: 500, value: hook?.url ?? '', placeholder: 'https://shop.example/shanpai' });
  const save = async (event) => {
    event.preventDefault();
    const known = hook?.types ? { types: hook.types } : {};
    const answer = await call('PUT', '/v1/webhook', { url: url.value, ...known });
    if (answer.secret && !hook) await once(t('hook.secret'), answer.secret); else toast(t('done'));
    await drawWebhook();
  };
  $('webhook').replaceChildren(
    card(h('h3', null, t('hook.url')), hook ? null : h('p', { class: 'muted' }, t('hook.none')),
      h('form', { class: 'tools', onsubmit: (event) => save(event).catch(tell) }, url, h('button', { class: 'primary', type: 'submit', id: 'hook-save' }, t('save'))),
      hook?.state === 'SWITCHED_OFF' ? h('div', { class: 'tools' }, h('span', { class: 'tag', 'data-tone': 'bad' }, `${t('hook.off')} ${hook.reason ?? ''}`), button('hook.enable', async () => { await call('POST', '/v1/webhook/enable', {}); await drawWebhook(); })) : null,
      hook ? h('div', { class: 'tools' }, button('hook.ping', ping, 'hook-ping'), button('hook.rotate', rotate, 'hook-rotate')) : null,
      h('p', { id: 'hook-note', role: 'status' })),
    card(h('h3', null, t('hook.log')), h('div', { class: 'scroll' }, h('table', { id: 'hook-log' },
      h('thead', null, h('tr', null, ['hook.when', 'hook.order', 'hook.type', 'hook.state', 'hook.tries'].map((key) => h('th', null, t(key))), h('th'))),
      h('tbody', null, (log?.deliveries ?? []).map(delivery))))));
}

function delivery(one) {
  const tone = { DELIVERED: 'ok', FAILED: 'bad', PENDING: 'warn' }[one.state];
  return h('tr', null, h('td', null, moment(one.createdAt)), h('td', null, h('code', null, (one.orderId ?? '').slice(-8).toUpperCase())), h('td', null, one.type ?? ''),
    h('td', null, h('span', { class: 'tag', 'data-tone': tone }, t(`hook.${one.state}`)), ' ', h('span', { class: 'muted' }, String(one.lastStatus ?? one.lastError ?? ''))), h('td', null, String(one.attempts)),
    h('td', null, one.state === 'PENDING' ? null : button('hook.again', async () => { await call('POST', `/v1/webhook/deliveries/${one.deliveryId}/replay`, {}); toast(t('done')); await drawWebhook(); })));
}

async function ping() {
  const answer = await call('POST', '/v1/webhook/ping', {});
  $('hook-note').textContent = answer.delivered ? t('hook.ok', { status: answer.status, ms: answer.durationMillis }) : t('hook.bad', { why: answer.error ?? answer.status });
}

async function rotate() {
  const made = await call('POST', '/v1/webhook/secrets', {});
  await once(t('hook.secret'), made.secret);
}

/** A secret is shown in a box that goes away, and never again. */
const once = (title, secret) => ask(title, h('code', { id: 'told-once' }, secret), null);

export async function drawAccess() {
  const me = await call('GET', '/v1/merchants/me');
  $('access').replaceChildren(card(
    h('h3', null, me.name), h('p', null, `${t('access.client')}: `, h('code', null, me.clientId)), h('p', { class: 'muted' }, t('access.lead')),
    h('div', { class: 'tools' }, button('access.renew', async () => {
      if (!await ask(t('access.renew'), h('p', null, t('access.sure')), t('access.renew'))) return;
      const renewed = await call('POST', '/v1/merchants/me/secret', {});
      await once(t('access.new'), renewed.clientSecret);
    }, 'renew'))));
}
