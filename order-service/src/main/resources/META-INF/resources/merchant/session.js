/** Who is signed in, the words, and the one way to ask the server. */
import { words } from './words.js';

export const $ = (id) => document.getElementById(id);
const STORED = 'shanpai.lang';
let csrf = null;
let column = (localStorage.getItem(STORED) ?? navigator.language ?? 'zh').startsWith('zh') ? 0 : 1;
let city = { zone: 'Asia/Shanghai', at: Date.now(), told: performance.now(), speed: 1 };
let whenLost = () => {};
export const onLost = (listener) => { whenLost = listener; };

export function t(key, values) {
  let text = words[key] ? words[key][column] : key.slice(key.indexOf('.') + 1);
  for (const [name, value] of Object.entries(values ?? {})) text = text.replaceAll(`{${name}}`, value);
  return text;
}

export function speak() {
  document.documentElement.lang = column ? 'en' : 'zh-CN';
  document.title = column ? 'Shanpai merchant' : '闪派 商家';
  for (const element of document.querySelectorAll('[data-i18n]')) element.textContent = t(element.dataset.i18n);
}

export function switchLang() {
  column = 1 - column;
  localStorage.setItem(STORED, column ? 'en' : 'zh');
  speak();
}

/** Builds an element; text is always text, so nothing from outside becomes markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.slug = String(problem?.type ?? '').split(':').pop();
  }
}

export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(csrf ? { 'X-Shanpai-Csrf': csrf } : {}),
      ...(method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${performance.now()}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  let answer = null;
  try { answer = text ? JSON.parse(text) : null; } catch { /* an answer that is no JSON has nothing to tell */ }
  if (!response.ok) {
    if (response.status === 401 && csrf) { csrf = null; whenLost(); }
    throw new Refused(response.status, answer);
  }
  return answer;
}

function know(me) {
  csrf = me.csrf ?? null;
  city = { zone: me.zone, at: Date.parse(me.cityTime), told: performance.now(), speed: me.citySpeed };
  return me;
}

/** The cookie itself is out of reach of scripts; this only tells whether asking makes sense. */
const HINT = 'shanpai.merchant-in';

export async function whoAmI() {
  if (!localStorage.getItem(HINT)) return null;
  try { return know(await call('GET', '/v1/merchants/me')); } catch (refused) { if (refused.status === 401) return null; throw refused; }
}

export async function signIn(clientId, clientSecret) {
  const me = know(await call('POST', '/v1/merchants/sessions', { clientId, clientSecret }));
  localStorage.setItem(HINT, '1');
  return me;
}

export async function signOut() {
  try { await call('DELETE', '/v1/merchants/sessions/current'); } finally { csrf = null; localStorage.removeItem(HINT); }
}

export const cityNow = () => city.at + (performance.now() - city.told) * city.speed;
const format = (options) => (iso) => (iso ? new Intl.DateTimeFormat('en-GB', { timeZone: city.zone, hourCycle: 'h23', ...options }).format(new Date(iso)) : '');
export const hm = format({ hour: '2-digit', minute: '2-digit' });
export const day = (at) => new Intl.DateTimeFormat('en-CA', { timeZone: city.zone }).format(new Date(at));
export const moment = (iso) => (!iso ? '' : day(iso) === day(cityNow()) ? hm(iso) : `${day(iso).slice(5)} ${hm(iso)}`);
export const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;

let toastTimer;
export function toast(text, tone) {
  const box = $('toast');
  box.textContent = text;
  box.dataset.tone = tone ?? '';
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 6000);
}

/** What went wrong, in words; what this server does not have is said so. */
export const tell = (refused) => toast(refused.status === 404 || refused.status === 405 ? t('no.such') : refused.message, 'bad');

/** Asks in a dialog; resolves with what the body gives, or null. */
export function ask(title, body, go, read) {
  const box = $('act');
  $('act-title').textContent = title;
  $('act-body').replaceChildren(...[body].flat());
  $('act-error').textContent = '';
  $('act-go').textContent = go;
  $('act-go').hidden = !go;
  box.showModal();
  return new Promise((resolve) => {
    const end = (value) => { box.close(); $('act-form').onsubmit = null; box.oncancel = null; resolve(value); };
    $('act-back').onclick = () => end(null);
    box.oncancel = () => end(null);
    $('act-form').onsubmit = (event) => {
      event.preventDefault();
      if ($('act-form').reportValidity()) end(read ? read() : true);
    };
  });
}
