// Shows the calls and the table they are in, and crashes its owner on demand. Speaks to api/ only.

const TABLE = 'api/tables/calls';
const CALLS = 'api/calls?limit=100';
const INTERVAL = 1000; // milliseconds
const MOST_HISTORY = 50;

const $ = (id) => document.getElementById(id);
let last = null; // the table as it was at the last look

async function json(url, options) {
  const response = await fetch(url, { ...options, headers: { Accept: 'application/json' }, cache: 'no-store' });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? body.title ?? response.statusText);
  }
  return body;
}

function text(id, value) {
  if ($(id).textContent !== String(value)) {
    $(id).textContent = value;
  }
}

function showTable(table) {
  text('state', table.state);
  $('state').dataset.state = table.state;
  text('owner', table.owner ?? 'nobody');
  text('epoch', table.epoch);
  text('restarts', table.restarts);
  text('hand-over', table.lastHandOverMicros === undefined ? '–' : duration(table.lastHandOverMicros));
  text('rows', table.rows);
  text('mailbox', `${table.mailbox} of ${table.mailboxCapacity}`);
  text('zombies', table.zombies.length);
  $('why').hidden = !table.why;
  text('why', table.why ?? '');
  const failure = table.lastFailure;
  $('failure').hidden = !failure;
  text('failure', failure
    ? `Last failure, at ${time(failure.when)}: ${failure.type.split('.').pop()}: ${failure.message ?? ''}` : '');
  $('revive').hidden = table.state !== 'Orphaned' && table.state !== 'Vacant';
  if (last && (last.epoch !== table.epoch || last.state !== table.state)) {
    remember(table);
  }
  last = table;
}

function remember(table) {
  const died = table.restarts - last.restarts;
  const ended = died > 0 ? `${died === 1 ? 'An owner' : `${died} owners`} ended. ` : '';
  const what = ended + (table.state === 'Owned'
    ? `Epoch ${table.epoch} holds the table, ${duration(table.lastHandOverMicros)} later`
    : `Epoch ${table.epoch}: ${table.state}`);
  $('history').querySelector('.empty')?.remove();
  const item = document.createElement('li');
  const when = document.createElement('time');
  when.textContent = time(new Date());
  const words = document.createElement('span');
  words.textContent = what;
  item.append(when, words);
  $('history').prepend(item);
  while ($('history').children.length > MOST_HISTORY) {
    $('history').lastElementChild.remove();
  }
}

function showCalls(list) {
  text('counts', `${list.ongoing} ongoing, ${list.finished} finished a short while ago`);
  $('calls').replaceChildren(...(list.calls.length ? list.calls.map(row) : [empty()]));
}

function row(call) {
  const tr = document.createElement('tr');
  const over = call.finishedAt !== undefined;
  tr.classList.toggle('finished', over);
  const badge = document.createElement('span');
  badge.className = 'badge';
  badge.dataset.status = call.status;
  badge.textContent = call.status;
  const end = over ? new Date(call.finishedAt) : new Date();
  const seconds = Math.max(0, Math.round((end - new Date(call.startedAt)) / 1000));
  const menu = call.choice ? `${call.step} (${call.choice})` : call.step;
  for (const value of [call.from, call.to, badge, menu, call.invalidChoices, time(call.startedAt), `${seconds} s`]) {
    const td = document.createElement('td');
    td.append(value);
    tr.append(td);
  }
  return tr;
}

function empty() {
  const tr = document.createElement('tr');
  const td = document.createElement('td');
  td.colSpan = 7;
  td.className = 'empty';
  td.textContent = 'No calls. With heirloom.demo=true there would be sample callers.';
  tr.append(td);
  return tr;
}

function duration(micros) {
  return micros < 1000 ? `${micros} µs` : micros < 1_000_000
    ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1_000_000).toFixed(1)} s`;
}

function time(when) {
  return new Date(when).toLocaleTimeString();
}

async function look() {
  try {
    const [table, calls] = await Promise.all([json(TABLE), json(CALLS)]);
    $('connection').hidden = true;
    showTable(table);
    showCalls(calls);
  } catch (error) {
    $('connection').hidden = false;
  } finally {
    setTimeout(look, INTERVAL);
  }
}

async function act(url, done) {
  try {
    text('answer', done(await json(url, { method: 'POST' })));
  } catch (error) {
    text('answer', error.message);
  }
}

$('crash').addEventListener('submit', (event) => {
  event.preventDefault();
  const at = $('at').value;
  act(`${TABLE}/owner/crash?how=${$('how').value}${at ? `&at=${at}` : ''}`,
    (crash) => `Its next request makes the owner fail: ${crash.how}, ${crash.at.replaceAll('_', ' ')}.`);
});
$('revive').addEventListener('click', () => act(`${TABLE}/revive`, () => 'The table is offered to its consumer again.'));

look();
