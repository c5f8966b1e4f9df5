/** Earnings by day and line, in fen as the ledger has them; welfare and leave. */
import { $, ask, card, choose, doing, facts, field, fill, h, t, toast } from './page.js';
import { call, cityNow, day, get, moment, uuid, yuan } from './session.js';

let told = null;
let lines = [];
let welfare = [];
let leave = [];

export async function readMoney() {
  told = await get('/v1/rider/earnings?limit=100');
  lines = told.lines;
  [welfare, leave] = await Promise.all([
    get('/v1/rider/welfare').then((found) => found.socialInsurance, () => []),
    get('/v1/rider/leave').then((found) => found.leave, () => [])]);
  drawMoney();
}

async function more() {
  const page = await get(`/v1/rider/earnings?limit=100&before=${told.nextBefore}`);
  told = { ...page };
  lines = [...lines, ...page.lines];
  drawMoney();
}

export function drawMoney() {
  if (!told) return;
  const days = Map.groupBy ? Map.groupBy(lines, (line) => line.businessDate) : lines.reduce((all, line) => all.set(line.businessDate, [...(all.get(line.businessDate) ?? []), line]), new Map());
  fill($('money'),
    card('balance', null, h('div', { class: 'row' }, h('div', null, h('p', { class: 'muted small' }, t('today')), h('strong', { class: 'huge', id: 'today' }, yuan(told.todayFen))), h('div', { class: 'end' }, h('p', { class: 'muted small' }, t('balance')), h('strong', { id: 'total' }, yuan(told.balanceFen)))),
      h('p', { class: 'muted small' }, t('money.promise'))),
    [...days].map(([date, of]) => card(`day-${date}`, null, h('details', { open: date === day(cityNow()) },
      h('summary', { class: 'row' }, h('b', null, date), h('strong', null, yuan(of.reduce((sum, line) => sum + line.amountFen, 0)))),
      facts(...Object.entries(of.reduce((sums, line) => ({ ...sums, [line.kind]: (sums[line.kind] ?? 0) + line.amountFen }), {})).map(([kind, fen]) => [t(`line.${kind}`), yuan(fen)])),
      h('ul', { class: 'lines' }, of.map((line) => h('li', null, h('span', null, `${moment(line.occurredAt)} `, t(`line.${line.kind}`), h('span', { class: 'muted' }, ` ${line.jobId ? line.jobId.slice(-6) : ''}`)), h('b', null, yuan(line.amountFen)))))))),
    !lines.length && h('p', { class: 'muted' }, t('money.none')),
    told.nextBefore && h('button', { type: 'button', class: 'quiet', onclick: doing(more) }, t('more')),
    card('welfare', t('welfare'),
      welfare.length ? facts(...welfare.map((month) => [month.month, `${yuan(month.amountFen)} · ${t('welfare.weeks', { n: month.eligibleWeeks })}`])) : h('p', { class: 'muted' }, t('welfare.none')),
      h('h3', null, t('leave')),
      leave.map((one) => h('div', { class: 'row' }, h('span', null, `${t(`leave.${one.kind}`)} ${one.firstDay} – ${one.lastDay}`, h('span', { class: 'tag' }, t(`leave.${one.state}`))), one.state === 'ASKED' && h('button', { type: 'button', class: 'quiet', onclick: doing(async () => { await call('PUT', `/v1/rider/leave/${encodeURIComponent(one.leaveId)}/withdrawal`); await readMoney(); }) }, t('leave.withdraw')))),
      h('button', { type: 'button', class: 'quiet', onclick: doing(askLeave) }, t('leave.ask'))));
}

async function askLeave() {
  const kind = choose('ask-kind', ['FAMILY', 'HARVEST'].map((code) => [code, t(`leave.${code}`)]));
  const first = h('input', { type: 'date', id: 'ask-first', required: true, min: day(cityNow()), value: day(cityNow()) });
  const last = h('input', { type: 'date', id: 'ask-last', required: true, min: day(cityNow()), value: day(cityNow()) });
  const words = h('textarea', { id: 'ask-words', rows: 2, maxlength: 300 });
  const body = await ask(t('leave.ask'), [h('p', { class: 'muted' }, t('leave.lead')), field(t('leave.kind'), kind), field(t('leave.first'), first), field(t('leave.last'), last), field(t('words'), words)], t('send'), () => ({ kind: kind.value, firstDay: first.value, lastDay: last.value, ...(words.value.trim() ? { words: words.value.trim() } : {}) }));
  if (!body) return;
  await call('POST', '/v1/rider/leave', body, { key: uuid() });
  toast(t('done'), 'ok');
  await readMoney();
}
