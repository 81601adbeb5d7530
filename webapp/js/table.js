// The page of one table: a head with its state and what one may do, and parts to choose from.

import { actionsOf } from './actions.js';
import { changesPart } from './changes.js';
import { bytes, cause, count, epoch, micros, rate, time } from './format.js';
import { Lanes } from './lanes.js';
import { plotsPart } from './plots.js';
import { rowsPart } from './rows.js';
import { healthOf, store } from './store.js';
import { factsOf, sinceOf } from './tables.js';
import { eventRow } from './timeline.js';
import { h, setAttribute, setText, setState, stateMark } from './ui.js';

const PARTS = [['', 'Overview', overviewPart], ['rows', 'Rows', rowsPart], ['changes', 'Changes', changesPart], ['history', 'History', historyPart]];

export function tablePage(name, chosen = '') {
  const [part, , make] = PARTS.find(([each]) => each === chosen) ?? PARTS[0];
  const path = `#/tables/${encodeURIComponent(name)}`;
  const state = stateMark('Closed');
  const since = h('span', { class: 'faint small' });
  const note = h('p', { class: 'note', role: 'status', hidden: true });
  const actions = actionsOf(name);
  const body = h('div');
  const element = h('div', {},
    h('div', { class: 'head' },
      h('nav', { class: 'crumbs', 'aria-label': 'Where you are' }, h('a', { href: '#/tables' }, 'Tables'), ' /'),
      h('h1', { tabindex: '-1' }, name), state, since, h('div', { class: 'tools' }, actions.element)),
    note,
    h('nav', { class: 'parts', 'aria-label': 'Parts of the table' }, PARTS.map(([each, words]) =>
      h('a', { href: each ? `${path}/${each}` : path, 'aria-current': each === part ? 'page' : null }, words))),
    body);
  let shown = null;

  function refresh() {
    const entry = store.tables.get(name);
    if (!entry) {
      if (store.ready) {
        shown?.stop?.();
        shown = null;
        body.replaceChildren(h('p', { class: 'empty' }, `There is no table called ${name}, or not any more.`));
        actions.refresh(null);
        setState(state, 'Closed');
      }
      return;
    }
    const { view } = entry;
    if (!shown) {
      shown = make(name, entry);
      body.replaceChildren(shown.element);
      shown.start?.();
    }
    setState(state, view.state);
    setText(since, `for ${sinceOf(view)}`);
    const health = healthOf(view);
    note.hidden = health.level === 'good';
    setAttribute(note, 'data-level', health.level);
    setText(note, health.level === 'good' ? '' : sentence(health.words));
    actions.refresh(view);
    shown.refresh?.(entry);
  }

  return {
    title: name, element,
    start() {
      store.addEventListener('tables', refresh);
      refresh();
    },
    stop() {
      store.removeEventListener('tables', refresh);
      shown?.stop?.();
    },
  };
}

const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`.replace(/\.\.$/, '.');

function overviewPart(name) {
  const facts = factsOf(['Owner', 'Epoch', 'Restarts', 'Last hand-over', 'Rows', 'Reads/s', 'Changes/s', 'Requests/s', 'Mailbox', 'Zombies'], ['Owner', 'Mailbox']);
  const lanes = new Lanes({ names: false, window: 600_000 });
  const about = h('dl', { class: 'about' });
  const plots = plotsPart();
  const element = h('div', {}, facts.element,
    h('section', { class: 'card flush', 'aria-label': 'Owners of the last ten minutes' }, lanes.element),
    h('div', { class: 'grid spaced' },
      h('section', { class: 'card two-thirds' }, h('h2', {}, 'The last minutes'), plots.element),
      h('section', { class: 'card third' }, h('h2', {}, 'About it'), about)));
  let told = '';
  return {
    element,
    start() {
      lanes.start();
      lanes.show([name]);
      plots.start();
    },
    stop() {
      lanes.stop();
      plots.stop();
    },
    refresh(entry) {
      const { view, perSecond } = entry;
      facts.set([view.owner ?? 'nobody', epoch(view.epoch), count(view.restarts), micros(view.lastHandOverMicros),
        count(view.rows), rate(perSecond.reads), rate(perSecond.changes), rate(perSecond.requests), `${count(view.mailbox)} of ${count(view.mailboxCapacity)}`, count(view.zombies.length)]);
      facts.mark(0, view.owner ? null : 'warn');
      facts.mark(9, view.zombies.length ? 'warn' : null);
      lanes.refresh();
      plots.refresh(entry);
      const lines = linesOf(view);
      if (JSON.stringify(lines) !== told) {
        told = JSON.stringify(lines);
        about.replaceChildren(...lines.flatMap(([term, words]) => [h('dt', {}, term), h('dd', {}, words)]));
      }
    },
  };
}

function linesOf(view) {
  const failure = view.lastFailure;
  return [
    ['Type', view.type.replaceAll('_', ' ')], ['Access', view.access], ['Home', view.home], ['Heir', view.heir],
    ['Durability', view.durability.replaceAll('_', ' ')], ['Memory', `about ${bytes(view.memoryBytes)}`],
    view.origin && ['Made', view.origin === 'http' ? 'over HTTP' : 'by the application'],
    ['Last failure', failure ? `${time(failure.when)}, ${failure.consumer}: ${cause(failure.type)}${failure.message ? `: ${failure.message}` : ''}` : 'none'],
    ...view.zombies.map((zombie) => ['Zombie', zombie]),
  ].filter(Boolean);
}

function historyPart(name, entry) {
  const body = h('tbody');
  const empty = h('p', { class: 'empty' }, 'Nothing has happened to its ownership yet.');
  const element = h('section', { class: 'card', 'aria-label': 'History of ownership' },
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Events' },
      h('table', {}, h('thead', {}, h('tr', {}, ['When', 'What', 'Consumer', 'Took', 'Why'].map((words) => h('th', { scope: 'col' }, words)))), body)), empty);
  let version = -1;
  const refresh = () => {
    if (entry.chronicle.version !== version) {
      version = entry.chronicle.version;
      const events = entry.chronicle.events().toReversed();
      body.replaceChildren(...events.map((event) => eventRow(event)));
      empty.hidden = events.length > 0;
    }
  };
  const heard = ({ detail }) => detail.table === name && refresh();
  return {
    element, refresh,
    start() {
      store.addEventListener('ownership', heard);
      store.historyOf(name);
    },
    stop: () => store.removeEventListener('ownership', heard),
  };
}
