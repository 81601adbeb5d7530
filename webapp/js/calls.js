// The switchboard: phone calls as lines that are plugged into menus and departments, and the table that they are in.

import { crashNow } from './actions.js';
import { get, may } from './api.js';
import { Board } from './board.js';
import { endOf, END_WORDS } from './chronicle.js';
import { connection } from './connection.js';
import { cause, count, epoch, micros, minutes, time } from './format.js';
import { Lanes } from './lanes.js';
import { store } from './store.js';
import { factsOf } from './tables.js';
import { attempt, h, select, setText } from './ui.js';

const TABLE = 'calls';
const INTERVAL = 1000;
const LIMIT = 200;
const LISTED = 100;

export function callsPage() {
  const board = new Board();
  const lanes = new Lanes({ names: false, window: 120_000 });
  const facts = factsOf(['Ongoing', 'Ended lately', 'Owner', 'Epoch', 'Last hand-over', 'Restarts']);
  const body = h('tbody');
  const list = h('details', { class: 'card' }, h('summary', {}, 'The same as a table'), callTable(body));
  const news = h('p', { class: 'news', role: 'status' }, 'Its owner has not changed since you are here.');
  const empty = h('p', { class: 'empty', hidden: true });
  let latest = null;
  let running = null;
  let fallen = '';

  function fill(told) {
    latest = told;
    board.show(told.calls);
    empty.hidden = told.calls.length > 0;
    setText(empty, 'No calls. With heirloom.demo=true there would be sample callers.');
    if (list.open) {
      body.replaceChildren(...told.calls.slice(0, LISTED).map(callRow));
    }
    refresh();
  }

  function refresh() {
    const view = store.tables.get(TABLE)?.view;
    facts.set([latest ? count(latest.ongoing) : '…', latest ? count(latest.finished) : '…', view?.owner ?? 'nobody',
      epoch(view?.epoch), micros(view?.lastHandOverMicros), count(view?.restarts)]);
    facts.mark(2, view && !view.owner ? 'bad' : null);
    board.owned(!view || view.state === 'Owned', view?.state);
    lanes.show(view ? [TABLE] : []);
    lanes.refresh();
  }

  /** Says what became of the owner, as it happens. */
  function heard({ detail: event }) {
    if (event.table !== TABLE || event.old) {
      return;
    }
    if (event.event === 'Reclaimed') {
      board.died();
      fallen = `${event.consumer} ${END_WORDS[endOf(event)]}: ${cause(event.why)}.`;
      setText(news, fallen);
    } else if (event.event === 'HandedOver') {
      setText(news, `${fallen} ${event.consumer} holds the table ${micros(event.tookMicros)} later. Every line stays plugged.`.trim());
    }
    store.glance();
  }

  async function loop(me) {
    while (me.on) {
      let pause = INTERVAL;
      try {
        if (!document.hidden) {
          fill(await get(['calls'], { limit: LIMIT }));
        }
      } catch (error) {
        if (error.status) {
          empty.hidden = false;
          setText(empty, error.status === 404 ? 'The calls application is not here.' : error.message);
        }
        pause = connection.lost === null ? 3 * INTERVAL : connection.pause();
      }
      await connection.wait(pause);
    }
  }
  list.addEventListener('toggle', () => latest && fill(latest));

  return {
    title: 'Switchboard',
    element: h('div', {},
      h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Switchboard'), may('operator') && killer(),
        h('p', { class: 'sub' }, 'Calls are rows of the table ', h('a', { href: `#/tables/${TABLE}` }, TABLE), '. Kill its owner as often as you like: no call is lost.')),
      facts.element,
      h('section', { class: 'card flush', 'aria-label': 'Owners of the last two minutes' }, lanes.element), news,
      board.element, empty, list),
    start() {
      store.addEventListener('tables', refresh);
      store.addEventListener('ownership', heard);
      lanes.start();
      refresh();
      running = { on: true };
      loop(running);
      board.start();
    },
    stop() {
      store.removeEventListener('tables', refresh);
      store.removeEventListener('ownership', heard);
      lanes.stop();
      board.stop();
      running.on = false;
    },
  };
}

function killer() {
  const how = select([['exception', 'by an exception'], ['error', 'by an error'], ['hang', 'by hanging'], ['return', 'by returning']], { 'aria-label': 'How' });
  const go = h('button', { type: 'submit', class: 'danger' }, 'Kill the owner');
  const form = h('form', { class: 'tools', 'aria-label': 'Kill the owner' }, go, how);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await attempt(() => crashNow(TABLE, how.value));
  });
  return form;
}

const CALL_COLUMNS = ['From', 'To', 'Status', 'Menu', 'Wrong choices', 'Began', 'Lasts'];

function callTable(body) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Calls' },
    h('table', {}, h('thead', {}, h('tr', {}, CALL_COLUMNS.map((words) => h('th', { scope: 'col' }, words)))), body));
}

function callRow(call) {
  const end = call.finishedAt ? Date.parse(call.finishedAt) : Date.now();
  const values = [call.from, call.to, call.status, call.choice ? `${call.step} (${call.choice})` : call.step, call.invalidChoices, time(call.startedAt), minutes(end - Date.parse(call.startedAt))];
  return h('tr', {}, values.map((value) => h('td', { class: 'num start' }, String(value))));
}
