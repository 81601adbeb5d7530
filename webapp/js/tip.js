// The one tooltip: a note beside what is pointed at or focused. What it says is also in the element's own label.

import { h } from './ui.js';

const note = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });

/** Shows lines of text beside an element, the first as a title; hides them if there is no element. */
export function tipOf(element, lines) {
  if (!element) {
    note.hidden = true;
    return;
  }
  const [title, ...rest] = lines;
  note.replaceChildren(h('strong', {}, title), ...rest.map((line) => h('p', {}, line)));
  note.hidden = false;
  document.body.append(note);
  const place = element.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const left = Math.max(8, Math.min(innerWidth - width - 8, place.left + place.width / 2 - width / 2));
  const above = place.top - height - 8;
  note.style.left = `${left}px`;
  note.style.top = `${above > 8 ? above : place.bottom + 8}px`;
}
