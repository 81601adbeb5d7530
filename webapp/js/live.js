// Follows a stream of server-sent events with fetch, which unlike EventSource can see why it was refused.

import { send } from './api.js';
import { backOff, connection } from './connection.js';

/** Longer than the server's heartbeats are apart: a stream that is silent for so long is dead. */
const SILENCE = 60_000;

/** Takes a stream apart into events, piece by piece. Knows what the WHATWG specification says of them. */
export class EventParser {
  /** The id to go on from. */
  id = null;
  #rest = '';
  #event = '';
  #data = [];
  #id;

  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  feed(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      this.id = this.#id ?? this.id; // also without data: the server may say where the stream stands
      if (this.#data.length) {
        this.onEvent({ event: this.#event || 'message', data: this.#data.join('\n') });
      }
      this.#event = '';
      this.#data = [];
      return;
    }
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (name === 'event') {
      this.#event = value;
    } else if (name === 'data') {
      this.#data.push(value);
    } else if (name === 'id' && !value.includes('\0')) {
      this.#id = value;
    }
  }
}

/**
 * Follows a stream until `close()` of what it returns. A stream that ends is opened again where it ended, after a
 * back-off; one that the server refuses for good (4xx) is not. A page that one leaves may be kept for the way back,
 * and its connections with it, of which a browser has six for a server: so its streams end, and go on when it is back.
 *
 * @param options.onEvent is given {event, data}, with data parsed as JSON
 * @param options.onState is given 'open', 'waiting' or 'refused', and the error
 * @param options.lastId what was seen already
 */
export function follow(target, { onEvent, onState = () => {}, lastId = null }) {
  const closing = new AbortController();
  let id = lastId;
  let failures = 0;

  async function read() {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    closing.signal.addEventListener('abort', stop, { once: true, signal: attempt.signal });
    addEventListener('pagehide', stop, { once: true, signal: attempt.signal });
    const silence = watch(stop);
    try {
      const headers = { Accept: 'text/event-stream' };
      if (id !== null) {
        headers['Last-Event-ID'] = id;
      }
      const response = await send('GET', target, { headers, signal: attempt.signal, timeout: 0 });
      failures = 0;
      onState('open');
      const parser = new EventParser((event) => onEvent({ ...event, data: parsed(event.data) }));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        silence.again();
        parser.feed(piece.value);
        id = parser.id ?? id;
      }
    } finally {
      silence.end();
      attempt.abort();
    }
  }

  (async () => {
    while (!closing.signal.aborted) {
      try {
        await read();
      } catch (error) {
        if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          onState('refused', error);
          return;
        }
      }
      if (!closing.signal.aborted) {
        onState('waiting');
        await connection.wait(backOff(++failures));
      }
    }
  })();
  return { close: () => closing.abort() };
}

function watch(onSilence) {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, SILENCE);
  };
  again();
  return { again, end: () => clearTimeout(timer) };
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
