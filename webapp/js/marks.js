// The marks on lanes: the ends of owners, and what else matters. To point at, to tab to, and to walk along with arrows.

import { END_WORDS } from './chronicle.js';
import { cause, micros, time } from './format.js';
import { tipOf } from './tip.js';
import { h, setAttribute, setText } from './ui.js';

const APART = 24; // pixels: marks that are closer become one, so that each can be hit
const MOST_SENTENCES = 6;

/** All marks of some lanes. */
export class Marks {
  /** Whether one of them is pointed at: they keep still then. */
  pointed = false;

  /** @param rows the element that the lanes are in */
  constructor(rows) {
    this.rows = rows;
    rows.addEventListener('keydown', (event) => this.#key(event));
    for (const [on, off] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
      rows.addEventListener(on, (event) => this.#point(event.target.closest('.tl-mark')));
      rows.addEventListener(off, () => this.#point(null));
    }
  }

  /** Puts the marks of a lane where they belong: `x` gives the place of a moment. */
  draw(lane, marks, x) {
    const groups = [];
    for (const mark of marks) {
      const group = groups.at(-1);
      if (group && x(mark.at) - x(group[0].at) < APART) {
        group.push(mark);
      } else {
        groups.push([mark]);
      }
    }
    const buttons = new Map(groups.map((group) => {
      const key = `${group[0].at}:${group[0].kind}`;
      const button = lane.buttons.get(key) ?? h('button', { type: 'button', class: 'tl-mark', tabindex: '-1' });
      tell(button, lane.name, group);
      button.style.left = `${x(group.at(-1).at)}px`;
      return [key, button];
    }));
    for (const [key, button] of lane.buttons) {
      if (!buttons.has(key)) {
        button.remove();
      }
    }
    [...buttons.values()].forEach((button, index) => { // none is moved that need not be: it may have the focus
      if (lane.marks.children[index] !== button) {
        lane.marks.insertBefore(button, lane.marks.children[index] ?? null);
      }
    });
    lane.buttons = buttons;
    this.#rove();
  }

  #point(mark) {
    this.pointed = mark !== null;
    tipOf(mark, mark && [mark.told.name, ...sentences(mark.told.group)]);
  }

  /** One mark can be reached with Tab; the arrow keys go on from there. */
  #rove() {
    if (!this.rows.querySelector('.tl-mark[tabindex="0"]')) {
      [...this.rows.children].map(marksOf).find((marks) => marks.length > 0)?.at(-1).setAttribute('tabindex', '0');
    }
  }

  #key(event) {
    const mark = event.target.closest('.tl-mark');
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const lane = mark.closest('.tl-lane');
    const marks = marksOf(lane);
    const index = marks.indexOf(mark);
    const to = {
      ArrowLeft: () => marks[index - 1], ArrowRight: () => marks[index + 1], Home: () => marks[0], End: () => marks.at(-1),
      ArrowUp: () => nearest(lane, mark, 'previousElementSibling'), ArrowDown: () => nearest(lane, mark, 'nextElementSibling'),
    }[event.key]?.();
    if (to) {
      mark.setAttribute('tabindex', '-1');
      to.setAttribute('tabindex', '0');
      to.focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      tipOf(null);
    }
  }
}

/** Has a mark stand for a group of ends and events. Its shape is that of the worst. */
function tell(button, name, group) {
  const ends = group.filter((mark) => mark.end);
  button.told = { name, group };
  button.dataset.kind = (ends.find((mark) => mark.kind === 'died') ?? ends.at(-1) ?? group.at(-1)).kind;
  setText(button, ends.length > 1 ? (ends.length > 99 ? '99+' : ends.length) : '');
  const number = ends.length > 1 ? `${button.textContent} ends. ` : '';
  setAttribute(button, 'aria-label', `${name}: ${number}${sentences(group).join('. ')}`);
}

const marksOf = (lane) => [...lane.querySelectorAll('.tl-mark')];

/** The mark of the next lane with any, that is closest in time. */
function nearest(lane, mark, direction) {
  for (let other = lane[direction]; other; other = other[direction]) {
    const marks = marksOf(other);
    if (marks.length) {
      const away = (each) => Math.abs(parseFloat(each.style.left) - parseFloat(mark.style.left));
      return marks.reduce((a, b) => (away(a) <= away(b) ? a : b));
    }
  }
  return undefined;
}

/** What happened, the latest last. */
function sentences(marks) {
  const told = marks.slice(-MOST_SENTENCES).map(sentence);
  const rest = marks.length - told.length;
  return rest > 0 ? [`${rest} more before`, ...told] : told;
}

function sentence(mark) {
  const what = mark.end ? `${mark.consumer ?? 'the owner'} ${END_WORDS[mark.kind]}${mark.to ? ` to ${mark.to}` : ''}` : END_WORDS[mark.kind];
  const why = mark.why && mark.kind !== 'returned' ? `: ${cause(mark.why)}` : '';
  const next = mark.next ? `; ${mark.next} held it ${micros(mark.gap)} later` : '';
  return `${time(mark.at)} ${what}${why}${next}`;
}
