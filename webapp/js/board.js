// A board of jacks and lines. A line rings, is plugged into a menu or a department, and goes dark when the call is over.

import { minutes } from './format.js';
import { h, setAttribute, setText, svg } from './ui.js';

const PANELS = [['main', 'Main menu'], ['support', 'Support menu'], ['sales', 'Sales'], ['billing', 'Billing'], ['technical', 'Technical']];
const ROW = 6; // jacks in a row of a panel
const FEWEST_LINES = 24;
const MOST_LINES = 96;
const STAYS = 6000; // milliseconds that a call which is over stays on its line
const FLASH = 1500;

/** Where a call is plugged in; null while it rings or when it is over. */
function jackOf(call) {
  if (call.finishedAt || call.step === 'ended' || call.status !== 'in-progress') {
    return null;
  }
  return call.step === 'connected' ? call.choice : call.step;
}

function lampOf(call) {
  return call.finishedAt ? 'over' : call.status !== 'in-progress' ? 'ringing' : call.step === 'connected' ? 'talking' : 'choosing';
}

export class Board {
  #lines = []; // each free, or taken by a call
  #panels = new Map();
  #cords = new Map(); // by the sid of the call
  #resize = new ResizeObserver(() => {
    this.cords.classList.add('still'); // the board moves, not the plugs
    this.#draw();
    requestAnimationFrame(() => this.cords.classList.remove('still'));
  });

  constructor() {
    this.cords = svg('svg', { class: 'cords', 'aria-hidden': 'true' });
    this.shelf = h('ul', { class: 'lines', 'aria-label': 'Lines' });
    this.more = h('p', { class: 'faint small', hidden: true });
    this.sign = h('p', { class: 'sign', hidden: true });
    const panels = h('div', { class: 'panels' }, PANELS.map(([id, words]) => this.#panel(id, words)));
    this.element = h('section', { class: 'board', 'aria-label': 'Switchboard' }, this.sign, panels, this.shelf, this.more, this.cords);
  }

  #panel(id, words) {
    const jacks = h('div', { class: 'jacks', 'aria-hidden': 'true' });
    const number = h('span', { class: 'num' }, '0');
    this.#panels.set(id, { jacks, number, taken: [] });
    return h('div', { class: 'panel', data: { jack: id } }, h('h2', {}, h('span', {}, words), number), jacks);
  }

  start() {
    this.#resize.observe(this.element);
  }

  stop() {
    this.#resize.disconnect();
  }

  /** Whether the table of the calls has an owner. */
  owned(is, state) {
    this.sign.hidden = is;
    setText(this.sign, is ? '' : `Nobody owns the table now (${state}). The calls go on, and can be read.`);
    setAttribute(this.element, 'data-owned', is);
  }

  /** The owner died a moment ago. */
  died() {
    this.element.classList.remove('died');
    void this.element.offsetWidth; // so that the flash begins anew
    this.element.classList.add('died');
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => this.element.classList.remove('died'), FLASH);
  }

  show(calls) {
    const now = Date.now();
    const shown = new Map(calls.filter((call) => !call.finishedAt || now - Date.parse(call.finishedAt) < STAYS).map((call) => [call.sid, call]));
    this.#assign(this.#lines, shown, MOST_LINES);
    for (const [id, panel] of this.#panels) {
      this.#assign(panel.taken, new Map([...shown].filter(([, call]) => jackOf(call) === id)), MOST_LINES);
      setText(panel.number, panel.taken.filter(Boolean).length);
      this.#jacks(panel);
    }
    this.#shelve(shown);
    const hidden = [...shown.keys()].filter((sid) => !this.#lines.includes(sid)).length;
    this.more.hidden = hidden === 0;
    setText(this.more, `${hidden} more calls have no line here.`);
    this.#draw(shown);
  }

  /** Frees the places of calls that are gone, and gives the new ones the first free places: nobody changes place. */
  #assign(places, calls, most) {
    places.forEach((sid, index) => {
      if (!calls.has(sid)) {
        places[index] = null;
      }
    });
    const newcomers = [...calls.keys()].filter((sid) => !places.includes(sid)).reverse(); // the oldest first
    for (const sid of newcomers) {
      const free = places.indexOf(null);
      if (free >= 0) {
        places[free] = sid;
      } else if (places.length < most) {
        places.push(sid);
      }
    }
    while (places.length && places.at(-1) === null) {
      places.pop();
    }
  }

  #jacks({ jacks, taken }) {
    const wanted = Math.max(2 * ROW, Math.ceil(taken.length / ROW) * ROW);
    while (jacks.children.length < wanted) {
      jacks.append(h('i'));
    }
    while (jacks.children.length > wanted) {
      jacks.lastElementChild.remove();
    }
    [...jacks.children].forEach((jack, index) => jack.classList.toggle('taken', Boolean(taken[index])));
  }

  #shelve(calls) {
    const wanted = Math.max(FEWEST_LINES, this.#lines.length);
    while (this.shelf.children.length < wanted) {
      this.shelf.append(h('li', {}, h('i', { class: 'lamp', 'aria-hidden': 'true' }), h('b'), h('span')));
    }
    while (this.shelf.children.length > wanted) {
      this.shelf.lastElementChild.remove();
    }
    [...this.shelf.children].forEach((line, index) => {
      const call = calls.get(this.#lines[index]);
      const [, number, words] = line.children;
      setAttribute(line, 'data-lamp', call ? lampOf(call) : 'free');
      setAttribute(line, 'data-jack', call && jackOf(call));
      setAttribute(line, 'aria-hidden', call ? null : 'true');
      setAttribute(line, 'title', call ? `${call.from} to ${call.to}` : null);
      setText(number, call ? (call.direction.startsWith('outbound') ? call.to : call.from).slice(-7).replace(/(?=.{4}$)/, ' ') : '');
      setText(words, call ? wordsOf(call) : '');
    });
  }

  /** A cord from each line that is plugged in to its jack. Reads all places first, then draws. */
  #draw() {
    const board = this.element.getBoundingClientRect();
    const middle = (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [Math.round(left + width / 2 - board.left), Math.round(top + height / 2 - board.top)];
    };
    const top = (element) => {
      const { left, top: above, width } = element.getBoundingClientRect();
      return [Math.round(left + width / 2 - board.left), Math.round(above - board.top + 3)];
    };
    const cords = [];
    for (const [id, { jacks, taken }] of this.#panels) {
      taken.forEach((sid, index) => {
        const line = sid && this.#lines.indexOf(sid);
        if (sid && line >= 0) {
          cords.push({ sid, id, from: top(this.shelf.children[line]), to: middle(jacks.children[index]) });
        }
      });
    }
    const kept = new Set();
    for (const { sid, id, from: [x1, y1], to: [x2, y2] } of cords) {
      kept.add(sid);
      const sag = Math.max(30, Math.abs(y1 - y2) * 0.55);
      const path = this.#cords.get(sid) ?? this.#cord(sid);
      path.dataset.jack = id;
      setAttribute(path, 'd', `M ${x1} ${y1} C ${x1} ${y1 - sag * 0.7} ${x2} ${y2 + sag} ${x2} ${y2}`);
    }
    for (const [sid, path] of this.#cords) {
      if (!kept.has(sid)) {
        path.remove();
        this.#cords.delete(sid);
      }
    }
  }

  #cord(sid) {
    const path = svg('path');
    this.#cords.set(sid, path);
    this.cords.append(path);
    return path;
  }
}

function wordsOf(call) {
  if (call.finishedAt) {
    return call.status.replaceAll('-', ' ');
  }
  if (lampOf(call) === 'ringing') {
    return call.status;
  }
  const where = call.step === 'ended' ? 'told off' : call.choice ?? `${call.step} menu`;
  return `${where} ${minutes(Date.now() - Date.parse(call.answeredAt ?? call.startedAt))}`;
}
