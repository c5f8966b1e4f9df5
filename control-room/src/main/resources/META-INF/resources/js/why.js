/** Why a rider's score is what it is: the formula, and every row with its rule in words. */
import { h } from './dom.js';
import { call } from './session.js';
import { duration, lang, shortId, t } from './i18n.js';
import { mayAct } from './roles.js';
import { up } from './services.js';

const SHOWN = 12;
let known = null;

const points = (mp) => (mp / 1000).toFixed(1);
const signed = (mp) => `${mp > 0 ? '+' : mp < 0 ? '−' : ''}${points(Math.abs(mp))}`;

/**
 * The explanation, once it is there; null where nothing is known, or this operator may not look.
 * Asked again only when the rider's newest row is another one.
 */
export function why(riderId, newest, redraw) {
  if (!mayAct()) return null;
  if (!up('rider-service')) return h('p', { class: 'muted' }, t('why.away'));
  const key = `${riderId} ${newest ?? ''}`;
  if (known?.key !== key) {
    const before = known?.riderId === riderId ? known.answer : null;
    known = { key, riderId, answer: before };
    const mine = known;
    call('GET', `/v1/riders/${encodeURIComponent(riderId)}/score`).then(
      (answer) => { mine.answer = answer; if (known === mine) redraw(); },
      () => { mine.away = true; if (known === mine) redraw(); });
  }
  return known.answer ? explained(known.answer) : known.away ? h('p', { class: 'muted' }, t('why.away')) : null;
}

function explained({ score, entries, smoothOrders, next }) {
  const lost = score.inputs.losses.reduce((sum, day) => sum + day.overtimeCountedMilliPoints + day.otherMilliPoints, 0) + score.inputs.severeMilliPoints;
  const rows = entries.slice(0, SHOWN);
  return h('div', { id: 'why' },
    h('p', { class: 'formula' }, t('why.formula', { start: points(score.inputs.startMilliPoints), gains: points(score.inputs.gainsCountedMilliPoints), losses: points(lost), score: points(score.scoreMilliPoints) })),
    h('ul', { class: 'scores why' }, rows.map(row)),
    entries.length > rows.length ? h('p', { class: 'muted' }, t('story.more', { n: entries.length - rows.length })) : null,
    h('p', { class: 'muted' }, t('why.smooth', { n: smoothOrders })),
    next ? h('p', { class: 'muted' }, t(next.goodDeliveries ? 'why.next' : 'why.far', { band: next[lang()], n: next.goodDeliveries, points: points(next.milliPoints) })) : null);
}

function row({ entry, effect, stayed, leavesOn }) {
  const counts = effect === 'COUNTS' && !stayed;
  const tone = !counts ? 'muted' : entry.milliPoints > 0 ? 'score-gain' : entry.milliPoints < 0 ? 'score-loss' : 'muted';
  const small = [
    entry.orderId ? shortId(entry.orderId) : null,
    late(entry),
    lang() === 'zh' ? entry.exemptionZh : entry.exemptionEn,
    effect === 'COUNTS' ? null : t(`effect.${effect}`),
    stayed ? t('why.stayed') : null,
    entry.actor && !['rules', 'replay'].includes(entry.actor) ? t('why.by', { who: entry.actor }) : null,
    leavesOn ? t('why.leaves', { day: leavesOn }) : null,
  ].filter(Boolean).join(' · ');
  return h('li', { 'data-entry': entry.entryId, 'data-effect': effect }, h('span', { class: tone }, signed(entry.milliPoints)), h('span', {}, `${entry[lang()]} (${entry.rule})`, h('small', {}, small)));
}

/** How late, against the rider's own deadline and what was not their doing. */
function late({ rule, facts }) {
  if (!/^OT/.test(rule) || !facts?.deliveredAt || !facts.riderDeadline) return null;
  const over = Date.parse(facts.deliveredAt) - Date.parse(facts.riderDeadline);
  return over > 0 ? t('why.late', { t: duration(over) }) : null;
}
