// Draws tables as lanes over time: each tenure a bar, each gap what it was, each death a mark. Live.
//
// Bars lie on a strip whose origin is a moment; time passes by moving the strips, so nothing is laid out again while
// nothing happens. The bar of the present owner reaches into the future, and the edge of the lane cuts it off at now.

import { epoch, time } from './format.js';
import { Marks } from './marks.js';
import { store } from './store.js';
import { tipOf } from './tip.js';
import { h, setState, setText, stateMark } from './ui.js';

const LABEL = 64; // pixels: narrower bars have no room for words
const FAR = 1e6; // pixels: the future
const STEPS = [1, 5, 15, 30, 60, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);

const hues = new Map();

/** The colour of a consumer: one of eight, in the order in which they were first seen. */
export function hueOf(consumer) {
  if (!hues.has(consumer)) {
    hues.set(consumer, hues.size % 8);
  }
  return hues.get(consumer);
}

export class Lanes {
  /** The end of what is shown: null is now. */
  end = null;
  #lanes = new Map();
  #seen;
  #timer = null;
  #marks;

  constructor({ window = 600_000, names = true } = {}) {
    this.window = window;
    this.ticks = h('div', { class: 'tl-strip' });
    this.lines = h('div', { class: 'tl-strip' });
    this.rows = h('div', { class: 'tl-rows' });
    this.element = h('div', { class: names ? 'tl' : 'tl alone' },
      h('div', { class: 'tl-axis', 'aria-hidden': 'true' }, h('div', { class: 'tl-view' }, this.ticks)),
      h('div', { class: 'tl-grid', 'aria-hidden': 'true' }, this.lines), this.rows);
    this.#seen = new IntersectionObserver((entries) => entries.forEach((entry) => this.#sight(entry)), { rootMargin: '200px' });
    this.#marks = new Marks(this.rows);
    this.onOwnership = ({ detail }) => this.#draw(this.#lanes.get(detail.table));
    this.resize = new ResizeObserver(() => this.rescale());
  }

  start() {
    store.addEventListener('ownership', this.onOwnership);
    this.resize.observe(this.ticks.parentElement);
    this.#run();
  }

  stop() {
    store.removeEventListener('ownership', this.onOwnership);
    this.resize.disconnect();
    this.#seen.disconnect();
    clearTimeout(this.#timer);
    tipOf(null);
  }

  /** Shows these tables, in this order. */
  show(names) {
    for (const [name, lane] of this.#lanes) {
      if (!names.includes(name)) {
        this.#seen.unobserve(lane.element);
        lane.element.remove();
        this.#lanes.delete(name);
      }
    }
    names.forEach((name, index) => {
      const lane = this.#lanes.get(name) ?? this.#add(name);
      if (this.rows.children[index] !== lane.element) {
        this.rows.insertBefore(lane.element, this.rows.children[index] ?? null);
      }
    });
  }

  #add(name) {
    const strip = h('div', { class: 'tl-strip' });
    const marks = h('div', { class: 'tl-strip' });
    const state = stateMark('Closed');
    const owner = h('span', { class: 'tl-owner' });
    const element = h('div', { class: 'tl-lane', role: 'group', 'aria-label': `Table ${name}`, data: { name } },
      h('div', { class: 'tl-name' }, h('a', { href: `#/tables/${encodeURIComponent(name)}` }, name), state, owner),
      h('div', { class: 'tl-view' }, strip, marks));
    const lane = { name, element, strip, marks, state, owner, parts: new Map(), buttons: new Map(), visible: false, version: -1 };
    this.#lanes.set(name, lane);
    this.#seen.observe(element);
    return lane;
  }

  #sight({ target, isIntersecting }) {
    const lane = this.#lanes.get(target.dataset.name);
    if (lane) {
      lane.visible = isIntersecting;
      if (isIntersecting) {
        store.historyOf(lane.name);
        this.#draw(lane);
      }
    }
  }

  /** To be called when the window, or its end, is another. */
  rescale() {
    this.width = this.ticks.parentElement.clientWidth;
    if (this.width > 0) {
      this.scale = this.width / this.window;
      this.origin = this.end ?? Date.now();
      this.#lanes.forEach((lane) => this.#draw(lane, true));
      this.#drawTicks();
      this.#move();
    }
  }

  /** Moves by a pixel at a time, or once a second where motion is not wanted. */
  #run() {
    if (!document.hidden && this.scale && !this.#marks.pointed && this.end === null) {
      if (Date.now() - this.origin > this.window / 2) {
        this.rescale();
      }
      this.#move();
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const pause = calm ? 1000 : Math.min(1000, Math.max(50, 0.5 / (this.scale ?? 1)));
    this.#timer = setTimeout(() => this.#run(), pause);
  }

  #move() {
    const shift = ((this.end ?? Date.now()) - this.origin) * this.scale;
    this.element.style.setProperty('--shift', `${-shift}px`);
    this.#lanes.forEach((lane) => lane.visible && this.#pad(lane));
    if (shift - (this.ticksTo ?? 0) > 0) {
      this.#drawTicks();
    }
  }

  /** Keeps the words of the bar that began before the window in sight. */
  #pad(lane) {
    if (lane.first) {
      const left = this.#x(this.end ?? Date.now()) - this.width;
      lane.first.style.setProperty('--pad', `${Math.max(0, left - lane.firstAt)}px`);
    }
  }

  #x(at) {
    return Math.max(-FAR, Math.min(FAR, (at - this.origin) * this.scale));
  }

  #drawTicks() {
    const step = STEPS.find((each) => each * this.scale > 90) ?? STEPS.at(-1);
    const to = (this.end ?? Date.now()) + this.window / 10;
    const ticks = [];
    for (let at = Math.ceil((to - 1.2 * this.window) / step) * step; at < to; at += step) {
      const tick = h('span', { class: 'tl-tick' }, h('span', {}, step < 60_000 ? time(at) : time(at).slice(0, -3)));
      tick.style.left = `${this.#x(at)}px`;
      ticks.push(tick);
    }
    this.ticksTo = this.#x(to - this.window / 20);
    this.ticks.replaceChildren(...ticks);
    this.lines.replaceChildren(...ticks.map((tick) => {
      const line = h('i');
      line.style.left = tick.style.left;
      return line;
    }));
  }

  /** Brings a lane's state up to date, and its bars if they are old. */
  refresh() {
    this.#lanes.forEach((lane) => this.#draw(lane));
  }

  #draw(lane, anyway = false) {
    const entry = lane && store.tables.get(lane.name);
    if (!entry || !lane.visible || !this.scale) {
      return;
    }
    setState(lane.state, entry.view.state);
    setText(lane.owner, entry.view.owner ?? '');
    if (!anyway && lane.version === entry.chronicle.version) {
      return;
    }
    lane.version = entry.chronicle.version;
    const parts = new Map();
    lane.first = null;
    const from = (this.end ?? Date.now()) - 1.5 * this.window;
    const thread = [entry.chronicle.segments().at(0)?.from ?? from, null];
    this.#part(lane, parts, 'thread', 'tl-thread', thread[0], thread[1]);
    for (const segment of entry.chronicle.segments()) {
      if (segment.to === null || segment.to > from) {
        this.#segment(lane, parts, segment);
      }
    }
    this.#marks.draw(lane, entry.chronicle.marks().filter((mark) => mark.at > from), (at) => this.#x(at));
    for (const [key, part] of lane.parts) {
      if (!parts.has(key)) {
        part.remove();
      }
    }
    lane.parts = parts;
    this.#pad(lane);
  }

  #segment(lane, parts, segment) {
    const left = this.#x(segment.from);
    const width = (segment.to === null ? FAR : this.#x(segment.to)) - left;
    const owned = segment.kind === 'Owned';
    if (!owned && width < 3) {
      return;
    }
    const part = this.#part(lane, parts, `s${segment.from}`, owned ? 'tl-bar' : 'tl-gap', segment.from, segment.to);
    if (owned) {
      part.dataset.hue = hueOf(segment.consumer);
    } else {
      part.dataset.kind = segment.kind;
    }
    const words = owned ? `${segment.consumer ?? ''} ${segment.epoch ? epoch(segment.epoch) : ''}` : GAP_WORDS[segment.kind] ?? segment.kind;
    if (width > LABEL) {
      part.firstChild ?? part.append(h('span', { class: 'tl-words' }));
      setText(part.firstChild, words);
    } else {
      part.replaceChildren();
    }
    if (left < this.#x(this.end ?? Date.now()) - this.width || !lane.first) {
      lane.first = part;
      lane.firstAt = left;
    }
  }

  #part(lane, parts, key, name, from, to) {
    const part = lane.parts.get(key) ?? h('div');
    part.className = name;
    const left = this.#x(from);
    part.style.left = `${left}px`;
    part.style.width = `${Math.max(1.5, (to === null ? FAR : this.#x(to)) - left)}px`;
    parts.set(key, part);
    if (!part.isConnected) {
      lane.strip.append(part);
    }
    return part;
  }
}

const GAP_WORDS = { BackingOff: 'backing off', Orphaned: 'orphaned', Vacant: 'vacant', Loading: 'loading', Starting: 'starting', Stuck: 'stuck', Unloaded: 'not loaded', NotStarted: 'no thread', Closed: 'closed' };
