/** Stepping in: every act asks for a reason and says what came of it. */
import { $, h, toast } from './dom.js';
import { call } from './session.js';
import { t } from './i18n.js';

let pending = null;

export function makeActs() {
  $('act-cancel').addEventListener('click', () => $('act').close());
  $('act-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const reason = $('act-reason').value.trim();
    if (!reason) { $('act-reason').focus(); return; }
    $('act-go').disabled = true;
    $('act-error').textContent = '';
    try {
      // The same key for every try of this dialog: an answer that got lost does not act twice.
      await call('POST', pending.path, { ...pending.body(), reason }, { 'Idempotency-Key': pending.key });
      $('act').close();
      toast(t(`act.done.${pending.kind}`));
      pending.done?.();
    } catch (failure) {
      $('act-error').textContent = failure.message;
      if (failure.status && failure.status < 500) pending.key = newKey();
    } finally {
      $('act-go').disabled = false;
    }
  });
}

const newKey = () => `cr-${Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join('')}`;

function ask({ kind, title, lead, path, presets, fields, body, done }) {
  pending = { kind, path, body: body ?? (() => ({})), key: newKey(), done };
  $('act-title').textContent = title;
  $('act-lead').textContent = lead;
  $('act-fields').replaceChildren(...(fields ?? []));
  $('act-reason').value = '';
  $('act-error').textContent = '';
  $('act-presets').replaceChildren(...presets.map((name) => h('button', { type: 'button', onclick: () => { $('act-reason').value = t(`preset.${name}`); $('act-go').focus(); } }, t(`preset.${name}`))));
  $('act').showModal();
  (fields?.length ? $('act-fields').querySelector('select') : $('act-reason')).focus();
}

export function reassignAct(jobId, done) {
  ask({ kind: 'REASSIGN', title: t('act.reassign'), lead: t('act.reassign.lead'), path: `/v1/jobs/${encodeURIComponent(jobId)}/reassign`, presets: ['breakdown', 'silent', 'slow'], done });
}

export function cancelAct(jobId, done) {
  ask({ kind: 'CANCEL', title: t('act.cancel.title'), lead: t('act.cancel.lead'), path: `/v1/jobs/${encodeURIComponent(jobId)}/cancel`, presets: ['soldout', 'closed', 'customer'], done });
}

const effects = {
  NONE: { travelFactor: 1, promiseExtraSeconds: 0 },
  YELLOW: { travelFactor: 1.1, promiseExtraSeconds: 300 },
  ORANGE: { travelFactor: 1.25, promiseExtraSeconds: 600 },
  RED: { travelFactor: 1.5, promiseExtraSeconds: 1200 },
};

export function weatherAct(area) {
  const levels = h('select', { id: 'act-level' }, Object.keys(effects).map((level) => h('option', { value: level }, t(`level.${level}`))));
  levels.value = area.weather;
  ask({
    kind: 'WEATHER',
    title: t('act.weather.title', { area: area.name }),
    lead: t('act.weather.lead'),
    path: `/v1/areas/${encodeURIComponent(area.areaId)}/weather`,
    presets: ['rain', 'heat', 'over'],
    fields: [h('label', {}, h('span', {}, t('act.level')), levels)],
    body: () => ({ level: levels.value, ...effects[levels.value] }),
  });
}
