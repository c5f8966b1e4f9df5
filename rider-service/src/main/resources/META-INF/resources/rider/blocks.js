/** Customers this rider takes no more orders of (拉黑): by order and day, never by name. */
import { ask, card, choose, doing, field, fill, h, t, toast } from './page.js';
import { call, get } from './session.js';

const REASONS = ['ABUSE', 'THREAT', 'HARASSMENT', 'UNSAFE_PLACE', 'OTHER'];

export async function block(jobId) {
  const reason = choose('ask-reason', REASONS.map((code) => [code, t(`block.${code}`)]));
  const given = await ask(t('block'), [h('p', { class: 'muted' }, t('block.lead')), field(t('reason'), reason)], t('block'), () => reason.value);
  if (!given) return;
  await call('PUT', `/v1/rider/blocks/${encodeURIComponent(jobId)}`, { reason: given });
  toast(t('block.done'), 'ok');
}

export async function drawBlocks(box) {
  const { blocks } = await get('/v1/rider/blocks');
  const lift = (one) => async () => { await call('DELETE', `/v1/rider/blocks/${encodeURIComponent(one.jobId)}`); await drawBlocks(box); };
  fill(box, blocks.length > 0 && card('blocks', t('blocks'), blocks.map((one) => h('div', { class: 'row' },
    h('span', null, one.jobId.slice(-6), h('span', { class: 'muted small' }, ` ${t(`block.${one.reason}`)} · ${one.day}`)),
    h('button', { type: 'button', class: 'quiet', onclick: doing(lift(one)) }, t('block.lift'))))));
}
