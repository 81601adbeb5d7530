// The page of jobs: imports, exports and loads, how far they are, and what became of them.

import { change, get, may, url } from './api.js';
import { connection } from './connection.js';
import { count, duration, time } from './format.js';
import { ask, attempt, h, setAttribute, setText } from './ui.js';

const BUSY = 700;
const CALM = 3000;

export function jobsPage() {
  const list = h('ul', { class: 'jobs' });
  const empty = h('p', { class: 'empty' }, may('operator') ? 'Looking for jobs…' : 'Jobs are for operators.');
  const items = new Map();
  let running = null;

  function fill(jobs) {
    const gone = new Set(items.keys());
    for (const job of jobs) {
      gone.delete(job.id);
      const item = items.get(job.id) ?? itemOf(job);
      items.set(job.id, item);
      item.refresh(job);
    }
    gone.forEach((id) => {
      items.get(id).element.remove();
      items.delete(id);
    });
    jobs.toSorted((a, b) => String(b.started).localeCompare(String(a.started))).forEach((job, index) => {
      const { element } = items.get(job.id);
      if (list.children[index] !== element) {
        list.insertBefore(element, list.children[index] ?? null);
      }
    });
    empty.hidden = jobs.length > 0;
    setText(empty, 'No jobs. Export or import a table, and it is one.');
  }

  async function loop(me) {
    while (me.on) {
      let pause = CALM;
      try {
        const jobs = await get(['jobs']);
        fill(jobs);
        pause = jobs.some((job) => job.state === 'running') ? BUSY : CALM;
      } catch (error) {
        if (error.status) {
          setText(empty, error.message);
          empty.hidden = false;
        }
        pause = Math.max(CALM, connection.lost === null ? 0 : connection.pause());
      }
      await connection.wait(pause);
    }
  }

  return {
    title: 'Jobs',
    element: h('div', {}, h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, 'Jobs'),
      h('p', { class: 'sub' }, 'What takes longer than a request: imports, exports, loads.')),
    h('section', { class: 'card flush', 'aria-label': 'Jobs' }, list, empty)),
    start() {
      if (may('operator')) {
        running = { on: true };
        loop(running);
      }
    },
    stop() {
      if (running) {
        running.on = false;
      }
    },
  };
}

function itemOf(job) {
  const how = h('span', { class: 'how' });
  const bar = h('progress', { max: 1, 'aria-label': `${job.kind} of ${job.table}` });
  const result = h('a', { class: 'button', hidden: true, download: '' }, 'Download');
  const end = h('button', { type: 'button', class: 'danger' });
  let now = job;
  end.addEventListener('click', async () => {
    const cancels = now.state === 'running';
    const remove = () => change('DELETE', ['jobs', job.id]);
    if (!cancels) {
      await attempt(remove);
    } else {
      await ask({ title: `Cancel the ${job.kind} of ${job.table}?`, action: 'Cancel the job', danger: true,
        body: [h('p', {}, 'What it has not done yet is left undone.')], submit: remove });
    }
    connection.now();
  });
  const element = h('li', { class: 'job' },
    h('div', {}, h('strong', {}, `${job.kind} of `, h('a', { href: `#/tables/${encodeURIComponent(job.table)}` }, job.table)), ' ', how),
    bar, h('div', { class: 'acts' }, result, end));
  return {
    element,
    refresh(told) {
      now = told;
      const active = told.state === 'running';
      const took = Date.parse(told.ended ?? new Date().toISOString()) - Date.parse(told.started);
      setText(how, [told.state, `${count(told.rows)} rows`, duration(took), `since ${time(told.started)}`, told.problem && problemOf(told.problem)].filter(Boolean).join(', '));
      how.dataset.is = told.state;
      if (active && (told.progress === null || told.progress === undefined || told.progress < 0)) {
        bar.removeAttribute('value');
      } else {
        setAttribute(bar, 'value', told.state === 'done' ? 1 : told.progress ?? 0);
      }
      setText(end, active ? 'Cancel' : 'Forget');
      end.className = active ? 'danger' : 'quiet';
      setAttribute(end, 'aria-label', `${active ? 'Cancel' : 'Forget'} the ${told.kind} of ${told.table}`);
      result.hidden = !(told.state === 'done' && told.result);
      setAttribute(result, 'href', url(['jobs', told.id, 'result']));
    },
  };
}

const problemOf = (problem) => (typeof problem === 'string' ? problem : [problem.title, problem.detail].filter(Boolean).join(': '));
