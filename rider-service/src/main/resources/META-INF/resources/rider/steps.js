/** What is done at a stop, one step after the other; and what is done when something goes wrong. */
import { $, ask, choose, doing, field, h, store, stored, t, toast } from './page.js';
import { call, riderId, uuid } from './session.js';
import { act } from './queue.js';
import { readHandOvers } from './state.js';
import { shrink } from './photos.js';
import { block } from './blocks.js';

const BEFORE = ['SLOW_KITCHEN', 'STORE_CLOSED', 'SOLD_OUT', 'FALSE_READY', 'GATE_BLOCKED', 'BREAKDOWN', 'ACCIDENT', 'PHONE_DEAD', 'BAD_WEATHER'];
const WITH = ['CUSTOMER_UNREACHABLE', 'GATE_BLOCKED', 'WRONG_ADDRESS', 'ADDRESS_CHANGED', 'SPILLED', 'GOODS_MISSING', 'BREAKDOWN', 'ACCIDENT', 'PHONE_DEAD', 'BAD_WEATHER', 'CUSTOMER_REFUSED', 'FAILED_CHECK'];
const UNDELIVERABLE = ['CUSTOMER_UNREACHABLE', 'CUSTOMER_REFUSED', 'WRONG_ADDRESS', 'FAILED_CHECK'];
const RELEASE = ['CANNOT_REACH_STORE', 'BREAKDOWN', 'UNWELL', 'TOO_MUCH_IN_HAND', 'OTHER'];
const PICTURES = 'shanpai.rider.pictures';
let photo = null;

/** Pictures handed in for a job: an appeal may name them later. */
export const picturesOf = (jobId) => stored(PICTURES)?.[jobId] ?? [];
export function rememberPicture(jobId, proofId) {
  const all = stored(PICTURES) ?? {};
  all[jobId] = [...new Set([...(all[jobId] ?? []), proofId])];
  store(PICTURES, Object.fromEntries(Object.entries(all).slice(-100)));
}

/** What makes the steps of a stop others; else what is being typed stays. */
export const stepKey = ({ job }) => [job.jobId, job.epoch, job.now, job.told.contact ? 1 : 0];

const step = (job, kind, more, picture) => act({ kind, jobId: job.jobId, epoch: job.epoch, ...more }, picture);
const big = (id, label, work) => h('button', { type: 'button', class: 'big primary', id, onclick: doing(work) }, label);
const quiet = (id, label, work) => h('button', { type: 'button', class: 'quiet', id, onclick: doing(work) }, label);
const codeInput = (id, length) => h('input', { id, class: 'code', inputmode: 'numeric', autocomplete: 'off', maxlength: 16, pattern: '[0-9A-Za-z]{1,16}', placeholder: '·'.repeat(length), required: true });

/** A picture from the camera, small enough to send; null when it is none. */
async function taken(input) {
  const [file] = input.files;
  if (!file) return null;
  try { return await shrink(file); } catch { toast(t('photo.broken'), 'bad'); input.value = ''; return null; }
}
const camera = (id, onchange) => h('input', { id, type: 'file', accept: 'image/*', capture: 'environment', onchange });

function byCode(job, id, label, kind, length) {
  const input = codeInput(`${id}-code`, length);
  return h('form', { novalidate: true, class: 'by-code', onsubmit: (event) => {
    event.preventDefault();
    const code = input.value.trim();
    if (!/^[0-9A-Za-z]{1,16}$/.test(code)) { toast(t('code.missing'), 'bad'); input.focus(); return; }
    doing(() => step(job, kind, { code, ...checks(job) }))();
  } }, field(t(`${id}.code`), input), h('button', { class: 'big primary', id, type: 'submit' }, label));
}

/** What has to be seen at the door before the goods are handed over. */
function checks(job) {
  const wanted = job.told.contact?.checks ?? [];
  const seen = wanted.filter((check) => $(`check-${check}`)?.checked);
  return job.now === 'AT_CUSTOMER' && seen.length ? { checked: seen } : {};
}

function atDropPoint(job) {
  const contact = job.told.contact;
  if (!contact?.dropPoint) return null;
  photo = null;
  const preview = h('img', { id: 'photo-seen', alt: t('photo.seen'), hidden: true });
  const button = big('leave', t('leave'), async () => { await step(job, 'DELIVERED', { dropPoint: true, ...checks(job) }, photo); photo = null; });
  button.disabled = true;
  const input = camera('photo', async () => {
    photo = await taken(input);
    button.disabled = !photo;
    preview.hidden = !photo;
    if (photo) preview.src = URL.createObjectURL(photo);
  });
  return h('details', { class: 'drop', open: true }, h('summary', null, t('drop')), h('p', null, contact.dropPointInstruction || t('drop.anywhere')), h('label', { class: 'quiet file' }, h('span', null, t('photo')), input), preview, button);
}

function customer(job) {
  const contact = job.told.contact;
  if (!contact || !['PICKED_UP', 'AT_CUSTOMER'].includes(job.now)) return null;
  return h('div', { class: 'customer', id: 'customer' },
    h('div', { class: 'row' }, h('b', null, contact.contactName), contact.contactPhone && h('a', { class: 'quiet', href: `tel:${contact.contactPhone.replace(/[^0-9+]/g, '')}`, id: 'call' }, t(contact.virtualNumber ? 'call.hidden' : 'call'))),
    contact.note && h('p', { id: 'note' }, h('b', null, t('note')), ' ', contact.note));
}

function boxes(job) {
  const wanted = job.now === 'AT_CUSTOMER' ? job.told.contact?.checks ?? [] : [];
  return wanted.map((check) => h('label', { class: 'switch' }, h('input', { type: 'checkbox', id: `check-${check}` }), h('span', null, t(`check.${check}`))));
}

const STEPS = {
  ASSIGNED: (job) => [big('at-store', t('at.store'), () => step(job, 'ARRIVED_STORE'))],
  AT_STORE: (job) => [byCode(job, 'picked-up', t('picked.up'), 'PICKED_UP', 4)],
  PICKED_UP: (job) => [big('at-customer', t('at.customer'), () => step(job, 'ARRIVED_CUSTOMER'))],
  AT_CUSTOMER: (job) => [boxes(job), byCode(job, 'delivered', t('delivered'), 'DELIVERED', 6), atDropPoint(job)],
  RETURNING: (job) => [big('returned', t('returned'), () => step(job, 'RETURNED'))],
  EXCEPTION: () => [h('p', { class: 'warn' }, t('exception.lead'))],
};

export function steps({ job }) {
  const carried = ['PICKED_UP', 'AT_CUSTOMER'].includes(job.now);
  const before = ['ASSIGNED', 'AT_STORE'].includes(job.now);
  return [
    customer(job),
    h('p', { class: 'muted small', id: 'load' }, job.told.promise && t('parcel', { order: job.jobId.slice(-6), n: job.told.loadUnits ?? 1 })),
    h('p', { class: 'warn small', id: 'step-waits', hidden: true }),
    (STEPS[job.now] ?? (() => []))(job),
    h('div', { class: 'tools' },
      job.now !== 'EXCEPTION' && quiet('report', t('report'), () => report(job, before ? BEFORE : WITH)),
      carried && quiet('undeliverable', t('undeliverable'), () => undeliverable(job)),
      (before || carried) && quiet('hand-over', t('hand.over'), () => handOver(job)),
      before && quiet('release', t('release'), () => release(job)),
      quiet('snap', t('snap'), () => snap(job)),
      carried && quiet('block', t('block'), () => block(job.jobId))),
  ];
}

async function because(title, lead, codes, go) {
  const reason = choose('ask-reason', codes.map((code) => [code, t(`reason.${code}`)]));
  return ask(title, [h('p', { class: 'muted' }, lead), field(t('reason'), reason)], go, () => reason.value);
}

async function undeliverable(job) {
  const reason = await because(t('undeliverable'), t('undeliverable.lead'), UNDELIVERABLE, t('undeliverable'));
  if (reason) await step(job, 'UNDELIVERABLE', { reason });
}

async function release(job) {
  const reason = await because(t('release'), t('release.lead'), RELEASE, t('release'));
  if (reason) await step(job, 'RELEASE', { reason });
}

async function report(job, codes) {
  const reason = choose('ask-reason', codes.map((code) => [code, t(`reason.${code}`)]));
  const words = h('textarea', { id: 'ask-words', rows: 2, maxlength: 500 });
  const input = camera('ask-photo');
  const given = await ask(t('report'), [h('p', { class: 'muted' }, t('report.lead')), field(t('reason'), reason), field(t('words'), words), field(t('photo'), input)], t('report'), () => ({ reason: reason.value, words: words.value.trim() }));
  if (!given) return;
  const picture = await taken(input);
  await step(job, 'REPORT', { reason: given.reason, ...(given.words ? { evidence: given.words } : {}) }, picture);
}

async function handOver(job) {
  const other = h('input', { id: 'ask-rider', required: true, maxlength: 64, pattern: '[A-Za-z0-9._:\\-]{1,64}', autocapitalize: 'none', autocomplete: 'off' });
  const to = await ask(t('hand.over'), [h('p', { class: 'muted' }, t('hand.over.lead')), field(t('hand.over.to'), other)], t('hand.over'), () => other.value.trim());
  if (!to || to === riderId()) return;
  const asked = await call('POST', '/v1/rider/hand-overs', { jobId: job.jobId, epoch: job.epoch, toRiderId: to }, { key: uuid() });
  await readHandOvers();
  toast(asked.code ? t('hand.over.code', { code: asked.code }) : t('hand.over.asked'));
}

/** A picture of what is so, for whoever asks later. */
async function snap(job) {
  const input = camera('ask-photo');
  const go = await ask(t('snap'), [h('p', { class: 'muted' }, t('snap.lead')), field(t('photo'), input)], t('send'), () => true);
  const picture = go && await taken(input);
  if (!picture) return;
  const kept = await call('POST', `/v1/rider/jobs/${encodeURIComponent(job.jobId)}/proof?epoch=${job.epoch}`, picture, { key: uuid(), type: picture.type });
  rememberPicture(job.jobId, kept.proofId);
  toast(t('snap.kept'));
}
