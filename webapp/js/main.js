// The frame: finds out who is logged in, shows the page that the address names, and says whether the server answers.

import { logout, may, resume, session } from './api.js';
import { callsPage } from './calls.js';
import { connection } from './connection.js';
import { duration, time } from './format.js';
import { jobsPage } from './jobs.js';
import { loginPage } from './login.js';
import { store } from './store.js';
import { tablePage } from './table.js';
import { tablesPage } from './tables.js';
import { timelinePage } from './timeline.js';
import { announce, attempt, h, setText } from './ui.js';

const BACK_MILLIS = 6000;
const $ = (id) => document.getElementById(id);
let page = null;

/** The page of an address such as #/tables/calls/rows. */
function pageOf(hash) {
  const [kind, name, part] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  switch (kind) {
    case 'timeline': return timelinePage();
    case 'calls': return callsPage();
    case 'jobs': return jobsPage();
    case 'tables':
    case '': return name ? tablePage(name, part) : tablesPage();
    default: return { title: 'Not found', element: h('p', { class: 'empty' }, 'There is no such page.') };
  }
}

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function show(next, focus) {
  page?.stop?.();
  page = next;
  $('main').replaceChildren(page.element);
  page.start?.();
  document.title = `${page.title} · Heirloom`;
  const kind = location.hash.split('/')[1] || 'tables';
  for (const link of $('nav').children) {
    if (link.dataset.page === kind) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  if (focus) {
    const heading = page.element.querySelector('h1');
    (heading ?? $('main')).focus({ preventScroll: true });
    scrollTo(0, 0);
    announce(page.title);
  }
}

function route(event) {
  if (location.hash === '#main') {
    history.replaceState(null, '', '#/tables'); // the skip link, followed before the script was there
    return;
  }
  if (!$('nav').hidden) {
    show(pageOf(location.hash), event !== undefined);
  }
}

function enter() {
  $('nav').hidden = false;
  $('nav-jobs').hidden = !may('operator');
  store.start();
  who();
  route();
}

function leave(why) {
  store.forget();
  $('nav').hidden = true;
  who();
  show(loginPage(why, enter), true);
}

function who() {
  const pulse = h('span', { class: 'pulse', id: 'pulse' }, 'live');
  $('session').replaceChildren(pulse);
  if (session.user) {
    const rank = ['operator', 'writer', 'reader'].find(may) ?? 'no role';
    $('session').append(h('span', {}, session.user), h('span', { class: 'role' }, rank),
      h('button', { type: 'button', class: 'quiet', onclick: () => attempt(async () => {
        await logout();
        leave('You are logged out.');
      }) }, 'Log out'));
  }
  pulseNow();
}

// ---- the connection ----

function pulseNow() {
  const pulse = $('pulse');
  if (pulse) {
    setText(pulse, connection.lost === null ? 'live' : 'lost');
    pulse.dataset.is = connection.lost === null ? 'live' : 'lost';
  }
}

let counting = null;
let hiding = null;

function lost() {
  clearTimeout(hiding);
  document.body.dataset.connection = 'lost';
  const banner = $('connection');
  banner.hidden = false;
  banner.dataset.is = 'lost';
  const words = banner.querySelector('.words');
  const tell = () => {
    const soon = Math.max(0, Math.ceil(((store.nextLook ?? 0) - Date.now()) / 1000));
    setText(words, `The server has not answered since ${time(connection.lost)} (${duration(Date.now() - connection.lost)}). `
      + `What you see is from then. Trying again${soon ? ` in ${soon} s` : ' now'}.`);
  };
  tell();
  counting = setInterval(tell, 1000);
  announce('The connection to the server is lost. What you see is old.');
  pulseNow();
}

function back(away) {
  clearInterval(counting);
  delete document.body.dataset.connection;
  const banner = $('connection');
  banner.dataset.is = 'back';
  const words = `The server is back after ${duration(away)}.`;
  setText(banner.querySelector('.words'), words);
  announce(words);
  hiding = setTimeout(() => {
    banner.hidden = true;
  }, BACK_MILLIS);
  pulseNow();
}

connection.addEventListener('lost', lost);
connection.addEventListener('back', ({ detail }) => back(detail));
$('connection').querySelector('button').addEventListener('click', () => connection.now());
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  $('main').focus();
});
addEventListener('hashchange', route);
addEventListener('online', () => connection.now());
document.addEventListener('visibilitychange', () => document.hidden || connection.now());
session.addEventListener('expired', () => {
  if (session.user) {
    session.user = null;
    leave('Your session has ended. Log in again, and you are back where you were.');
  }
});

async function begin() {
  for (;;) {
    try {
      if (await resume()) {
        enter();
      } else {
        leave();
      }
      return;
    } catch {
      await connection.wait(connection.pause());
    }
  }
}

begin();
