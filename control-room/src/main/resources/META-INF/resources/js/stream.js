/**
 * Keeps the page in step: a snapshot, then the stream after it. The browser comes back by itself with
 * the id of its last message; when the server no longer knows that place it says resync and the
 * snapshot is read again, while messages that come meanwhile wait.
 */
import { call, whoAmI } from './session.js';
import { takeDelta, takeSnapshot } from './city.js';
import { now, setClock } from './clock.js';

const SILENCE_MILLIS = 7000;

export const stream = { state: 'off', lostAt: 0, asOf: 0, resyncs: 0, messages: 0 };
let source = null;
let heard = 0;
let sequence = 0;
let syncing = false;
let waiting = [];
let again = null;
let onState = () => {};
let onSignedOut = () => {};

export function startStream(listeners) {
  onState = listeners.onState;
  onSignedOut = listeners.onSignedOut;
  sync();
}

export function stopStream() {
  clearTimeout(again);
  source?.close();
  source = null;
  set('off');
}

function set(state) {
  if (state === 'lost' && stream.state !== 'lost') {
    stream.lostAt = performance.now();
    stream.asOf = now();
  }
  stream.state = state;
  onState(stream);
}

const sequenceOf = (place) => Number(place.slice(place.lastIndexOf('-') + 1));

async function sync() {
  if (syncing) return;
  syncing = true;
  try {
    const snapshot = await call('GET', '/v1/snapshot');
    setClock(snapshot.city);
    takeSnapshot(snapshot);
    sequence = sequenceOf(snapshot.cursor);
    syncing = false;
    const late = waiting;
    waiting = [];
    late.forEach(delta);
    if (!source) open(snapshot.cursor);
    set('live');
  } catch (failure) {
    syncing = false;
    if (failure.status === 401) { onSignedOut(); return; }
    set('lost');
    retry(sync);
  }
}

function delta(message) {
  if (syncing) { waiting.push(message); return; }
  if (message.sequence <= sequence) return;
  sequence = message.sequence;
  takeDelta(message);
}

function open(cursor) {
  source = new EventSource(`/v1/live?after=${encodeURIComponent(cursor)}`);
  heard = performance.now();
  source.addEventListener('delta', (event) => {
    alive();
    stream.messages += 1;
    delta(JSON.parse(event.data));
  });
  source.addEventListener('tick', (event) => {
    alive();
    setClock(JSON.parse(event.data));
  });
  source.addEventListener('resync', () => {
    alive();
    stream.resyncs += 1;
    sync();
  });
  source.onerror = () => {
    set('lost');
    if (source?.readyState === EventSource.CLOSED) reopen();
  };
}

function alive() {
  heard = performance.now();
  if (stream.state !== 'live' && !syncing) set('live');
}

/** The browser gave up on this stream: look whether we are still signed in, then begin anew. */
function reopen() {
  source?.close();
  source = null;
  retry(async () => {
    try {
      if ((await whoAmI()) === null) { onSignedOut(); return; }
      sync();
    } catch {
      retry(reopen);
    }
  });
}

function retry(work) {
  clearTimeout(again);
  again = setTimeout(work, 1500);
}

setInterval(() => {
  if (!source) return;
  // A tick comes every two seconds: a line that says nothing for longer is dead, whatever TCP thinks.
  if (performance.now() - heard > SILENCE_MILLIS) {
    set('lost');
    heard = performance.now();
    reopen();
  }
}, 1000);
