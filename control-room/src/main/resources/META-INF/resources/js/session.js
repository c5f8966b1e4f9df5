/** Who is signed in, and the one way to ask the server. */
let csrf = null;
let whenLost = () => {};

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export function onSessionLost(listener) {
  whenLost = listener;
}

export async function call(method, path, body, headers) {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(csrf ? { 'X-Shanpai-Csrf': csrf } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  let answer = null;
  try { answer = text ? JSON.parse(text) : null; } catch { /* an answer that is no JSON has nothing to tell */ }
  if (!response.ok) {
    if (response.status === 401 && csrf) {
      csrf = null;
      whenLost();
    }
    throw new Refused(response.status, answer);
  }
  return answer;
}

/** The cookie itself is out of reach of scripts; this only tells whether asking makes sense. */
const HINT = 'shanpai.signed-in';

/** The operator whose cookie this browser has, or null. */
export async function whoAmI() {
  if (!localStorage.getItem(HINT)) return null;
  const response = await fetch('/v1/operators/me', { credentials: 'same-origin' });
  if (response.status === 401) { localStorage.removeItem(HINT); return null; }
  if (!response.ok) throw new Refused(response.status, null);
  const me = await response.json();
  csrf = me.csrf;
  return me;
}

export async function signIn(path, credentials) {
  const session = await call('POST', path, credentials);
  csrf = session.csrf;
  localStorage.setItem(HINT, '1');
  return session;
}

export async function signOut() {
  try { await call('DELETE', '/v1/operators/sessions/current'); } finally { csrf = null; localStorage.removeItem(HINT); }
}
