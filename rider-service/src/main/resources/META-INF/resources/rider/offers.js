/** Offers (派单): what they pay, where they lead, why they came, and a yes or a no. */
import { $, ask, choose, doing, either, facts, field, fill, h, t, text } from './page.js';
import { cityNow, citySpeed, get, hm, left, yuan } from './session.js';
import { changed, openOffers, state } from './state.js';
import { act } from './queue.js';
import { here } from './positions.js';
import { metresBetween } from './riding.js';

const REASONS = ['TOO_FAR', 'TOO_HEAVY', 'TOO_MUCH_IN_HAND', 'NO_EQUIPMENT', 'PRIVATE', 'OTHER'];
const reasons = new Map();
let shown = '';
let tick = null;

export const kilometres = (metres) => (metres < 950 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`);
const kilos = (grams) => `${(grams / 1000).toFixed(1)} kg`;

async function readWhy(offer) {
  reasons.set(offer.offerId, null);
  try {
    const { why } = await get(`/v1/rider/offers/${encodeURIComponent(offer.offerId)}`);
    reasons.set(offer.offerId, why);
    shown = '';
    changed();
  } catch { /* the short reason of the offer itself is shown */ }
}

function why(offer) {
  const told = reasons.get(offer.offerId)?.map((one) => either(one.zh, one.en)).filter(Boolean);
  return told?.length ? [...new Set(told)].join(' ') : offer.why;
}

/** One job of the bundle: both places, window, weight. */
export function jobFacts(job, from) {
  const way = from ? metresBetween(from, job.pickup) : null;
  return facts(
    [t('offer.store'), [h('b', null, job.storeName ?? job.storeId), way !== null && ` · ${kilometres(way)}`]],
    [t('offer.door'), t('offer.from.store', { way: kilometres(metresBetween(job.pickup, job.dropoff)) })],
    [t('offer.window'), job.promise && `${hm(job.promise.start)} – ${hm(job.promise.end)}`],
    [t('offer.ready'), job.expectedReadyAt && hm(job.expectedReadyAt)],
    [t('offer.load'), `${job.weightGrams ? `${kilos(job.weightGrams)} · ` : ''}${t('offer.units', { n: job.loadUnits ?? 1 })}${(job.needs ?? []).map((need) => ` · ${t(`need.${need}`)}`).join('')}`]);
}

async function decline(offer) {
  const reason = choose('decline-reason', [['', t('decline.none')], ...REASONS.map((code) => [code, t(`decline.${code}`)])]);
  const given = await ask(t('decline'), [h('p', { class: 'muted' }, t('decline.free')), field(t('reason'), reason)], t('decline'), () => reason.value);
  if (given === null) return;
  await act({ kind: 'DECLINE', offerId: offer.offerId, ...(given ? { reason: given } : {}) });
}

/** The oldest open offer, as a sheet over the page. */
export function drawOffer() {
  const box = $('offer');
  const [offer] = openOffers();
  clearInterval(tick);
  box.hidden = !offer;
  document.body.classList.toggle('offered', Boolean(offer));
  if (!offer) { shown = ''; fill(box); return; }
  if (!reasons.has(offer.offerId)) { navigator.vibrate?.([200, 100, 200]); readWhy(offer); }
  const key = JSON.stringify([offer.offerId, offer.version, document.documentElement.lang, openOffers().length]);
  if (key !== shown) {
    shown = key;
    fill(box,
      h('div', { class: 'row' }, h('h2', { id: 'offer-title' }, t('offer', { n: offer.jobs.length })), h('strong', { id: 'offer-left', role: 'timer' })),
      h('progress', { id: 'offer-bar', 'aria-label': t('offer.left') }),
      h('p', { class: 'pay' }, h('strong', { id: 'offer-pay' }, yuan(offer.pay + (offer.tip ?? 0))), h('span', { class: 'muted' }, offer.tip ? t('offer.parts', { pay: yuan(offer.pay), tip: yuan(offer.tip) }) : t('offer.base'))),
      h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-labelledby': 'offer-title' }, offer.jobs.map((job) => jobFacts(job, here()))),
      h('p', { class: 'why', id: 'offer-why' }, h('b', null, t('offer.why')), ' ', why(offer)),
      h('div', { class: 'pair' },
        h('button', { type: 'button', class: 'big quiet', id: 'decline', onclick: doing(() => decline(offer)) }, t('decline')),
        h('button', { type: 'button', class: 'big primary', id: 'accept', onclick: doing(() => act({ kind: 'ACCEPT', offerId: offer.offerId })) }, t('accept'))));
  }
  const count = () => {
    const seconds = left(offer.expiresAt);
    text($('offer-left'), t('seconds', { n: Math.ceil(seconds / citySpeed()) }));
    const bar = $('offer-bar');
    if (bar) { bar.max = Math.max(1, (Date.parse(offer.expiresAt) - Date.parse(offer.createdAt)) / 1000); bar.value = Math.max(0, (Date.parse(offer.expiresAt) - cityNow()) / 1000); }
    if (seconds <= 0) { clearInterval(tick); state.offers.delete(offer.offerId); changed(); }
  };
  count();
  tick = setInterval(count, 250);
}
