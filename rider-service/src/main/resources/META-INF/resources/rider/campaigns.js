/** Campaigns (活动): signing up, the proof of orders carried elsewhere, the weeks, the money. */
import { ask, card, doing, either, facts, field, fill, h, t, toast } from './page.js';
import { call, cityNow, get, moment, yuan } from './session.js';

const MOST = 2 * 1024 * 1024;
const path = (id, what) => `/v1/rider/campaigns/${encodeURIComponent(id)}/${what}`;

export async function drawCampaigns(box) {
  const { campaigns } = await get('/v1/rider/campaigns');
  const mine = new Map();
  await Promise.all(campaigns.map(async ({ campaignId }) => {
    // Who has not signed up is told 404; that is no trouble.
    try { mine.set(campaignId, await get(path(campaignId, 'enrolment'))); } catch (refused) { if (refused.status !== 404) throw refused; }
  }));
  const again = () => drawCampaigns(box);
  fill(box, card('campaigns', t('campaigns'), !campaigns.length && h('p', { class: 'muted' }, t('campaigns.none')), campaigns.map((one) => campaign(one, mine.get(one.campaignId), again))));
}

function campaign({ campaignId, open, placesLeft, terms }, standing, again) {
  return h('details', { class: 'entry', 'data-campaign': campaignId, open: Boolean(standing) },
    h('summary', null, h('span', null, h('b', null, either(terms.titleZh, terms.titleEn)), h('span', { class: 'muted small' }, standing ? t(`campaign.${standing.state.startsWith('WEEK_') ? 'WEEK' : standing.state}`, { n: standing.state.slice(5) }) : t(open ? 'campaign.open' : 'campaign.shut', { n: placesLeft })))),
    facts([t('campaign.window'), `${moment(terms.signUpFrom)} – ${moment(terms.signUpUntil)}`], [t('campaign.weeks'), t('campaign.week.each', { weeks: terms.weeks, days: terms.minDays, orders: terms.minOrders })],
      terms.weeklyRewardFen > 0 && [t('campaign.weekly'), yuan(terms.weeklyRewardFen)], terms.rewardFen > 0 && [t('campaign.reward'), yuan(terms.rewardFen)], terms.inviterFen > 0 && [t('campaign.inviter'), yuan(terms.inviterFen)],
      [t('campaign.proof'), t('campaign.proof.more', { n: terms.proof.moreThanOrders, from: terms.proof.from, until: terms.proof.until })], [t('campaign.hold'), t('days', { n: terms.holdDays })]),
    standing ? progress(standing, again) : open && h('button', { type: 'button', class: 'primary', onclick: doing(async () => { if (await signUp(campaignId)) await again(); }) }, t('campaign.sign.up')));
}

function progress(standing, again) {
  const awaited = standing.proofUntil && Date.parse(standing.proofUntil) > cityNow();
  return [
    standing.waitingPosition > 0 && h('p', { class: 'warn' }, t('campaign.waiting', { n: standing.waitingPosition })),
    standing.reason && h('p', { class: 'warn' }, standing.reason),
    h('p', null, t('campaign.met', { n: standing.weeksMet, of: standing.weeks })),
    h('ol', { class: 'lines' }, (standing.weeksRidden ?? []).map((week) => h('li', null, h('span', null, week.monday), h('span', null, t('campaign.week', { days: week.days, orders: week.orders })), h('b', { class: week.outcome === 'MISSED' ? 'bad' : 'ok' }, t(`week.${week.outcome}`), week.why ? ` ${week.why}` : '')))),
    (standing.payments ?? []).map((payment) => h('p', { class: 'small' }, `${payment.milestone} ${yuan(payment.amountFen)} · `, payment.postedAt ? t('paid.on', { at: moment(payment.postedAt) }) : t('paid.due', { at: moment(payment.dueAt) }))),
    awaited && h('button', { type: 'button', class: 'primary', onclick: doing(async () => { if (await prove(standing)) await again(); }) }, t('campaign.prove', { at: moment(standing.proofUntil) }))];
}

async function signUp(campaignId) {
  const account = h('input', { id: 'ask-account', required: true, minlength: 6, maxlength: 64, pattern: '[0-9A-Za-z@._+ \\-]{6,64}', autocomplete: 'off' });
  const inviter = h('input', { id: 'ask-inviter', maxlength: 64, pattern: '[A-Za-z0-9._:\\-]{1,64}', autocapitalize: 'none' });
  const body = await ask(t('campaign.sign.up'), [h('p', { class: 'muted' }, t('campaign.account.lead')), field(t('campaign.account'), account), field(t('campaign.invited'), inviter)], t('campaign.sign.up'), () => ({ payoutAccount: account.value.trim(), ...(inviter.value.trim() ? { inviterId: inviter.value.trim() } : {}) }));
  if (!body) return false;
  const told = await call('PUT', path(campaignId, 'enrolment'), body);
  toast(t(told.waitingPosition > 0 ? 'campaign.waits' : 'campaign.signed'), 'ok');
  return true;
}

async function prove(standing) {
  const file = h('input', { id: 'ask-file', type: 'file', accept: '.csv,text/csv,image/jpeg,image/png', required: true });
  const orders = h('input', { id: 'ask-orders', type: 'number', min: 0, max: 100000, required: true, inputmode: 'numeric' });
  const consent = h('input', { id: 'ask-consent', type: 'checkbox', required: true });
  const given = await ask(t('campaign.proof'), [h('p', { class: 'muted' }, t('campaign.proof.lead')), field(t('campaign.file'), file), field(t('campaign.orders'), orders), h('label', { class: 'switch' }, consent, h('span', null, t('campaign.consent')))], t('send'), () => ({ file: file.files[0], orders: Number(orders.value) }));
  if (!given?.file) return false;
  if (given.file.size > MOST) { toast(t('problem.too-large'), 'bad'); return false; }
  const type = given.file.type === 'image/png' || given.file.type === 'image/jpeg' ? given.file.type : 'text/csv';
  await call('PUT', `${path(standing.campaignId, 'proof')}?orders=${given.orders}&consent=true`, given.file, { type });
  toast(t('campaign.proof.sent'), 'ok');
  return true;
}
