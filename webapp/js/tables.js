// The page of all tables: how they are at a glance, to filter and to sort. Touches only what has changed.

import { may } from './api.js';
import { createTable } from './create.js';
import { count, duration, micros, rate, short } from './format.js';
import { hueOf } from './lanes.js';
import { healthOf, store } from './store.js';
import { h, setAttribute, setState, setText, stateMark } from './ui.js';

const LEVELS = { bad: 0, warn: 1, good: 2 };

/** The columns: how to show, and how to compare. `wide` ones give way on narrow screens. */
const COLUMNS = [
  { id: 'name', words: 'Table', value: ({ view }) => view.name, cell: nameCell },
  { id: 'state', words: 'State', value: ({ view }) => view.state, cell: () => stateMark('Closed'), set: (cell, { view }) => setState(cell.firstChild, view.state) },
  { id: 'owner', words: 'Owner', value: ({ view }) => view.owner ?? '', cell: ownerCell, set: setOwner },
  number('rows', 'Rows', ({ view }) => view.rows, short),
  number('reads', 'Reads/s', ({ perSecond }) => perSecond.reads, rate),
  number('changes', 'Changes/s', ({ perSecond }) => perSecond.changes, rate),
  number('handOver', 'Hand-over', ({ view }) => view.lastHandOverMicros, micros),
  number('restarts', 'Restarts', ({ view }) => view.restarts, short),
  number('mailbox', 'Mailbox', ({ view }) => view.mailbox, short),
  number('zombies', 'Zombies', ({ view }) => view.zombies.length, short),
  { id: 'health', words: 'Health', value: ({ view }) => LEVELS[healthOf(view).level], cell: () => h('span', { class: 'health' }), set: setHealth },
];

function number(id, words, value, format) {
  return { id, words, value, number: true, set: (cell, entry) => {
    const raw = value(entry);
    setText(cell, format(raw));
    cell.classList.toggle('zero', !raw);
  } };
}

function nameCell({ view }) {
  return [h('a', { href: `#/tables/${encodeURIComponent(view.name)}` }, view.name),
    h('span', { class: 'kind' }, `${view.type.replaceAll('_', ' ')}${view.durability !== 'none' ? ', durable' : ''}`)];
}

function ownerCell() {
  return [h('span', { class: 'swatch', 'aria-hidden': 'true' }), h('span')];
}

function setOwner(cell, { view }) {
  const [swatch, words] = cell.children;
  setText(words, view.owner ?? 'nobody');
  swatch.hidden = !view.owner;
  if (view.owner) {
    setAttribute(swatch, 'data-hue', hueOf(view.owner));
  }
  cell.classList.toggle('zero', !view.owner);
}

function setHealth(cell, { view }) {
  const { level, words } = healthOf(view);
  setAttribute(cell.firstChild, 'data-level', level);
  setText(cell.firstChild, words);
  setAttribute(cell, 'title', words === 'well' ? null : words);
}

let sorting = { id: 'name', down: false }; // kept while other pages are shown
let filtering = '';

export function tablesPage() {
  const body = h('tbody');
  const rows = new Map();
  const summary = h('p', { class: 'sub', role: 'status' });
  const empty = h('p', { class: 'empty' }, 'Looking for tables…');
  const filter = h('input', { type: 'search', value: filtering, placeholder: 'Filter: name, owner or state', 'aria-label': 'Filter tables', 'aria-controls': 'tables' });
  const heads = COLUMNS.map((column) => h('th', { scope: 'col', class: column.number ? 'num' : null, data: { id: column.id } },
    h('button', { type: 'button', onclick: () => sort(column.id) }, column.words)));
  const facts = factsOf(['Tables', 'Owned', 'In trouble', 'Rows', 'Reads/s', 'Changes/s', 'Requests/s', 'Restarts']);

  function sort(id) {
    sorting = { id, down: sorting.id === id ? !sorting.down : !!COLUMNS.find((column) => column.id === id).number };
    order();
  }

  function order() {
    const column = COLUMNS.find(({ id }) => id === sorting.id);
    heads.forEach((head) => setAttribute(head, 'aria-sort', head.dataset.id === sorting.id ? (sorting.down ? 'descending' : 'ascending') : null));
    const factor = sorting.down ? -1 : 1;
    const sorted = [...store.tables.values()].sort((a, b) => factor * compare(column.value(a), column.value(b)) || compare(a.view.name, b.view.name));
    let shown = 0;
    let at = body.firstElementChild;
    for (const entry of sorted) {
      const row = rows.get(entry.view.name);
      if (row === at) {
        at = at.nextElementSibling;
      } else {
        body.insertBefore(row, at); // only rows that are out of order are moved
      }
      row.hidden = !matches(entry);
      shown += row.hidden ? 0 : 1;
    }
    empty.hidden = shown > 0;
    setText(empty, !store.ready ? 'Looking for tables…' : store.tables.size
      ? 'No table matches the filter.' : 'There are no tables. An application brings some, or you make one here.');
    setText(summary, filtering && store.ready ? `${count(shown)} of ${count(store.tables.size)} tables match` : '');
  }

  function refresh() {
    for (const [name, row] of rows) {
      if (!store.tables.has(name)) {
        row.remove();
        rows.delete(name);
      }
    }
    for (const [name, entry] of store.tables) {
      const row = rows.get(name) ?? makeRow(entry);
      rows.set(name, row);
      COLUMNS.forEach((column, index) => column.set?.(row.children[index], entry));
      setAttribute(row, 'data-level', healthOf(entry.view).level);
    }
    const views = [...store.tables.values()];
    const sum = (value) => views.reduce((total, entry) => total + (value(entry) ?? 0), 0);
    const trouble = views.filter(({ view }) => healthOf(view).level !== 'good').length;
    facts.set([views.length, views.filter(({ view }) => view.state === 'Owned').length, trouble, short(sum(({ view }) => view.rows)),
      total(views, 'reads'), total(views, 'changes'), total(views, 'requests'), short(sum(({ view }) => view.restarts))]);
    facts.mark(2, trouble > 0 ? 'warn' : null);
    order();
  }

  filter.addEventListener('input', () => {
    filtering = filter.value.trim().toLowerCase();
    order();
  });

  const element = h('div', {},
    h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Tables'),
      h('div', { class: 'tools' }, filter, may('operator') && h('button', { type: 'button', class: 'primary', onclick: createTable }, 'New table'))),
    facts.element, summary,
    h('div', { class: 'card flush scroll', tabindex: '0', role: 'region', 'aria-label': 'Tables' },
      h('table', { class: 'tables', id: 'tables' }, h('thead', {}, h('tr', {}, heads)), body), empty));
  return {
    title: 'Tables', element,
    start() {
      store.addEventListener('tables', refresh);
      refresh();
    },
    stop: () => store.removeEventListener('tables', refresh),
  };
}

function makeRow(entry) {
  return h('tr', {}, COLUMNS.map((column, index) => h(index ? 'td' : 'th', {
    class: column.number ? 'num' : null, scope: index ? null : 'row', 'data-label': column.words, 'data-id': column.id,
  }, column.cell?.(entry))));
}

/** The sum of a rate; null if no table has one yet. */
function total(entries, counter) {
  const known = entries.map(({ perSecond }) => perSecond[counter]).filter((each) => each !== null);
  return rate(known.length ? known.reduce((a, b) => a + b, 0) : null);
}

function matches({ view }) {
  return !filtering || [view.name, view.owner, view.state, view.why].some((each) => each?.toLowerCase().includes(filtering));
}

function compare(a, b) {
  if (typeof a === 'string') {
    return a.localeCompare(b, 'en', { numeric: true });
  }
  return (a ?? -1) - (b ?? -1);
}

/** Figures with their names, in a row; in two, if some are wide. */
export function factsOf(names, wide = []) {
  const values = names.map(() => h('dd', {}, '…'));
  const parts = names.map((name, index) => h('div', { class: wide.includes(name) ? 'wide' : null }, h('dt', {}, name), values[index]));
  return {
    element: h('dl', { class: wide.length ? 'facts two-rows' : 'facts' }, parts),
    set: (figures) => figures.forEach((figure, index) => setText(values[index], figure)),
    mark: (index, level) => setAttribute(parts[index], 'data-level', level),
  };
}

/** For how long a table has been in its state. */
export function sinceOf(view) {
  return duration(Date.now() - Date.parse(view.since));
}
