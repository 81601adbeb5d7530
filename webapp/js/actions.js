// What one may do with a table, by role: give away, restart, crash, revive, export, import, delete.

import { change, may, send, url } from './api.js';
import { store } from './store.js';
import { ask, attempt, field, h, select, setAttribute } from './ui.js';

const HOW = [['exception', 'throw an exception'], ['error', 'throw an error'], ['hang', 'hang'], ['return', 'return']];
const AT = [['', 'any step'], ['before_function', 'before the function'], ['in_function', 'in the function, after a write'],
  ['before_commit', 'before the commit'], ['in_commit', 'in the commit'], ['before_publication', 'before publication'],
  ['after_publication', 'after publication']];

/** The buttons for a table; `refresh(view)` shows those that make sense now, null for none. */
export function actionsOf(name) {
  const button = (words, act, attributes = {}) => h('button', { type: 'button', onclick: () => act(name), ...attributes }, words);
  const all = may('operator') ? [
    [button('Revive', revive, { class: 'primary' }), (view) => ['Orphaned', 'Vacant', 'Unloaded'].includes(view.state) || view.readOnly],
    [button('Give away…', giveAway), (view) => view.state === 'Owned'],
    [button('Restart…', restart), (view) => view.state === 'Owned'],
    [button('Crash…', crash, { class: 'danger' }), (view) => view.state === 'Owned'],
    [button('Export…', exportRows), () => true],
    [button('Import…', importRows), (view) => view.state !== 'Unloaded' && view.state !== 'Loading'],
    [button('Set aside…', setAside, { class: 'danger' }), (view) => view.state === 'Unloaded'],
    [button('Delete…', remove, { class: 'danger' }), (view) => view.origin === 'http'],
  ] : [];
  const refresh = (view) => all.forEach(([each, sensible]) => setAttribute(each, 'hidden', view && sensible(view) ? null : ''));
  refresh(null); // until something is known of the table
  return { element: h('div', { class: 'acts', role: 'group', 'aria-label': 'Actions' }, all.map(([each]) => each)), refresh };
}

function revive(name) {
  return attempt(async () => {
    await change('POST', ['tables', name, 'revive']);
    store.glance();
    return `${name} is offered to its consumer again.`;
  });
}

function giveAway(name) {
  const view = store.tables.get(name).view;
  const known = new Set([...store.tables.values()].flatMap((entry) => [entry.view.home, entry.view.owner]));
  known.delete(view.owner);
  const to = h('input', { name: 'to', required: true, list: 'consumers', autocomplete: 'off', spellcheck: 'false' });
  const body = h('div', { class: 'fields' },
    h('p', {}, `${view.owner} ends its work between two requests, and the consumer you name has the table. Requests wait for so long.`),
    field('To the consumer', to, 'A live consumer of the application'),
    h('datalist', { id: 'consumers' }, [...known].filter(Boolean).map((consumer) => h('option', { value: consumer }))));
  return ask({ title: `Give ${name} away`, body: [body], action: 'Give away', submit: async () => {
    await change('POST', ['tables', name, 'owner', 'give-away'], { json: { to: to.value.trim() } });
    store.glance();
    attempt(async () => `${name} was given to ${to.value.trim()}.`);
  } });
}

function restart(name) {
  return ask({ title: `Restart the owner of ${name}?`, action: 'Restart', body: [h('p', {},
    'The owner ends between two requests, and its next incarnation takes over: at once, and not counted as a failure.')], submit: async () => {
    await change('POST', ['tables', name, 'owner', 'restart']);
    store.glance();
    attempt(async () => `The owner of ${name} is restarted.`);
  } });
}

export function crash(name) {
  const how = select(HOW);
  const at = select(AT);
  return ask({ title: `Crash the owner of ${name}?`, action: 'Crash it', danger: true, body: [h('div', { class: 'fields' },
    h('p', {}, 'Its next request makes the owner fail for real. What it had begun vanishes, what was acknowledged stays, and the manager hands the table to the next incarnation.'),
    h('div', { class: 'two' }, field('Have it', how), field('At', at)))],
  submit: () => crashNow(name, how.value, at.value) });
}

/** Without asking first. */
export async function crashNow(name, how, at) {
  try {
    const told = await change('POST', ['tables', name, 'owner', 'crash'], { query: { how, at } });
    attempt(async () => `The next request of ${name} makes its owner fail: ${told.how}, ${told.at.replaceAll('_', ' ')}.`);
  } catch (error) {
    if (error.problem?.type?.endsWith('chaos-off')) {
      error.message = 'Owners cannot be crashed here: the setting heirloom.chaos is not true.';
    }
    throw error;
  }
}

function setAside(name) {
  return ask({ title: `Set the files of ${name} aside?`, action: 'Set aside', danger: true, body: [h('p', {},
    'The table begins anew, empty. Its damaged files are kept beside the others; export what can be read of them first, with “salvage”.')],
  submit: async () => {
    await change('POST', ['tables', name, 'set-aside']);
    store.glance();
    attempt(async () => `${name} begins anew.`);
  } });
}

function remove(name) {
  const again = h('input', { required: true, autocomplete: 'off', spellcheck: 'false' });
  return ask({ title: `Delete ${name}?`, action: 'Delete', danger: true, body: [h('div', { class: 'fields' },
    h('p', {}, 'The table and all of its rows are gone at once, also from disk. Waiting requests fail.'),
    field('Type its name to confirm', again))], submit: async () => {
    if (again.value !== name) {
      throw new Error('That is not its name.');
    }
    await change('DELETE', ['tables', name]);
    location.hash = '#/tables';
    attempt(async () => `${name} is deleted.`);
  } });
}

function exportRows(name) {
  const compress = h('input', { type: 'checkbox', checked: true });
  const salvage = h('input', { type: 'checkbox' });
  const damaged = store.tables.get(name)?.view.state === 'Unloaded';
  const way = select([['now', 'Download now'], ['job', 'Write a file on the server, to be fetched later']]);
  return ask({ title: `Export ${name}`, action: 'Export', body: [h('div', { class: 'fields' },
    h('p', {}, 'All rows of one moment as JSON Lines: a line for each row.'), field('How', way),
    h('label', {}, compress, 'Compressed (gzip)'), damaged && h('label', {}, salvage, 'Salvage what is readable of the damaged files'))],
  submit: async () => {
    const query = { compress: compress.checked ? 'gzip' : null, salvage: salvage.checked ? 'true' : null };
    if (way.value === 'job') {
      await change('POST', ['tables', name, 'export'], { query });
      location.hash = '#/jobs';
      return;
    }
    const target = url(['tables', name, 'export'], query);
    const link = h('a', { href: target, download: `${name.replace(/[^\w.-]/g, '_')}.jsonl${compress.checked ? '.gz' : ''}` });
    document.body.append(link);
    link.click();
    link.remove();
  } });
}

function importRows(name) {
  const file = h('input', { type: 'file', required: true, accept: '.jsonl,.ndjson,.json,.gz' });
  const mode = select([['merge', 'Merge: rows of equal keys are replaced, others stay'], ['replace', 'Replace: the rows of the file instead of all others']]);
  return ask({ title: `Import into ${name}`, action: 'Import', body: [h('div', { class: 'fields' },
    field('File', file, 'JSON Lines, plain or compressed with gzip (.gz)'), field('Mode', mode))], submit: async () => {
    const [chosen] = file.files;
    const headers = { 'Content-Type': chosen.name.endsWith('.gz') ? 'application/gzip' : 'application/jsonl' };
    await send('POST', url(['tables', name, 'import'], { mode: mode.value }), { body: chosen, headers, timeout: 0 });
    location.hash = '#/jobs';
    attempt(async () => `${chosen.name} is being imported into ${name}.`);
  } });
}
