/** Words and elements: what every part of the page is made of. */
import { words } from './words.js';
import { codes } from './codes.js';

export const $ = (id) => document.getElementById(id);
const LANG = 'shanpai.lang';

export const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
export function store(key, value) {
  try {
    if (value === null || value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch { /* a full or closed store keeps nothing; the page goes on without */ }
}

// The language is shared with the other pages, which keep it as a bare word.
const chosen = (() => { try { return localStorage.getItem(LANG); } catch { return null; } })();
let column = (chosen ?? navigator.language ?? 'zh').startsWith('zh') ? 0 : 1;

/** Of a text the server tells in both languages. */
export const either = (zh, en) => (column ? en ?? zh : zh ?? en) ?? '';

/** The words for a key; of a code nobody here knows, the code itself. */
export function t(key, values) {
  const known = words[key] ?? codes[key];
  let text = known ? known[column] : key.slice(key.indexOf('.') + 1);
  for (const [name, value] of Object.entries(values ?? {})) text = text.replaceAll(`{${name}}`, value);
  return text;
}

export function speak() {
  document.documentElement.lang = column ? 'en' : 'zh-CN';
  document.title = column ? 'Shanpai rider' : '闪派 骑手';
  for (const element of document.querySelectorAll('[data-i18n]')) element.textContent = t(element.dataset.i18n);
}

export function switchLang() {
  column = 1 - column;
  try { localStorage.setItem(LANG, column ? 'en' : 'zh'); } catch { /* as above */ }
  speak();
}

const flat = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** Builds an element; text is always text, so nothing from outside becomes markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...flat(children));
  return element;
}

export const fill = (element, ...children) => element.replaceChildren(...flat(children));
export function text(element, value) { if (element && element.textContent !== value) element.textContent = value; }

/** A card with a heading. */
export const card = (id, title, ...children) => h('article', { class: 'card', id }, title && h('h2', null, title), ...children);
export const facts = (...pairs) => h('dl', { class: 'facts' }, pairs.filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '').map(([name, value]) => [h('dt', null, name), h('dd', null, value)]));
export const field = (label, input) => h('label', null, h('span', null, label), input);
export const choose = (id, options) => h('select', { id }, options.map(([value, label]) => h('option', { value }, label)));

let toastTimer;
export function toast(message, tone) {
  const box = $('toast');
  box.textContent = message;
  box.dataset.tone = tone ?? '';
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 6000);
}

/** What went wrong, in the words of this page where it has some, else in the server's. */
export function tell(refused) {
  const key = `problem.${refused.slug}`;
  toast(words[key] || codes[key] ? t(key) : refused.away ? t('away') : refused.message, 'bad');
}

/** Asks in a dialog; resolves with what {@code read} gives, or null. */
export function ask(title, body, go, read) {
  const box = $('act');
  $('act-title').textContent = title;
  fill($('act-body'), body);
  $('act-error').textContent = '';
  $('act-go').textContent = go ?? '';
  $('act-go').hidden = !go;
  $('act-go').disabled = false;
  box.showModal();
  return new Promise((resolve) => {
    const end = (value) => { box.close(); $('act-form').onsubmit = null; box.oncancel = null; resolve(value); };
    $('act-back').onclick = () => end(null);
    box.oncancel = () => end(null);
    $('act-form').onsubmit = (event) => {
      event.preventDefault();
      if (!$('act-form').reportValidity()) return;
      const value = read ? read() : true;
      if (value !== undefined) end(value);
    };
  });
}

/** Runs what a button stands for, once at a time, and tells what went wrong. */
export function doing(work) {
  return async (event) => {
    const button = event?.currentTarget;
    if (button) button.disabled = true;
    try { await work(event); } catch (refused) { tell(refused); } finally { if (button) button.disabled = false; }
  };
}
