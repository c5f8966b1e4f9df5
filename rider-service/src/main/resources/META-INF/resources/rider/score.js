/** The service score: what it is, why, and how it goes up again. */
import { $, card, doing, either, facts, field, fill, h, t } from './page.js';
import { call, day, get, moment, points, signed, uuid } from './session.js';
import { appealOf, appealable, appealCard, fileAppeal, orderOf, readAppeals } from './appeals.js';

let told = null;
let at = '';
let courses = null;

export async function readScore() {
  told = await get(`/v1/rider/score/explanation${at ? `?at=${encodeURIComponent(new Date(at).toISOString())}` : ''}`);
  await readAppeals();
  courses = await get('/v1/rider/courses');
  drawScore();
}

/** Facts as they were judged, each by its name; times by the city's clock. */
function factRows(judged) {
  const rows = Object.entries(judged ?? {}).filter(([name, value]) => value !== null && typeof value !== 'object' && !['riderId', 'version'].includes(name));
  const shown = (name, value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? moment(value) : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : /Millis$/.test(name) ? t('seconds', { n: Math.round(value / 1000) }) : String(value));
  return facts(...rows.map(([name, value]) => [t(`fact.${name}`), shown(name, value)]));
}

function row({ entry, effect, stayed, leavesOn, leavesAfterOrders }) {
  const appeal = appealOf(entry.entryId);
  return h('details', { class: 'entry', 'data-entry': entry.entryId, 'data-rule': entry.rule },
    h('summary', null,
      h('span', null, h('b', null, either(entry.zh, entry.en)), h('span', { class: 'muted small' }, `${moment(entry.occurredAt)}${orderOf(entry) ? ` · ${orderOf(entry).slice(-6)}` : ''}`)),
      h('strong', { class: entry.milliPoints < 0 ? 'bad' : entry.milliPoints > 0 ? 'ok' : '' }, signed(entry.milliPoints))),
    h('p', { class: 'muted small' }, [t(`effect.${effect}`), stayed && t('stayed'), leavesOn && t('leaves.on', { day: leavesOn }), leavesAfterOrders && t('leaves.after', { n: leavesAfterOrders })].filter(Boolean).join(' · ')),
    entry.exemption && h('p', null, t('exempted', { code: entry.exemption, why: either(entry.exemptionZh, entry.exemptionEn) })),
    factRows(entry.facts),
    h('p', { class: 'muted small' }, t('ruled', { rule: entry.rule, set: entry.ruleSet, by: entry.actor === 'rules' ? t('ruled.rules') : entry.actor })),
    appeal ? h('p', null, t('appeal.is'), ' ', h('b', null, t(`appeal.${appeal.state}`))) : appealable(entry) && h('button', { type: 'button', class: 'quiet appeal', onclick: doing(async () => { if (await fileAppeal(entry)) await readScore(); }) }, t('appeal')));
}

function formula(score) {
  const { inputs } = score;
  const losses = inputs.losses.reduce((sum, loss) => sum + loss.overtimeCountedMilliPoints + loss.otherMilliPoints, 0);
  return h('details', { id: 'formula' }, h('summary', null, t('formula')),
    facts([t('in.start'), points(inputs.startMilliPoints)], [t('in.gains'), `+${points(inputs.gainsCountedMilliPoints)}${inputs.gainsCountedMilliPoints === inputs.gainsMilliPoints ? '' : ` (${points(inputs.gainsMilliPoints)})`}`],
      [t('in.losses'), losses ? `−${points(Math.abs(losses))}` : '0'], [t('in.severe'), inputs.severeMilliPoints ? `−${points(Math.abs(inputs.severeMilliPoints))}` : '0'],
      [t('in.orders'), `${inputs.ordersInWindow} / ${inputs.windowOrders}`], [t('in.days'), inputs.windowDays],
      inputs.newcomerWaived > 0 && [t('in.newcomer'), inputs.newcomerWaived], inputs.levelWaived > 0 && [t('in.level'), inputs.levelWaived]),
    h('p', { class: 'muted small' }, h('code', null, score.formula)));
}

export function drawScore() {
  if (!told) return;
  const { score, next, weights } = told;
  const past = h('input', { type: 'datetime-local', id: 'score-at', value: at });
  fill($('score'),
    card('score-head', null,
      h('div', { class: 'row' }, h('strong', { class: 'huge', id: 'score-points' }, points(score.scoreMilliPoints)), h('div', { class: 'end' }, h('b', { id: 'score-level' }, either(score.level.zh, score.level.en)), h('p', { class: 'muted small' }, t('level.lead', { n: (score.level.rewardFen / 100).toFixed(2), most: score.level.rewardOrdersPerDay })))),
      h('meter', { min: 0, max: 100, value: score.scoreMilliPoints / 1000, 'aria-label': t('tab.score') }),
      score.levelScoreMilliPoints !== score.scoreMilliPoints && h('p', { class: 'ok small' }, t('level.score', { n: points(score.levelScoreMilliPoints) })),
      next && h('p', { id: 'way-up', class: 'ok' }, next.goodDeliveries ? t('next.good', { n: next.goodDeliveries, level: either(next.zh, next.en), far: points(next.milliPoints) }) : t('next.far', { level: either(next.zh, next.en), far: points(next.milliPoints) })),
      h('p', { class: 'small' }, either(told.zh, told.en)),
      formula(score),
      h('details', null, h('summary', null, t('as.of')), h('form', { class: 'pair', onsubmit: (event) => { event.preventDefault(); at = past.value; doing(readScore)(); } }, field(t('as.of.at'), past), h('button', { class: 'quiet', type: 'submit' }, t('show'))), at && h('p', { class: 'warn small' }, t('as.of.then', { at: `${day(score.at)} ${moment(score.at)}` })))),
    appealCard(readScore),
    card('entries', t('entries'), h('p', { class: 'muted small' }, t('entries.smooth', { n: told.smoothOrders })), told.entries.map(row), !told.entries.length && h('p', { class: 'muted' }, t('entries.none'))),
    training(),
    card('weights', null, h('details', null, h('summary', null, t('weights')),
      h('dl', { class: 'facts' }, weights.rules.map((rule) => [h('dt', null, either(rule.zh, rule.en)), h('dd', null, signed(rule.milliPoints))])))));
}

/** Training that gives points back. */
function training() {
  if (!courses) return null;
  return card('training', t('training'),
    h('p', { class: 'muted small' }, t(courses.open ? 'training.open' : 'training.shut', { line: points(courses.belowMilliPoints) }), courses.nextAt && ` ${t('training.next', { at: moment(courses.nextAt) })}`),
    courses.courses.map((course) => h('details', { class: 'entry' }, h('summary', null, h('span', null, h('b', null, either(course.titleZh, course.titleEn)), h('span', { class: 'muted small' }, t('training.about', { n: course.minutes, pass: course.passPercent })))), quiz(course))));
}

function quiz(course) {
  const form = h('form', null, course.questions.map((question, i) => h('fieldset', null, h('legend', null, either(question.zh, question.en)),
    question.choices.map((choice, j) => h('label', { class: 'switch' }, h('input', { type: 'radio', name: `q${i}`, value: j, required: true }), h('span', null, either(choice.zh, choice.en)))))),
  h('p', { class: 'ok', role: 'status' }),
  h('button', { class: 'primary', type: 'submit' }, t('training.send')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    doing(async () => {
      const answers = course.questions.map((_, i) => Number(form.elements[`q${i}`].value));
      const done = await call('POST', `/v1/rider/courses/${encodeURIComponent(course.courseId)}/attempts`, { answers }, { key: uuid() });
      form.querySelector('[role=status]').textContent = t(done.passed ? 'training.passed' : 'training.failed', { n: done.percent, points: points(done.milliPoints) });
    })();
  });
  return form;
}
