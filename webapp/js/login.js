// The page to log in on.

import { login } from './api.js';
import { field, h } from './ui.js';

/** @param why what to say first @param done what to do once somebody is logged in */
export function loginPage(why, done) {
  const user = h('input', { name: 'user', autocomplete: 'username', required: true, autocapitalize: 'none', spellcheck: 'false' });
  const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const go = h('button', { type: 'submit', class: 'primary' }, 'Log in');
  const form = h('form', { class: 'card' },
    h('h1', { tabindex: '-1' }, 'Log in'), h('p', {}, why ?? 'Tables, and who owns them.'),
    h('div', { class: 'fields' }, field('User', user), field('Password', password)), error, go);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    go.disabled = true;
    error.hidden = true;
    try {
      await login(user.value, password.value);
      done();
    } catch (problem) {
      error.textContent = problem.status === 401 ? 'User or password is wrong.' : problem.message;
      error.hidden = false;
      password.select();
    } finally {
      go.disabled = false;
    }
  });
  return { title: 'Log in', element: h('div', { class: 'login' }, form), start: () => setTimeout(() => user.focus()) };
}
