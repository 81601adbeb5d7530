// The rows of a table, by page, with a filter in RSQL, and each row to look at or to change.

import { get, may, next, send, url } from './api.js';
import { cellText, editRow, keyOf, showRow } from './row.js';
import { attempt, h, select, setAttribute } from './ui.js';

const MOST_COLUMNS = 12;

export function rowsPart(name, { view }) {
  const where = h('input', { type: 'search', spellcheck: 'false', autocomplete: 'off', 'aria-label': 'Filter rows, in RSQL', placeholder: 'name==Smith;age=gt=30' });
  const order = select([['key', 'by key'], ['-key', 'by key, backwards']], { 'aria-label': 'Order of rows' });
  const limit = select([['50'], ['200'], ['1000']].map(([each]) => [each, `${each} a page`]), { 'aria-label': 'Rows a page' });
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const head = h('tr');
  const body = h('tbody');
  const empty = h('p', { class: 'empty' }, 'Looking for rows…');
  const status = h('span', { class: 'faint', role: 'status' });
  const back = h('button', { type: 'button', disabled: true }, 'Previous');
  const on = h('button', { type: 'button', disabled: true }, 'Next');
  const ordered = view.type === 'ordered_set';
  let pages = [];
  let following = null;
  let definition = null;
  let asking = null;

  const first = () => url(['tables', name, 'rows'], {
    where: where.value.trim(), limit: limit.value, order: ordered && order.value !== 'key' ? order.value : null,
  });

  /** Shows the last of `pages`. */
  async function load() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    error.hidden = true;
    try {
      const response = await send('GET', pages.at(-1), { signal });
      const rows = await response.json();
      following = next(response);
      fill(rows);
    } catch (problem) {
      if (!signal.aborted && !problem.expired) {
        error.textContent = problem.message;
        error.hidden = false;
      }
    }
    setAttribute(back, 'disabled', pages.length > 1 ? null : '');
    setAttribute(on, 'disabled', following ? null : '');
  }

  function fill(rows) {
    const columns = columnsOf(rows, definition);
    head.replaceChildren(...columns.map((column) => h('th', { scope: 'col' }, column)));
    body.replaceChildren(...rows.map((row) => h('tr', {}, columns.map((column, index) => {
      const value = cellText(column === 'value' && (row === null || typeof row !== 'object') ? row : row[column]);
      return h('td', {}, index ? value : h('button', { type: 'button', 'aria-label': `Row ${value}`, onclick: () => open(row) }, value));
    }))));
    empty.hidden = rows.length > 0;
    empty.textContent = where.value.trim() ? 'No row matches the filter.' : 'The table has no rows.';
    status.textContent = rows.length ? `Page ${pages.length}, ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}` : '';
  }

  async function open(row) {
    if (await showRow(name, keyOf(row, definition), row, definition)) {
      load();
    }
  }

  function restart() {
    pages = [first()];
    load();
  }

  const add = h('button', { type: 'button', class: 'primary', hidden: true, onclick: async () => {
    if (await editRow(name, definition)) {
      load();
    }
  } }, 'New row');
  back.addEventListener('click', () => {
    pages.pop();
    load();
  });
  on.addEventListener('click', () => {
    pages.push(following);
    load();
  });
  limit.addEventListener('change', restart);
  order.addEventListener('change', restart);
  const form = h('form', { class: 'filter', role: 'search' }, where, ordered && order, limit, h('button', { type: 'submit' }, 'Filter'),
    h('button', { type: 'button', onclick: () => attempt(load) }, 'Look again'), add);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    restart();
  });

  return {
    element: h('section', { class: 'card', 'aria-label': 'Rows' }, form, error,
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows of this page' },
        h('table', { class: 'data' }, h('thead', {}, head), body)), empty,
      h('div', { class: 'pager' }, back, on, status)),
    async start() {
      try {
        definition = view.origin === 'http' ? await get(['tables', name, 'definition']) : null;
        add.hidden = definition === null || !may('writer');
      } catch {
        // rows can be looked at without it; what is wrong, load() says
      }
      restart();
    },
    stop: () => asking?.abort(),
  };
}

/** The key first, then what most rows have. */
function columnsOf(rows, definition) {
  const columns = new Set(definition ? [definition.key] : []);
  for (const row of rows) {
    if (row !== null && typeof row === 'object') {
      Object.keys(row).forEach((each) => columns.add(each));
    } else {
      columns.add('value');
    }
  }
  return [...columns].slice(0, MOST_COLUMNS);
}
