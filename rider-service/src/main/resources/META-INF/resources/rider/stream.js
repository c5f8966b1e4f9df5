/** The rider's stream: server-sent events over fetch, because an EventSource cannot carry a token. */
import { store, stored } from './page.js';
import { send } from './session.js';

const LAST = 'shanpai.rider.last-event';
const QUIET = 40_000;
const LONGEST = 30_000;
let on = false;
let line = null;
let tries = 0;
let timer = null;
let state = 'off';
let listener = { event() {}, state() {} };

export const onStream = (given) => { listener = given; };
export const streamState = () => state;

function be(next) {
  state = next;
  listener.state(next);
}

export function openStream() {
  on = true;
  connect();
}

export function closeStream(forget) {
  on = false;
  clearTimeout(timer);
  line?.abort();
  line = null;
  if (forget) store(LAST, null);
  be('off');
}

/** Longer each time, spread by a fifth so that a thousand phones do not come back at once. */
function again() {
  if (!on) return;
  be('lost');
  clearTimeout(timer);
  const wait = Math.min(LONGEST, 1000 * 2 ** Math.min(tries++, 6));
  const spread = crypto.getRandomValues(new Uint8Array(1))[0] / 255;
  timer = setTimeout(connect, wait * (0.9 + 0.2 * spread));
}

async function connect() {
  clearTimeout(timer);
  if (!on || line) return;
  const mine = new AbortController();
  line = mine;
  let quiet = null;
  const heard = () => { clearTimeout(quiet); quiet = setTimeout(() => mine.abort(), QUIET); };
  try {
    heard();
    const last = stored(LAST);
    const response = await send('/v1/rider/stream', { signal: mine.signal, headers: { Accept: 'text/event-stream', ...(last === null ? {} : { 'Last-Event-ID': String(last) }) } });
    if (!response.ok) throw new Error(`stream ${response.status}`);
    tries = 0;
    be('live');
    await read(response.body.pipeThrough(new TextDecoderStream()).getReader(), heard);
  } catch { /* told below: the line is lost */ } finally {
    clearTimeout(quiet);
    if (line === mine) { line = null; again(); }
  }
}

async function read(reader, heard) {
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    const parts = (rest + value).split(/\r?\n\r?\n/);
    rest = parts.pop();
    parts.forEach(take);
  }
}

function take(part) {
  let name = 'message';
  let id = null;
  const data = [];
  for (const row of part.split(/\r?\n/)) {
    const at = row.indexOf(':');
    if (at <= 0) continue;
    const value = row.slice(at + 1).replace(/^ /, '');
    if (row.startsWith('event:')) name = value;
    else if (row.startsWith('id:')) id = value;
    else if (row.startsWith('data:')) data.push(value);
  }
  if (data.length) {
    try { listener.event(name, JSON.parse(data.join('\n'))); } catch (bug) { console.warn('an event was not understood', name, bug); }
  }
  // Only what was taken is counted as heard.
  if (id !== null) store(LAST, id);
}

addEventListener('online', () => { if (on) { tries = 0; connect(); } });
addEventListener('offline', () => { if (on) line?.abort(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && on && !line) { tries = 0; connect(); } });
