// Builds DOM: elements, dialogs, messages. Data goes in as text only, never as markup.

const SVG = 'http://www.w3.org/2000/svg';
const TOAST_MILLIS = 7000;

/** An element. Attributes that are null, undefined or false are left out; `on...` are listeners; `data` is the dataset. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'data') {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets the text of an element, and touches the document only if it is another. */
export function setText(element, text) {
  const words = String(text ?? '');
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

/** Sets or removes an attribute, likewise. */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** A table's state as a shape and a word. */
export function stateMark(state) {
  return setState(h('span', { class: 'state' }), state);
}

export function setState(element, state) {
  setText(element, WORDS[state] ?? state);
  element.dataset.state = state;
  return element;
}

const WORDS = { BackingOff: 'Backing off' };

let labels = 0;

/** A label with its input, select or textarea, and a hint that belongs to it. */
export function field(label, input, hint) {
  input.id ||= `field-${++labels}`;
  const below = hint && h('span', { class: 'hint', id: `${input.id}-hint` }, hint);
  if (below) {
    input.setAttribute('aria-describedby', below.id);
  }
  return h('div', { class: 'field' }, h('label', { for: input.id }, label), input, below);
}

export function select(options, attributes = {}) {
  return h('select', attributes, options.map(([value, words]) => h('option', { value }, words ?? value)));
}

/** Says something for a while, to eyes and to screen readers. */
export function toast(words, bad = false) {
  const item = h('div', { class: bad ? 'toast bad' : 'toast' }, words);
  document.getElementById('toasts').append(item);
  setTimeout(() => item.remove(), bad ? 2 * TOAST_MILLIS : TOAST_MILLIS);
}

/** Says something to screen readers only, when they have time. */
export function announce(words) {
  setText(document.getElementById('polite'), words);
}

/**
 * A modal form. `submit` does the work while the dialog is open: what it throws is shown, and the dialog stays.
 * Resolves to what it gave, or to undefined if the dialog was cancelled.
 */
export function ask({ title, body = [], action, danger = false, wide = false, submit = () => true }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const error = h('p', { class: 'error', role: 'alert', hidden: true });
    const cancel = h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel');
    const go = h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, action);
    const form = h('form', { method: 'dialog' }, h('h2', { id: 'dialog-title' }, title), body, error,
      h('div', { class: 'actions' }, cancel, go));
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', class: wide ? 'wide' : null }, form);
    let result;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      go.disabled = true;
      error.hidden = true;
      try {
        result = await submit(form);
        dialog.close();
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      } finally {
        go.disabled = false;
      }
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      before?.focus?.();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Does something and says how it went: the words that `work` resolves to, or what it threw. */
export async function attempt(work) {
  try {
    const words = await work();
    if (words) {
      toast(words);
    }
    return true;
  } catch (problem) {
    if (!problem.expired) {
      toast(problem.message, true);
    }
    return false;
  }
}
