/** Everything else: messages, what customers said, slots, campaigns, signing out. */
import { $, card, doing, fill, h, t } from './page.js';
import { cityNow, get, moment, riderId } from './session.js';
import { changed, state } from './state.js';
import { drawSlots } from './shift.js';
import { drawCampaigns } from './campaigns.js';
import { drawBlocks } from './blocks.js';

let feedback = [];
let whenOut = () => {};
export const onSignOut = (listener) => { whenOut = listener; };

/** One piece of news in a line: who says it, and what. */
function line({ kind, body }) {
  switch (kind) {
    case 'message': return [h('b', null, body.from), ` ${body.text}`];
    case 'feedback': return [h('b', null, t('news.feedback')), body.stars ? ` ${'★'.repeat(body.stars)}` : '', ` ${(body.tags ?? []).map((tag) => t(`tag.${tag}`)).join(' ')}`];
    case 'appeal': return [h('b', null, t('news.appeal')), ` ${t(`appeal.${body.state}`)}`];
    case 'sos': return [h('b', null, 'SOS'), ` ${t(`sos.${body.status}`)}`, body.outcome ? ` ${body.outcome}` : ''];
    case 'fatigue': return [h('b', null, t('news.fatigue')), ` ${t(`fatigue.${body.state}`)}`];
    case 'refused': return [h('b', null, t(`action.${body.kind}`)), ` ${t(`problem.${body.slug}`)} ${body.detail ?? ''}`];
    default: return [h('b', null, t(`news.${kind}`))];
  }
}

export async function readMore() {
  drawMore();
  feedback = await get('/v1/rider/feedback?limit=20').then((told) => told.feedback, () => []);
  drawSaid();
  await drawSlots($('slots-box'));
  await drawCampaigns($('campaigns-box'));
  await drawBlocks($('blocks-box'));
}

function drawSaid() {
  const box = $('said');
  if (box) fill(box, feedback.length > 0 && card('feedback', t('feedback'), h('ul', { class: 'lines' }, feedback.map((one) => h('li', null, h('span', null, one.stars ? '★'.repeat(one.stars) : t('voice.PRAISE'), ' ', (one.tags ?? []).map((tag) => t(`tag.${tag}`)).join(' ')), h('span', { class: 'muted' }, one.shownOn))))));
}

let key = '';
export function drawNews() {
  const box = $('news');
  if (!box) return;
  const next = JSON.stringify([state.news.length, state.news[0]?.at, document.documentElement.lang]);
  if (next === key && box.firstChild) return;
  key = next;
  fill(box, card('messages', t('messages'), !state.news.length && h('p', { class: 'muted' }, t('messages.none')),
    h('ul', { class: 'lines' }, state.news.map((one) => h('li', { class: one.body?.urgent ? 'urgent' : '' }, h('span', null, line(one)), h('time', { class: 'muted' }, moment(new Date(Math.min(one.at, cityNow())).toISOString())))))));
  if (!$('more').hidden && state.unread) { state.unread = 0; changed(); }
}

export function drawMore() {
  fill($('more'), h('div', { id: 'news' }), h('div', { id: 'said' }), h('div', { id: 'slots-box' }), h('div', { id: 'campaigns-box' }), h('div', { id: 'blocks-box' }),
    card('me', riderId(), h('p', { class: 'muted small' }, t('me.lead')), h('button', { type: 'button', class: 'quiet danger', id: 'sign-out', onclick: doing(() => whenOut()) }, t('sign.out'))));
  key = '';
  drawNews();
  drawSaid();
}
export { line as newsLine };
