/** Which of the other services are alive: a dead one is named, not shown as an empty map. */
import { $, h } from './dom.js';
import { call } from './session.js';
import { onLang, t } from './i18n.js';

const EVERY_MILLIS = 4000;
let health = [];
let timer = null;
let unwell = [];
let onHealth = () => {};

export function startServices(listener) {
  onHealth = listener;
  clearInterval(timer);
  timer = setInterval(ask, EVERY_MILLIS);
  ask();
}

/** Whether a service was there when it was last asked. */
export const up = (service) => health.some((one) => one.service === service && one.state === 'UP');

export function stopServices() {
  clearInterval(timer);
}

async function ask() {
  if (document.hidden) return;
  try {
    health = await call('GET', '/v1/health/services');
  } catch {
    // The stream's own banner tells that the control room is away; what was last heard stays.
    return;
  }
  draw();
  // One answer that comes too late is no reason to alarm a room; the second in a row is.
  const now = health.filter((one) => one.state !== 'UP').map((one) => one.service);
  onHealth(now.filter((name) => unwell.includes(name)));
  unwell = now;
}

function draw() {
  $('services').replaceChildren(...health.map((one) => h('li', { 'data-state': one.state, 'data-service': one.service, title: `${one.service}: ${t(`service.${one.state}`)}` }, t(`service.${one.service}`), one.state === 'UP' ? h('span', { class: 'visually-hidden' }, t('service.UP')) : ` ${t(`service.${one.state}`)}`)));
}

onLang(draw);
