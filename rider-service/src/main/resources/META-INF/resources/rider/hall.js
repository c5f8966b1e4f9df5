/** The grab hall (抢单), and hand-overs (转单) from one rider to another. */
import { $, ask, card, doing, field, fill, h, t, toast } from './page.js';
import { call, get, left, riderId, yuan } from './session.js';
import { changed, know, readHandOvers, state, takeWork } from './state.js';
import { act, waitingFor } from './queue.js';
import { here } from './positions.js';
import { jobFacts } from './offers.js';

let jobs = [];
let note = '';

export async function readHall() {
  try {
    jobs = (await get('/v1/rider/hall')).jobs;
    note = '';
    jobs.forEach((job) => know(job.jobId, job));
  } catch (refused) {
    jobs = [];
    note = refused.slug === 'position-unknown' ? t('problem.position-unknown') : refused.away ? t('away') : refused.message;
  }
  await readHandOvers().catch(() => {});
  drawHall();
}

export function drawHall() {
  fill($('hall'), handOvers(),
    h('div', { class: 'row' }, h('h1', null, t('tab.hall')), h('button', { type: 'button', class: 'quiet', id: 'hall-again', onclick: doing(readHall) }, t('again'))),
    note && h('p', { class: 'warn' }, note),
    !note && !jobs.length && h('p', { class: 'muted', id: 'hall-none' }, t('hall.none')),
    jobs.map((job) => h('article', { class: 'card', 'data-job': job.jobId },
      h('div', { class: 'row' }, h('strong', { class: 'pay' }, yuan(job.pay + (job.tip ?? 0))), job.tip ? h('span', { class: 'muted small' }, t('offer.parts', { pay: yuan(job.pay), tip: yuan(job.tip) })) : null),
      jobFacts(job, here()),
      h('button', { type: 'button', class: 'big primary', disabled: waitingFor(job.jobId).length > 0, onclick: doing(async () => { await act({ kind: 'GRAB', jobId: job.jobId, epoch: job.epoch }); await readHall(); }) }, t('grab')))));
}

/** Those given and those asked for; on the work page as well, for there they are looked for. */
export function handOvers() {
  return state.handOvers.filter(({ handOver }) => handOver.state === 'ASKED' && left(handOver.expiresAt) > 0).map(({ handOver, job }) => {
    const given = handOver.fromRiderId === riderId();
    return card(`ho-${handOver.handOverId}`, t(given ? 'ho.given' : 'ho.asked', { rider: given ? handOver.toRiderId : handOver.fromRiderId }),
      job && jobFacts(job, here()),
      given && handOver.code && h('p', { class: 'digits', 'aria-label': t('ho.code') }, handOver.code),
      h('div', { class: 'pair' }, given
        ? h('button', { type: 'button', class: 'quiet', onclick: doing(() => answer(handOver, 'withdraw')) }, t('ho.withdraw'))
        : [h('button', { type: 'button', class: 'quiet', onclick: doing(() => answer(handOver, 'decline')) }, t('decline')), h('button', { type: 'button', class: 'primary', onclick: doing(() => take(handOver)) }, t('ho.take'))]));
  });
}

async function answer(handOver, what, body) {
  const told = await call('POST', `/v1/rider/hand-overs/${encodeURIComponent(handOver.handOverId)}/${what}`, body ?? {});
  if (told.work && told.work.riderId === riderId()) takeWork(told.work);
  await readHandOvers();
}

async function take(handOver) {
  if (!handOver.faceToFace) { await answer(handOver, 'accept', {}); return; }
  const code = h('input', { id: 'ask-code', class: 'code', inputmode: 'numeric', pattern: '[0-9]{6}', maxlength: 6, required: true, autocomplete: 'off' });
  const given = await ask(t('ho.take'), [h('p', { class: 'muted' }, t('ho.face')), field(t('ho.code'), code)], t('ho.take'), () => code.value.trim());
  if (given) await answer(handOver, 'accept', { code: given });
}

/** An event of the stream: what is open is read anew. */
export function heardHandOver(handOver) {
  if (handOver.state !== 'ASKED') toast(t(`ho.${handOver.state}`));
  readHandOvers().catch(() => {});
  changed();
}
