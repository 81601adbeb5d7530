// Speaks to the API: JSON, problems, the CSRF token. Tells `connection` whether the server answers.

import { connection } from './connection.js';

const BASE = new URL('api/', document.baseURI);
const TIMEOUT = 15_000;

/** Who is logged in: {user, roles, csrf}. On an open server everybody may do everything. */
export const session = Object.assign(new EventTarget(), { user: null, roles: [], csrf: null, open: false });

const RANK = { reader: 1, writer: 2, operator: 3 };

/** Whether the user has a role; each includes the lower ones. */
export function may(role) {
  return session.open || session.roles.some((each) => RANK[each] >= RANK[role]);
}

/** What the server answered when it refused, or that it did not answer. */
export class ApiError extends Error {
  constructor(message, status = 0, problem = {}) {
    super(message);
    this.status = status;
    this.problem = problem;
    this.expired = status === 401;
  }
}

/** The URL of a path below the API; every segment is encoded, but for the slashes that a key may have. */
export function url(segments, query = {}) {
  const target = new URL(segments.map((each) => encodeURIComponent(each).replaceAll('%2F', '/')).join('/'), BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') {
      target.searchParams.set(name, value);
    }
  }
  return target;
}

/** Sends a request and gives the response if it is a good one. */
export async function send(method, target, { body, headers = {}, signal, timeout = TIMEOUT } = {}) {
  const all = { Accept: 'application/json, application/problem+json;q=0.9', 'X-Requested-With': 'fetch', ...headers };
  if (session.csrf && method !== 'GET') {
    all['X-CSRF-Token'] = session.csrf;
  }
  const signals = [signal, timeout && AbortSignal.timeout(timeout)].filter(Boolean);
  let response;
  try {
    response = await fetch(target, {
      method, body, headers: all, cache: 'no-store', credentials: 'same-origin',
      signal: signals.length ? AbortSignal.any(signals) : undefined,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    connection.failed();
    throw new ApiError('The server does not answer.');
  }
  connection.answered();
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function refusal(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    // not a problem detail: the status has to do
  }
  if (response.status === 401 && (session.user || session.open)) {
    session.dispatchEvent(new Event('expired'));
  }
  const title = problem.title ?? `The server answered ${response.status}.`;
  return new ApiError(problem.detail ? `${title}: ${problem.detail}` : title, response.status, problem);
}

/** GETs JSON. */
export async function get(segments, query, options) {
  return (await send('GET', url(segments, query), options)).json();
}

/** Sends JSON and gives the JSON of the answer, or null if there is none. */
export async function change(method, segments, { query, json, type = 'application/json', headers = {}, ...rest } = {}) {
  const body = json === undefined ? rest.body : JSON.stringify(json);
  const response = await send(method, url(segments, query), {
    ...rest, body, headers: json === undefined ? headers : { 'Content-Type': type, ...headers },
  });
  const text = await response.text();
  return text && response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : null;
}

/** The address of the next page, from a Link header; null if this is the last. */
export function next(response) {
  for (const link of (response.headers.get('Link') ?? '').split(/,\s*(?=<)/)) {
    const [, target, relation] = /^<([^>]*)>.*\brel="?(\w+)"?/.exec(link) ?? [];
    if (relation === 'next') {
      return new URL(target, response.url);
    }
  }
  return null;
}

/** Finds out who is logged in. False: nobody is. */
export async function resume() {
  try {
    adopt(await get(['session']));
    return true;
  } catch (error) {
    if (error.status === 404) {
      session.open = true; // a server without logins
      return true;
    }
    if (error.status === 401 || error.status === 403) {
      return false;
    }
    throw error;
  }
}

export async function login(user, password) {
  adopt(await change('POST', ['session'], { json: { user, password } }));
}

export async function logout() {
  await change('DELETE', ['session']);
  adopt({ user: null, roles: [], csrf: null });
}

function adopt({ user, roles, csrf }) {
  Object.assign(session, { user, roles: roles ?? [], csrf });
  session.dispatchEvent(new Event('changed'));
}
