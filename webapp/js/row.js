// One row: to look at, to change and to delete, without losing what somebody else has written meanwhile.

import { change, may, send, url } from './api.js';
import { ask, field, h, toast } from './ui.js';

const MOST_TEXT = 120;

export function cellText(value) {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

/** The key of a row: of the field that the definition names, or, of an application's, the first. */
export function keyOf(row, definition) {
  if (row === null || typeof row !== 'object') {
    return row;
  }
  return row[definition?.key ?? Object.keys(row)[0]];
}

/** Shows a row. Resolves to true if it was changed. */
export async function showRow(name, key, row, definition) {
  const writable = definition !== null && may('writer');
  if (!writable) {
    return ask({ title: `Row ${cellText(key)}`, action: 'Close', wide: true, body: [h('pre', { tabindex: '0' }, JSON.stringify(row, null, 2))], submit: () => false });
  }
  return editRow(name, definition, key);
}

/**
 * A form for a row: a new one, or the one of a key; of bags, for all rows of the key. Resolves to true if something was
 * changed.
 */
export async function editRow(name, definition, key) {
  const made = key === undefined;
  let tag = null;
  let row = { [definition.key]: definition.keyType === 'integer' ? 0 : '' };
  if (!made) {
    try {
      const response = await send('GET', url(['tables', name, 'rows', key]));
      tag = response.headers.get('ETag');
      row = await response.json();
    } catch (problem) {
      toast(problem.message, true);
      return problem.status === 404;
    }
  }
  const text = h('textarea', { rows: 14, spellcheck: 'false' });
  text.value = JSON.stringify(row, null, 2);
  const gone = h('button', { type: 'button', class: 'danger' }, 'Delete the row');
  let deleted = false;
  const bag = definition.type.includes('bag');
  const conditions = made ? (bag ? {} : { 'If-None-Match': '*' }) : tag ? { 'If-Match': tag } : {};
  const body = [h('div', { class: 'fields' }, field('The row, as JSON', text, made ? (bag ? 'Beside those of its key' : 'Refused if there is a row of its key')
    : `As of commit ${tag?.replace(/\W/g, '') ?? 'unknown'}: refused if somebody has changed it since`), !made && h('div', {}, gone))];
  gone.addEventListener('click', () => {
    deleted = true;
    gone.form.requestSubmit();
  });
  const done = await ask({ title: made ? `A new row of ${name}` : `Row ${cellText(key)} of ${name}`, action: made ? 'Insert' : 'Save', wide: true, body,
    submit: async () => {
      const remove = deleted;
      deleted = false;
      try {
        if (remove) {
          await change('DELETE', ['tables', name, 'rows', key], { headers: conditions });
          return 'deleted';
        }
        const json = parse(text.value);
        if (made) {
          await change('POST', ['tables', name, 'rows'], { json, headers: conditions });
          return 'inserted';
        }
        await change('PUT', ['tables', name, 'rows', key], { json, headers: conditions });
        return 'saved';
      } catch (error) {
        if (error.status === 412) {
          error.message = made ? 'There is a row of this key already.' : 'Somebody has changed the row since you opened it. Close this, and look again.';
        }
        throw error;
      }
    } });
  if (done) {
    toast(`The row is ${done}.`);
  }
  return done !== undefined;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${error.message}`);
  }
}
