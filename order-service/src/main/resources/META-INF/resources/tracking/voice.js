/** What the customer has to say: a rating, a praise, a complaint. */
import { api, build, clock, t, text } from './track.js';

const TAGS = {
  RATING: ['FAST', 'FRIENDLY', 'CAREFUL', 'FOUND_THE_DOOR', 'LATE', 'SPILLED', 'DAMAGED', 'COLD', 'WRONG_PLACE', 'RUDE'],
  PRAISE: ['FAST', 'FRIENDLY', 'CAREFUL', 'FOUND_THE_DOOR', 'WENT_OUT_OF_THE_WAY'],
  COMPLAINT: ['LATE', 'SPILLED', 'DAMAGED', 'COLD', 'MISSING_ITEMS', 'NOT_RECEIVED', 'WRONG_PLACE', 'RUDE', 'UNSAFE'],
};
const box = document.getElementById('voice');
let drawn = '';
let kind = null;
let state = null;

/** Shows the form while something may be said. What is being typed is never drawn over. */
export function openVoice(view, whenSaid) {
  const { rate, complain, until } = view.voice;
  const kinds = [...(rate ? ['RATING', 'PRAISE'] : []), ...(complain ? ['COMPLAINT'] : [])];
  box.hidden = !kinds.length;
  if (!kinds.length) return;
  if (!kinds.includes(kind)) [kind] = kinds;
  const key = JSON.stringify([kinds, until, document.documentElement.lang]);
  if (key === drawn) return;
  drawn = key;
  state = { kinds, until, said: view.voice.said ?? [], whenSaid };
  form();
}

const saidOf = (which) => state.said.find((one) => one.kind === which);

function choice(name, group, value, label, checked, onchange, type = 'radio') {
  return build('label', null, build('input', { type, name: group, value, id: `${group}-${value}`, checked, onchange, 'aria-label': name }), build('span', { 'aria-hidden': 'true' }, label));
}

function stars(chosen) {
  const row = build('div', { class: 'stars' });
  const light = (n) => [...row.children].forEach((label, i) => label.classList.toggle('on', i < n));
  for (let n = 1; n <= 5; n++) row.append(choice(t('voice.stars', { n }), 'stars', n, '★', chosen === n, () => light(n)));
  light(chosen ?? 0);
  return build('fieldset', null, build('legend', { class: 'hidden' }, t('voice.RATING')), row);
}

function form() {
  const said = saidOf(kind);
  const ticked = new Set(said?.tags ?? []);
  const note = build('p', { class: 'said', id: 'voice-note', role: 'status' }, said ? t('voice.said') : '');
  const kinds = build('div', { class: 'kinds' }, ...state.kinds.map((k) => choice(t(`voice.${k}`), 'kind', k, t(`voice.${k}`), k === kind, () => { kind = k; form(); document.getElementById(`kind-${k}`).focus(); })));
  const tags = build('div', { class: 'tags' }, ...TAGS[kind].map((tag) => choice(t(`tag.${tag}`), 'tag', tag, t(`tag.${tag}`), ticked.has(tag), null, 'checkbox')));
  const words = build('textarea', { id: 'voice-words', rows: 3, maxlength: 500 });
  words.value = said?.words ?? '';
  const content = build('form', { novalidate: true, onsubmit: send },
    build('h2', { id: 'voice-title' }, t('voice.title')),
    build('fieldset', null, build('legend', { class: 'hidden' }, t('voice.title')), kinds),
    ...(kind === 'RATING' ? [stars(said?.stars)] : []),
    build('fieldset', null, build('legend', { class: 'hidden' }, t(`voice.${kind}`)), tags),
    build('label', { for: 'voice-words', class: 'muted small' }, t('voice.words')), words,
    ...(said?.verified ? [] : [
      build('label', { for: 'voice-code', class: 'muted small' }, t('voice.code')),
      build('div', null, build('input', { id: 'voice-code', class: 'code-in', type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: 8 }))]),
    note,
    build('button', { class: 'primary', id: 'voice-send', type: 'submit' }, t(said ? 'voice.change' : 'voice.send')),
    ...(state.until ? [build('p', { class: 'muted small' }, t('voice.until', { at: clock(state.until) }))] : []));
  box.replaceChildren(content);
}

function problem(key) {
  const note = document.getElementById('voice-note');
  note.classList.add('bad');
  text(note, t(key));
}

async function send(event) {
  event.preventDefault();
  const picked = (name) => [...box.querySelectorAll(`input[name="${name}"]:checked`)].map((input) => input.value);
  const code = document.getElementById('voice-code')?.value.trim();
  const body = { tags: picked('tag'), words: document.getElementById('voice-words').value.trim() };
  if (kind === 'RATING') body.stars = Number(picked('stars')[0] ?? 0) || undefined;
  if (kind === 'RATING' && !body.stars) return problem('error.stars');
  if (kind !== 'RATING' && !body.tags.length && !body.words) return problem('error.words');
  if (code) body.code = code;
  const button = document.getElementById('voice-send');
  button.disabled = true;
  try {
    const answer = await fetch(`${api}/feedback/${kind.toLowerCase()}`, {
      method: 'PUT', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });
    const told = await answer.json();
    if (answer.ok) {
      state.said = [...state.said.filter((one) => one.kind !== kind), told];
      state.whenSaid(state.said);
      form();
      text(document.getElementById('voice-note'), t('voice.thanks'));
      return undefined;
    }
    const slug = String(told.type ?? '').split(':').pop();
    const known = ['wrong-code', 'too-many-tries', 'feedback-closed', 'feedback-too-early'].includes(slug);
    return problem(told.field === 'code' ? 'error.wrong-code' : known ? `error.${slug}` : 'error.other');
  } catch {
    return problem('error.other');
  } finally {
    button.disabled = false;
  }
}
