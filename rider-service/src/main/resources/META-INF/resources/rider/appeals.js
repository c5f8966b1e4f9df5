/** A rider's word against a deduction (申诉): filed, followed, taken to the panel. */
import { ask, card, choose, doing, either, field, h, t, toast } from './page.js';
import { call, cityNow, get, moment, signed, uuid } from './session.js';
import { picturesOf } from './steps.js';

const FILE_WITHIN = 72 * 3_600_000;
const ESCALATE_WITHIN = 72 * 3_600_000;
let appeals = [];
let seats = [];

export async function readAppeals() {
  appeals = (await get('/v1/rider/appeals')).appeals;
  seats = await get('/v1/rider/appeal-seats').then((told) => told.cases, () => []);
}

export const appealOf = (entryId) => appeals.find((one) => one.entryId === entryId);
export const appealable = (entry) => entry.milliPoints < 0 && !entry.takesBack && Date.parse(entry.recordedAt) + FILE_WITHIN > cityNow();

/** A picture handed in while the order was carried: later none is taken any more. */
function pictureOf(orderId) {
  const kept = orderId ? picturesOf(`j-${orderId.replace(/^o-/, '')}`) : [];
  if (!kept.length) return { shown: h('p', { class: 'muted small' }, t('picture.none.kept')), proofId: () => null };
  const known = choose('ask-picture', [...kept.map((id, i) => [id, t('picture.kept', { n: i + 1 })]), ['', t('picture.none')]]);
  return { shown: field(t('picture.of.order'), known), proofId: () => known.value || null };
}

/** The order a row is about: its subject, or the one an incident belongs to. */
export const orderOf = (row) => row.orderId ?? (row.subject?.startsWith('o-') ? row.subject : null);

export async function fileAppeal(entry) {
  const grounds = h('textarea', { id: 'ask-grounds', rows: 4, maxlength: 2000, required: true });
  const more = h('textarea', { id: 'ask-evidence', rows: 2, maxlength: 2000 });
  const picture = pictureOf(orderOf(entry));
  const given = await ask(t('appeal'), [h('p', null, h('b', null, either(entry.zh, entry.en)), ` ${signed(entry.milliPoints)}`), h('p', { class: 'muted small' }, t('appeal.lead')), field(t('appeal.grounds'), grounds), field(t('appeal.evidence'), more), picture.shown], t('appeal.file'), () => ({ grounds: grounds.value.trim(), evidence: more.value.trim() }));
  if (!given?.grounds) return false;
  const proofId = picture.proofId();
  await call('POST', '/v1/rider/appeals', { entryId: entry.entryId, grounds: given.grounds, ...(given.evidence ? { evidence: given.evidence } : {}), ...(proofId ? { proofId } : {}) }, { key: uuid() });
  toast(t('appeal.filed'), 'ok');
  return true;
}

async function addEvidence(appeal) {
  const words = h('textarea', { id: 'ask-words', rows: 3, maxlength: 2000 });
  const picture = pictureOf(orderOf(appeal));
  const given = await ask(t('appeal.add'), [field(t('words'), words), picture.shown], t('send'), () => ({ words: words.value.trim() }));
  if (!given) return;
  const proofId = picture.proofId();
  if (given.words || proofId) await call('POST', `/v1/rider/appeals/${encodeURIComponent(appeal.appealId)}/evidence`, { ...(given.words ? { words: given.words } : {}), ...(proofId ? { proofId } : {}) }, { key: uuid() });
}

async function escalate(appeal) {
  const grounds = h('textarea', { id: 'ask-grounds', rows: 4, maxlength: 2000, required: true });
  const given = await ask(t('appeal.panel'), [h('p', { class: 'muted' }, t('appeal.panel.lead')), field(t('appeal.grounds'), grounds)], t('appeal.panel'), () => grounds.value.trim());
  if (given) await call('POST', `/v1/rider/appeals/${encodeURIComponent(appeal.appealId)}/escalation`, { grounds: given }, { key: uuid() });
}

const said = (word) => word && h('p', { class: 'small' }, h('b', null, word.by), ` ${moment(word.at)}`, word.reasons && `: ${word.reasons}`);

/** All appeals and where they stand, and cases in which this rider has a vote. */
export function appealCard(again) {
  if (!appeals.length && !seats.length) return null;
  const act = (work) => doing(async () => { await work(); await again(); });
  return card('appeals', t('appeals'),
    appeals.map((one) => h('details', { class: 'entry', 'data-appeal': one.appealId },
      h('summary', null, h('span', null, h('b', null, t(`appeal.${one.state}`)), h('span', { class: 'muted small' }, `${one.rule} · ${moment(one.filedAt)}`)), h('strong', null, signed(one.milliPoints))),
      h('p', null, one.grounds),
      one.secondsLeft !== undefined && h('p', { class: 'muted small' }, t('appeal.due', { at: moment(one.dueAt) })),
      one.stayed && h('p', { class: 'ok small' }, t('stayed')),
      said(one.firstInstance), one.escalationGrounds && h('p', null, one.escalationGrounds), said(one.decision),
      h('div', { class: 'tools' },
        one.stayed && one.state !== 'REJECTED' && h('button', { type: 'button', class: 'quiet', onclick: act(() => addEvidence(one)) }, t('appeal.add')),
        one.state === 'REJECTED' && one.firstInstance && Date.parse(one.firstInstance.at) + ESCALATE_WITHIN > cityNow() && h('button', { type: 'button', class: 'quiet', onclick: act(() => escalate(one)) }, t('appeal.panel'))))),
    seats.map((seat) => h('details', { class: 'entry' }, h('summary', null, h('span', null, h('b', null, t('seat')), h('span', { class: 'muted small' }, seat.appeal.rule))),
      h('p', null, seat.appeal.grounds), said(seat.appeal.firstInstance), h('p', null, seat.appeal.escalationGrounds ?? ''),
      h('div', { class: 'pair' }, ['REJECT', 'UPHOLD'].map((vote) => h('button', { type: 'button', class: 'quiet', onclick: act(() => cast(seat, vote)) }, t(`vote.${vote}`)))))));
}

async function cast(seat, vote) {
  const reasons = h('textarea', { id: 'ask-reasons', rows: 3, maxlength: 2000, required: vote === 'REJECT', minlength: vote === 'REJECT' ? 10 : null });
  const given = await ask(t(`vote.${vote}`), field(t('reason'), reasons), t(`vote.${vote}`), () => reasons.value.trim());
  if (given === null) return;
  await call('PUT', `/v1/rider/appeal-seats/${encodeURIComponent(seat.appeal.appealId)}/vote`, { vote, ...(given ? { reasons: given } : {}) });
  toast(t('done'), 'ok');
}
