// The page of the time line: all tables as lanes, with a window of time to choose, and the same as a table.

import { cause, micros, time } from './format.js';
import { Lanes } from './lanes.js';
import { store } from './store.js';
import { h, select, setText } from './ui.js';

const WINDOWS = [[30_000, '30 s'], [120_000, '2 min'], [600_000, '10 min'], [3_600_000, '1 h'], [21_600_000, '6 h']];
const MOST_LISTED = 200;

export function timelinePage() {
  const lanes = new Lanes();
  const filter = h('input', { type: 'search', placeholder: 'Filter tables', 'aria-label': 'Filter tables' });
  const order = select([['name', 'by name'], ['death', 'latest death first'], ['deaths', 'most deaths first']], { 'aria-label': 'Order of tables' });
  const live = h('button', { type: 'button', 'aria-pressed': 'true' }, 'Live');
  const until = h('span', { class: 'num faint', role: 'status' });
  const sum = h('p', { class: 'sub num' });
  const list = h('tbody');
  const details = h('details', { class: 'card as-table' }, h('summary', {}, 'The same as a table'), asTable(list));
  const nothing = h('p', { class: 'empty', hidden: true }, 'No table has such a name.');

  const go = (end) => {
    lanes.end = end === null || end >= Date.now() ? null : end;
    live.setAttribute('aria-pressed', String(lanes.end === null));
    setText(until, lanes.end === null ? '' : `until ${time(lanes.end)}`);
    lanes.rescale();
  };
  live.addEventListener('click', () => go(lanes.end === null ? Date.now() - 1 : null));

  const windows = h('fieldset', { class: 'segments' }, h('legend', { class: 'unseen' }, 'How much time to show'),
    WINDOWS.map(([millis, words]) => h('label', {},
      h('input', { type: 'radio', name: 'window', value: millis, checked: millis === lanes.window, onchange: () => {
        lanes.window = millis;
        lanes.rescale();
      } }), h('span', {}, words))));

  const page = h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Time line'),
      h('div', { class: 'tools' }, filter, order, windows,
        h('button', { type: 'button', onclick: () => go((lanes.end ?? Date.now()) - lanes.window / 2) }, 'Earlier'),
        h('button', { type: 'button', onclick: () => go((lanes.end ?? Date.now()) + lanes.window / 2) }, 'Later'), live),
      h('p', { class: 'sub' }, 'Each line is a table, and lives on. Each bar is an owner; where it ends, it gave way or died. ', until), sum),
    legend(), h('section', { class: 'card flush', 'aria-label': 'Owners over time' }, lanes.element, nothing), details);

  const refresh = () => {
    const wanted = filter.value.trim().toLowerCase();
    const entries = [...store.tables.values()].filter(({ view }) => view.name.toLowerCase().includes(wanted));
    entries.sort(ORDERS[order.value]);
    lanes.show(entries.map(({ view }) => view.name));
    nothing.hidden = entries.length > 0 || !store.ready;
    setText(nothing, store.tables.size ? 'No table has such a name.' : 'There are no tables yet.');
    lanes.refresh();
    setText(sum, summaryOf(entries, lanes));
    if (details.open) {
      fill(list, entries);
    }
  };
  filter.addEventListener('input', refresh);
  order.addEventListener('change', refresh);
  details.addEventListener('toggle', refresh);

  return {
    title: 'Time line',
    element: page,
    start() {
      store.addEventListener('tables', refresh);
      lanes.start();
      refresh();
      if (order.value !== 'name') {
        store.tables.forEach((entry, name) => store.historyOf(name));
      }
    },
    stop() {
      store.removeEventListener('tables', refresh);
      lanes.stop();
    },
  };
}

const deaths = ({ chronicle }) => chronicle.marks().filter((mark) => mark.end && mark.kind !== 'given');
const byName = (a, b) => a.view.name.localeCompare(b.view.name);
const ORDERS = {
  name: byName,
  death: (a, b) => (deaths(b).at(-1)?.at ?? 0) - (deaths(a).at(-1)?.at ?? 0) || byName(a, b),
  deaths: (a, b) => b.view.restarts - a.view.restarts || byName(a, b),
};

/** What the window shows, in figures. */
function summaryOf(entries, { end, window }) {
  const to = end ?? Date.now();
  const within = ({ at }) => at > to - window && at <= to;
  const ends = entries.flatMap((entry) => deaths(entry).filter(within));
  const took = ends.map(({ gap }) => gap).filter((gap) => gap !== undefined && gap !== null).sort((a, b) => a - b);
  if (!ends.length) {
    return 'No owner has ended in this window.';
  }
  const half = took.length ? ` Half of the hand-overs took at most ${micros(took[Math.floor((took.length - 1) / 2)])}, the longest ${micros(took.at(-1))}.` : '';
  return `${ends.length === 1 ? 'One owner' : `${ends.length} owners`} ended in this window.${half}`;
}

function legend() {
  const kinds = [['died', 'died'], ['hung', 'hung'], ['returned', 'returned'], ['given', 'gave away'], ['ordered', 'restarted'], ['Orphaned', 'given up']];
  return h('ul', { class: 'legend', 'aria-label': 'What the marks mean' },
    kinds.map(([kind, words]) => h('li', {}, h('span', { class: 'tl-mark still', data: { kind }, 'aria-hidden': 'true' }), words)));
}

function asTable(body) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Events of ownership' },
    h('table', {}, h('thead', {}, h('tr', {}, ['When', 'Table', 'What', 'Consumer', 'Took', 'Why'].map((words) => h('th', { scope: 'col' }, words)))), body));
}

function fill(body, entries) {
  const events = entries.flatMap(({ view, chronicle }) => chronicle.events().slice(-MOST_LISTED).map((event) => [view.name, event]));
  events.sort(([, a], [, b]) => b.time - a.time);
  body.replaceChildren(...events.slice(0, MOST_LISTED).map(([name, event]) => eventRow(event, name)));
}

const EVENTS = { HandedOver: 'handed over', GivenAway: 'given away', Reclaimed: 'reclaimed', NotStarted: 'not started', ZombieEnded: 'zombie ended' };

/** An event of ownership as a row of a table, with the table's name if that is given. */
export function eventRow(event, name) {
  const why = event.why ?? (event.to ? `to ${event.to}` : event.reason?.toLowerCase().replaceAll('_', ' ') ?? '');
  return h('tr', {}, h('td', { class: 'num start' }, time(event.at)), name !== undefined && h('td', {}, name),
    h('td', {}, EVENTS[event.event] ?? event.event.toLowerCase()), h('td', {}, event.consumer ?? event.from ?? ''),
    h('td', { class: 'num' }, event.tookMicros === undefined || event.tookMicros === null ? '' : micros(event.tookMicros)),
    h('td', { class: 'why', title: why }, cause(why)));
}
