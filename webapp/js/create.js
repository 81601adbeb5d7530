// The form that makes a table of JSON rows.

import { change } from './api.js';
import { store } from './store.js';
import { ask, field, h, select, toast } from './ui.js';

const TYPES = [['set', 'set: a row a key'], ['ordered_set', 'ordered set: a row a key, in order'], ['bag', 'bag: several rows a key'], ['duplicate_bag', 'duplicate bag: equal rows too']];
const ACCESS = [['protected', 'protected: all read, the owner writes'], ['public', 'public: all read and write'], ['private', 'private: the owner only']];
const DURABILITY = [['none', 'none: rows end with the process'], ['every_second', 'every second'], ['always', 'always']];

export function createTable() {
  const text = (attributes) => h('input', { autocomplete: 'off', spellcheck: 'false', ...attributes });
  const inputs = {
    name: text({ required: true, maxlength: 100 }), type: select(TYPES), access: select(ACCESS), key: text({ required: true, value: 'id' }),
    keyType: select([['string'], ['integer']]), durability: select(DURABILITY), expire: text({ placeholder: 'PT10M' }),
    maxRows: text({ type: 'number', min: 1 }), changeBuffer: text({ type: 'number', min: 0 }), indexes: h('textarea', { rows: 2, spellcheck: 'false', placeholder: 'byName name\nbyEmail email unique' }),
  };
  const body = h('div', { class: 'fields' },
    field('Name', inputs.name),
    h('div', { class: 'two' }, field('Type', inputs.type), field('Access', inputs.access)),
    h('div', { class: 'two' }, field('Key', inputs.key, 'The field of a row that is its key'), field('Type of the key', inputs.keyType)),
    h('details', {}, h('summary', {}, 'More'), h('div', { class: 'fields' },
      h('div', { class: 'two' }, field('Durability', inputs.durability), field('Rows expire after', inputs.expire, 'As ISO 8601: PT10M is ten minutes')),
      h('div', { class: 'two' }, field('At most so many rows', inputs.maxRows), field('Changes to keep', inputs.changeBuffer, 'For those who follow them')),
      field('Indexes', inputs.indexes, 'A line each: name, field, and “unique” if it is'))));
  return ask({ title: 'A new table', action: 'Make the table', body: [body], submit: async () => {
    const name = inputs.name.value.trim();
    await change('PUT', ['tables', name], { json: definitionFrom(inputs) });
    await store.look();
    location.hash = `#/tables/${encodeURIComponent(name)}/rows`;
    toast(`${name} is made.`);
  } });
}

function definitionFrom({ type, access, key, keyType, durability, expire, maxRows, changeBuffer, indexes }) {
  const definition = { type: type.value, access: access.value, key: key.value.trim(), keyType: keyType.value, durability: durability.value };
  if (expire.value.trim()) {
    definition.expireAfterWrite = expire.value.trim();
  }
  if (maxRows.value) {
    definition.maxRows = Number(maxRows.value);
  }
  if (changeBuffer.value) {
    definition.changeBuffer = Number(changeBuffer.value);
  }
  const lines = indexes.value.split('\n').map((line) => line.trim()).filter(Boolean);
  if (lines.length) {
    definition.indexes = lines.map((line) => {
      const [name, of, unique] = line.split(/\s+/);
      if (!of) {
        throw new Error(`Indexes: “${line}” names no field.`);
      }
      return { name, field: of, unique: unique === 'unique' };
    });
  }
  return definition;
}
