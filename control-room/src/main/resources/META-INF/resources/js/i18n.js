import { words } from './words.js';

const STORED = 'shanpai.lang';
let column = (localStorage.getItem(STORED) ?? navigator.language ?? 'zh').startsWith('zh') ? 0 : 1;
const listeners = new Set();

export const lang = () => (column === 0 ? 'zh' : 'en');

/** The words for a key; a key nobody has words for is shown as it is, never as nothing. */
export function t(key, values) {
  const found = words[key];
  let text = found ? found[column] : key.slice(key.indexOf('.') + 1);
  for (const [name, value] of Object.entries(values ?? {})) text = text.replaceAll(`{${name}}`, value);
  return text;
}

export function onLang(listener) {
  listeners.add(listener);
}

export function switchLang() {
  column = 1 - column;
  localStorage.setItem(STORED, lang());
  apply();
}

/** Puts the words of the chosen language into the page, in place. */
export function apply() {
  document.documentElement.lang = column === 0 ? 'zh-CN' : 'en';
  document.title = column === 0 ? '闪派 控制室' : 'Shanpai control room';
  for (const element of document.querySelectorAll('[data-i18n]')) element.textContent = t(element.dataset.i18n);
  for (const element of document.querySelectorAll('[data-i18n-placeholder]')) element.placeholder = t(element.dataset.i18nPlaceholder);
  for (const element of document.querySelectorAll('[data-i18n-label]')) element.setAttribute('aria-label', t(element.dataset.i18nLabel));
  for (const listener of listeners) listener();
}

/** 6:05, or 1:06:05 from an hour on. */
export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  const pad = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

export const yuan = (fen) => `¥${(fen / 100).toFixed(2)}`;
export const percent = (share, digits = 1) => `${(share * 100).toFixed(digits)}%`;

/** The end of an id: what people read to each other. */
export const shortId = (id) => (id.length > 12 ? `…${id.slice(-6)}` : id);
