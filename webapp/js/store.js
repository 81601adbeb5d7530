// What is known of all tables: their latest views, the last minutes of their figures, and their ownership.

import { get, url } from './api.js';
import { connection } from './connection.js';
import { Chronicle } from './chronicle.js';
import { follow } from './live.js';

const INTERVAL = 2000;
const SAMPLES = 450; // a quarter of an hour
const HISTORIES = 4; // requests for histories at a time
const COUNTERS = ['reads', 'changes', 'requests']; // of views, since the server was started

/** One table: its view, samples of its figures, and its chronicle. */
class Entry {
  chronicle = new Chronicle();
  samples = { at: [], rows: [], changes: [], mailbox: [] };
  perSecond = Object.fromEntries(COUNTERS.map((counter) => [counter, null])); // null as long as it is not known
  history = null; // the promise of its history, once somebody asked

  update(view, at) {
    const seconds = this.at ? (at - this.at) / 1000 : 0;
    if (this.view && seconds > 0) {
      for (const counter of COUNTERS) { // they begin anew with the server: nothing is known then
        const more = view[counter] - this.view[counter];
        this.perSecond[counter] = more < 0 ? null : more / seconds;
      }
    }
    this.view = view;
    this.at = at;
    this.chronicle.present(view);
    const { samples } = this;
    samples.at.push(at / 1000);
    samples.rows.push(view.rows);
    samples.changes.push(this.perSecond.changes);
    samples.mailbox.push(view.mailbox);
    if (samples.at.length > SAMPLES) {
      Object.values(samples).forEach((each) => each.shift());
    }
  }
}

/** Fires `tables` after each look at them, and `ownership` with the table's name when one has changed hands. */
class Store extends EventTarget {
  tables = new Map();
  ready = false;
  #running = null;
  #events = null;
  #waiting = [];
  #asking = 0;

  start() {
    if (this.#running) {
      return;
    }
    const running = { on: true };
    this.#running = running;
    this.#events = follow(url(['events']), {
      onEvent: ({ event, data }) => (event === 'ownership' ? this.#owned(data) : event === 'lost' && this.#again()),
    });
    this.#loop(running);
  }

  stop() {
    if (this.#running) {
      this.#running.on = false;
      this.#running = null;
      this.#events.close();
      connection.now();
    }
  }

  forget() {
    this.stop();
    this.tables.clear();
    this.ready = false;
  }

  async #loop(running) {
    while (running.on) {
      let pause = INTERVAL;
      try {
        if (!document.hidden || !this.ready) {
          await this.look();
        }
      } catch (error) {
        if (error.expired) {
          return;
        }
        pause = connection.lost === null ? INTERVAL : connection.pause();
      }
      this.nextLook = Date.now() + pause;
      await connection.wait(pause);
    }
  }

  /** Looks soon, without waiting for it: if that fails, the banner says why. */
  glance() {
    this.look().catch(() => {});
  }

  /** Asks for all tables now. */
  async look() {
    const views = await get(['tables']);
    const at = Date.now();
    const gone = new Set(this.tables.keys());
    for (const view of views) {
      gone.delete(view.name);
      this.#entry(view.name).update(view, at);
    }
    gone.forEach((name) => this.tables.delete(name));
    this.ready = true;
    this.dispatchEvent(new Event('tables'));
  }

  #entry(name) {
    let entry = this.tables.get(name);
    if (!entry) {
      entry = new Entry();
      this.tables.set(name, entry);
    }
    return entry;
  }

  #owned(event) {
    const entry = this.tables.get(event.table);
    if (entry) {
      entry.chronicle.add([event]);
      this.dispatchEvent(new CustomEvent('ownership', { detail: event }));
    }
  }

  /** Events were missed: histories that are known have holes, and are asked for again. */
  #again() {
    for (const [name, entry] of this.tables) {
      if (entry.history) {
        entry.history = null;
        this.historyOf(name);
      }
    }
  }

  /** Asks for the history of a table, unless that was done; a few at a time. */
  historyOf(name) {
    const entry = this.tables.get(name);
    if (!entry) {
      return Promise.resolve();
    }
    entry.history ??= new Promise((resolve) => {
      this.#waiting.push(async () => {
        try {
          entry.chronicle.add(await get(['tables', name, 'history']));
          this.dispatchEvent(new CustomEvent('ownership', { detail: { table: name, old: true } }));
        } catch {
          entry.history = null; // asked again by whoever looks next
        }
        resolve();
      });
    });
    this.#ask();
    return entry.history;
  }

  async #ask() {
    while (this.#asking < HISTORIES && this.#waiting.length) {
      this.#asking++;
      this.#waiting.shift()().finally(() => {
        this.#asking--;
        this.#ask();
      });
    }
  }
}

export const store = new Store();

/** What is wrong with a table, the worst first: {level: 'good' | 'warn' | 'bad', words}. */
export function healthOf(view) {
  if (['Orphaned', 'Stuck', 'Unloaded', 'Closed'].includes(view.state)) {
    return { level: 'bad', words: view.why ?? `${view.state.toLowerCase()}` };
  }
  if (view.readOnly) {
    return { level: 'bad', words: `read-only: ${view.readOnly}` };
  }
  if (view.notStarted) {
    return { level: 'bad', words: 'not started: the executor has no thread for it' };
  }
  if (view.zombies.length) {
    return { level: 'warn', words: view.zombies.length === 1 ? '1 zombie' : `${view.zombies.length} zombies` };
  }
  if (view.mailbox > view.mailboxCapacity / 2) {
    return { level: 'warn', words: 'mailbox more than half full' };
  }
  if (view.state === 'Loading') {
    return { level: 'warn', words: `loading, ${Math.round((view.loaded ?? 0) * 100)} %` };
  }
  return view.state === 'Owned' ? { level: 'good', words: 'well' } : { level: 'warn', words: view.why ?? 'no owner now' };
}
