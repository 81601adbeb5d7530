// The plots of a table: rows, changes, hand-overs and mailbox over the last minutes, drawn by uPlot.

import { count, micros, rate, time } from './format.js';
import { h, setAttribute, setText } from './ui.js';

const UPLOT = '../vendor/uplot-1.6.32/uPlot.esm.js';
const HEIGHT = 150;
const SPAN = 600; // seconds

const PLOTS = [
  { id: 'rows', words: 'Rows', format: count },
  { id: 'changes', words: 'Changes a second', format: rate },
  { id: 'handOver', words: 'Hand-over', format: micros, points: true },
  { id: 'mailbox', words: 'Requests that wait', format: count },
];

export function plotsPart() {
  const plots = PLOTS.map((plot) => {
    const value = h('output', {}, '…');
    const room = h('div', { class: 'room', role: 'img', 'aria-label': plot.words });
    return { ...plot, value, room, element: h('div', { class: 'plot' }, h('h3', {}, plot.words, value), room) };
  });
  const probe = h('i', { hidden: true });
  const element = h('div', { class: 'plots' }, plots.map((plot) => plot.element), probe);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  let uPlot = null;
  let latest = null;
  const resize = new ResizeObserver((entries) => entries.forEach(({ target, contentRect }) => {
    const plot = plots.find(({ room }) => room === target);
    plot.chart?.setSize({ width: contentRect.width, height: HEIGHT });
  }));

  /** A token as a colour that a canvas understands. */
  function colour(token) {
    probe.hidden = false;
    probe.style.color = `var(${token})`;
    const { color } = getComputedStyle(probe);
    probe.hidden = true;
    return color;
  }

  function make(plot) {
    const [ink, faint, line, accent] = ['--ink', '--faint', '--line', '--accent'].map(colour);
    const axis = { stroke: faint, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
    const options = {
      width: plot.room.clientWidth, height: HEIGHT, legend: { show: false }, padding: [8, 8, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: ink } },
      scales: { x: { time: true, range: () => rangeOf(plot) }, y: { range: (_, low, high) => [0, Math.max(1, (high ?? 0) * 1.15)] } },
      axes: [{ ...axis, size: 26, space: 76, values: (chart, ticks) => ticks.map((tick) => time(tick * 1000).slice(0, chart.scales.x.max - chart.scales.x.min > 200 ? 5 : 8)) },
        { ...axis, size: 54, space: 36, values: (_, ticks) => ticks.map((tick) => (plot.id === 'handOver' ? micros(Math.round(tick)) : count(tick))) }],
      series: [{}, plot.points ? { stroke: accent, width: 0, paths: () => null, points: { show: true, size: 7, fill: accent } }
        : { stroke: accent, width: 1.5, fill: accent.replace(/^rgb\((.*)\)$/, 'rgba($1, .12)'), points: { show: false }, spanGaps: true }],
      hooks: { setCursor: [(chart) => say(plot, chart.cursor.idx)] },
    };
    plot.room.replaceChildren();
    plot.chart = new uPlot(options, dataOf(plot), plot.room);
  }

  /** The last minutes, or, soon after the page was opened, what there is of them. */
  function rangeOf({ id }) {
    const now = Date.now() / 1000;
    const known = now - (latest?.samples.at[0] ?? now);
    return [now - (id === 'handOver' ? SPAN : Math.min(SPAN, Math.max(60, known))), now];
  }

  function dataOf({ id }) {
    if (!latest) {
      return [[], []];
    }
    if (id === 'handOver') {
      const events = latest.chronicle.events().filter(({ event, tookMicros }) => event === 'HandedOver' && tookMicros !== undefined);
      return [events.map((event) => event.time / 1000), events.map((event) => event.tookMicros)];
    }
    return [latest.samples.at, latest.samples[id]];
  }

  function say(plot, index) {
    const [at, values] = dataOf(plot);
    const pointed = index !== null && index !== undefined && at[index] !== undefined;
    const value = pointed ? values[index] : values.at(-1);
    setText(plot.value, `${pointed ? `${time(at[index] * 1000)}: ` : ''}${plot.format(value)}`);
    const seen = values.filter((each) => each !== null && each !== undefined);
    if (seen.length) {
      setAttribute(plot.room, 'aria-label', `${plot.words}: now ${plot.format(seen.at(-1))}, from ${plot.format(Math.min(...seen))} to ${plot.format(Math.max(...seen))}`);
    }
  }

  const repaint = () => uPlot && plots.forEach((plot) => {
    plot.chart?.destroy();
    make(plot);
  });

  return {
    element,
    async start() {
      scheme.addEventListener('change', repaint);
      plots.forEach(({ room }) => resize.observe(room));
      uPlot = (await import(UPLOT)).default;
      if (element.isConnected) {
        repaint();
      }
    },
    stop() {
      scheme.removeEventListener('change', repaint);
      resize.disconnect();
      plots.forEach((plot) => plot.chart?.destroy());
    },
    refresh(entry) {
      latest = entry;
      for (const plot of plots) {
        plot.chart?.setData(dataOf(plot));
        say(plot, plot.chart?.cursor.idx);
      }
    },
  };
}
