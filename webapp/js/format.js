// Numbers, times and durations in words.

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export const NONE = '–';

export function count(value) {
  return value === null || value === undefined ? NONE : whole.format(value);
}

/** With at most four digits: for places where space is scarce. */
export function short(value) {
  return value === null || value === undefined ? NONE : value < 10_000 ? whole.format(value) : compact.format(value);
}

/** So many a second. */
export function rate(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return NONE;
  }
  return value === 0 ? '0' : value < 10 ? value.toFixed(1) : short(Math.round(value));
}

export function bytes(value) {
  let rest = value;
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (rest < 1000 || unit === 'GB') {
      return `${rest < 10 && unit !== 'B' ? rest.toFixed(1) : Math.round(rest)} ${unit}`;
    }
    rest /= 1000;
  }
}

export function micros(value) {
  if (value === null || value === undefined) {
    return NONE;
  }
  return value < 1000 ? `${value} µs` : value < 1_000_000 ? `${(value / 1000).toFixed(1)} ms` : duration(value / 1000);
}

export function duration(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 100) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 6000) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Minutes and seconds, as on a telephone bill. */
export function minutes(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The time of day, with the date if that is not today. */
export function time(when) {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) {
    return NONE;
  }
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

/** Epochs are start number of the JVM x 2^32 + n: "1.7" says both. */
export function epoch(value) {
  return value === null || value === undefined ? NONE : `${Math.floor(value / 4_294_967_296)}.${value % 4_294_967_296}`;
}

/** What a failure is called without the package of its class. */
export function cause(words) {
  return String(words ?? '').replace(/\b(?:[a-z_][\w]*\.)+([A-Z]\w*)/g, '$1');
}
