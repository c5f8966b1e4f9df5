/** A dispatch receipt: who could have had the job, at what cost, and the rule that decided. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { hms } from './clock.js';
import { termColours } from './look.js';

/** The engine counts in thousandths of a second of riding. */
const minutes = (cost) => (cost / 60000).toFixed(1);

export function receiptCard(receipt, label, open) {
  const most = Math.max(1, ...receipt.candidates.map((candidate) => positive(candidate.terms)));
  const used = [...new Set(receipt.candidates.flatMap((candidate) => Object.keys(candidate.terms).filter((term) => candidate.terms[term] > 0)))];
  const order = Object.keys(termColours);
  used.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const tone = { OFFER: 'info', GRAB: 'info', REASSIGN: 'info', HOLD: 'warn', NO_COURIER: 'bad' }[receipt.outcome];
  return h('div', { class: 'receipt', 'data-outcome': receipt.outcome },
    h('div', { class: 'receipt-head' }, h('span', { class: 'tag', 'data-tone': tone }, t(`outcome.${receipt.outcome}`)), receipt.chosen ? h('b', {}, label(receipt.chosen)) : null, h('time', {}, hms(receipt.at))),
    h('p', {}, t(`rule.${receipt.decidedBy}`)),
    receipt.candidates.length ? table(receipt, used, most, label, open) : null,
    receipt.candidates.length ? h('div', { class: 'terms' }, used.map((term) => h('span', {}, h('i', { class: 'square', '--c': termColours[term] ?? '#8fa3b7' }), t(`term.${term}`)))) : null,
    rejected(receipt.rejected),
    receipt.waveId?.startsWith('w-') ? h('p', { class: 'id', 'data-wave': receipt.waveId }, t('receipt.wave', { id: receipt.waveId })) : null);
}

const positive = (terms) => Object.values(terms).reduce((sum, value) => sum + Math.max(0, value), 0);

function table(receipt, used, most, label, open) {
  return h('table', { class: 'candidates' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('receipt.candidate')), h('th', { scope: 'col' }, t('receipt.cost')), h('th', { scope: 'col', class: 'num', title: t('receipt.unit') }, `${t('receipt.total')} ${t('f.min')}`))),
    h('tbody', {}, receipt.candidates.map((candidate) => {
      const chosen = candidate.riderId === receipt.chosen;
      const spoken = Object.entries(candidate.terms).filter(([, value]) => value).map(([term, value]) => `${t(`term.${term}`)} ${minutes(value)}`).join(', ');
      const bars = h('div', { class: `bars${chosen ? '' : ' faint'}`, role: 'img', 'aria-label': spoken, title: spoken },
        used.filter((term) => candidate.terms[term] > 0).map((term) => {
          const bar = h('i', { '--c': termColours[term] ?? '#8fa3b7' });
          bar.style.width = `${(100 * candidate.terms[term]) / most}%`;
          return bar;
        }));
      return h('tr', { class: chosen ? 'chosen' : '' }, h('td', { class: 'rider' }, h('button', { type: 'button', class: 'inline', onclick: () => open('rider', candidate.riderId) }, label(candidate.riderId))), h('td', {}, bars), h('td', { class: 'num' }, minutes(candidate.total)));
    })));
}

function rejected(counts) {
  const rules = Object.entries(counts ?? {}).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  if (!rules.length) return null;
  return h('div', { class: 'rejected' }, h('span', { class: 'muted' }, t('receipt.rejected')), rules.map(([rule, count]) => h('span', { class: 'tag' }, `${t(`reject.${rule}`)} `, h('b', {}, count))));
}
