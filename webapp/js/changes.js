// The changes of a table as they happen.

import { url } from './api.js';
import { rate, time } from './format.js';
import { follow } from './live.js';
import { cellText, keyOf } from './row.js';
import { h, setText } from './ui.js';

const SHOWN = 200;

export function changesPart(name) {
  const list = h('ol', { class: 'changes' });
  const status = h('span', { class: 'faint', role: 'status' }, 'Connecting…');
  const speed = h('span', { class: 'num faint' });
  const hold = h('button', { type: 'button', 'aria-pressed': 'false' }, 'Hold');
  const empty = h('p', { class: 'empty' }, 'No changes since you are here.');
  let waiting = []; // what came since the last frame: a page shows no more than it can
  let skipped = 0;
  let held = false;
  let drawing = null;
  let stream = null;
  let counted = 0;
  let timer = null;

  function took(event) {
    if (event.event === 'position') {
      return;
    }
    counted++;
    waiting.push({ ...event, heard: Date.now() });
    if (waiting.length > SHOWN) {
      waiting.shift();
      skipped++;
    }
    if (!held) {
      drawing ??= requestAnimationFrame(draw);
    }
  }

  function draw() {
    drawing = null;
    const items = waiting.map((each) => (each.event === 'change' ? changeItem(each) : lostItem(each.data)));
    if (skipped) {
      items.unshift(h('li', { class: 'faint' }, `${skipped} more, too fast to show`));
    }
    waiting = [];
    skipped = 0;
    list.prepend(...items.reverse());
    while (list.children.length > SHOWN) {
      list.lastElementChild.remove();
    }
    empty.hidden = list.children.length > 0;
  }

  hold.addEventListener('click', () => {
    held = !held;
    hold.setAttribute('aria-pressed', String(held));
    if (!held) {
      draw();
    }
  });

  return {
    element: h('section', { class: 'card', 'aria-label': 'Changes' },
      h('header', {}, h('h2', {}, 'Changes, the latest first'), status, h('div', { class: 'tools' }, speed, hold)),
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Latest changes' }, list), empty),
    start() {
      stream = follow(url(['tables', name, 'changes']), {
        onEvent: took,
        onState: (state, error) => setText(status, state === 'open' ? 'live' : state === 'refused' ? error.message : 'interrupted, connecting again…'),
      });
      timer = setInterval(() => {
        setText(speed, `${rate(counted)}/s`);
        counted = 0;
      }, 1000);
    },
    stop() {
      stream.close();
      clearInterval(timer);
      cancelAnimationFrame(drawing);
    },
  };
}

function lostItem(data) {
  return h('li', { class: 'faint' }, `Some changes were missed${data?.why ? `: ${data.why}` : ''}`);
}

const OPERATIONS = { insert: 'inserted', update: 'changed', delete: 'deleted', expire: 'expired' };

function changeItem({ data, heard }) {
  const before = data.old ?? null;
  const after = data.new ?? null;
  const what = OPERATIONS[data.op] ?? data.op;
  return h('li', {}, h('time', { class: 'num faint' }, time(heard)),
    h('span', { class: 'what', data: { is: what } }, what), h('code', {}, cellText(keyOf(after ?? before))), h('code', {}, difference(before, after)));
}

/** The fields that differ, old and new; the whole row if there is only one of them. */
function difference(before, after) {
  if (before === null || after === null || typeof before !== 'object' || typeof after !== 'object') {
    return [cellText(after ?? before)];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return names.flatMap((name) => [`${name} `, before[name] !== undefined && h('del', {}, cellText(before[name])), ' ',
    after[name] !== undefined && h('ins', {}, cellText(after[name])), '  ']);
}
