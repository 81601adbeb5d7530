// Turns the events of a table's ownership into what a time line shows: tenures, gaps between them, and marks.

const MOST = 1000;

/** What the manager does while nobody owns the table, by the event that began it. */
const GAPS = {
  Created: 'Starting', Reclaimed: 'Starting', GivenAway: 'Starting', Revived: 'Starting', Rejected: 'BackingOff',
  NotStarted: 'NotStarted', Loaded: 'Starting', NotLoaded: 'Unloaded', Stuck: 'Stuck', Vacated: 'Vacant', Orphaned: 'Orphaned', Closed: 'Closed',
};

/** How an owner came to its end, told from the words of the cause. */
export function endOf(event) {
  const why = `${event.why ?? ''} ${event.cause ?? ''}`.trim().toLowerCase();
  if (event.event === 'GivenAway') {
    return 'given';
  }
  if (/restart was asked for/.test(why)) {
    return 'ordered';
  }
  if (/deadline|hang|hung|heartbeat|did not answer/.test(why)) {
    return 'hung';
  }
  return /^(it )?returned/.test(why) ? 'returned' : 'died';
}

export const END_WORDS = {
  given: 'gave the table away', ordered: 'was restarted', hung: 'hung and was replaced', returned: 'returned', died: 'died',
  Orphaned: 'Given up', Stuck: 'Stuck', NotLoaded: 'Could not be loaded', Rejected: 'No thread', Revived: 'Revived', Closed: 'Closed',
};

/** The ownership of one table over time. Not thread-safe, as nothing here is. */
export class Chronicle {
  #events = new Map(); // by life of the server and sequence, which begins anew with each
  #life = 0;
  #told = null;
  #view = null;
  /** Raised with each change: what was drawn at another version is old. */
  version = 0;

  /** Adds events, in any order, some perhaps twice. */
  add(events) {
    for (const event of events) {
      const known = this.#events.get(this.#key(event));
      if (known && known.at !== event.at) {
        this.#life++;
      }
      if (!known || known.at !== event.at) {
        const key = this.#key(event);
        this.#events.set(key, { ...event, key, time: Date.parse(event.at) });
        this.#told = null;
      }
    }
    if (this.#told === null) {
      this.version++;
    }
    if (this.#events.size > MOST) {
      const oldest = [...this.#events.keys()].sort((a, b) => a - b).slice(0, this.#events.size - MOST);
      oldest.forEach((key) => this.#events.delete(key));
    }
  }

  #key(event) {
    return this.#life * 1e9 + event.sequence;
  }

  /** The table as it is now: says what the last gap is, where events do not. */
  present(view) {
    const changed = this.#view?.state !== view.state || this.#view?.epoch !== view.epoch;
    this.#view = view;
    if (changed) {
      this.#told = null;
      this.version++;
    }
  }

  /** All events, oldest first. */
  events() {
    return this.#tell().events;
  }

  /** {kind: 'Owned' or what the gap is, consumer, epoch, from, to} in milliseconds; `to` is null for the last. */
  segments() {
    return this.#tell().segments;
  }

  /** {at, kind, consumer, why, epoch, next, gap}: ends of owners, and what else is worth a mark. */
  marks() {
    return this.#tell().marks;
  }

  #tell() {
    this.#told ??= tell([...this.#events.values()].sort((a, b) => a.key - b.key), this.#view);
    return this.#told;
  }
}

/** A pure function of the events, oldest first, and of the table as it is. */
export function tell(events, view) {
  const segments = [];
  const marks = [];
  const go = (at, segment) => {
    const last = segments.at(-1);
    if (last && last.to === null) {
      last.to = Math.max(at, last.from);
    }
    segments.push({ ...segment, from: at, to: null });
  };
  for (const event of events) {
    const last = segments.at(-1);
    switch (event.event) {
      case 'HandedOver': {
        const open = marks.findLast((mark) => mark.end);
        if (open && open.next === undefined) {
          open.next = event.consumer;
          open.gap = event.tookMicros;
        }
        go(event.time, { kind: 'Owned', consumer: event.consumer, epoch: event.epoch, reason: event.reason });
        break;
      }
      case 'Reclaimed':
      case 'GivenAway': {
        const consumer = event.consumer ?? event.from ?? last?.consumer;
        if (!last && event.time) { // the beginning of this tenure is not known any more
          segments.push({ kind: 'Owned', consumer, epoch: null, from: -Infinity, to: null });
        }
        marks.push({ at: event.time, kind: endOf(event), end: true, consumer, why: event.why, to: event.to, epoch: event.epoch });
        go(event.time, { kind: 'Starting' });
        break;
      }
      case 'Orphaned':
      case 'Stuck':
      case 'NotLoaded':
      case 'Rejected':
      case 'Revived':
      case 'Closed':
        marks.push({ at: event.time, kind: event.event, end: false, consumer: event.consumer, why: event.why, epoch: event.epoch });
        go(event.time, { kind: GAPS[event.event], why: event.why });
        break;
      case 'ZombieEnded':
      case 'Renamed':
      case 'ReadOnly':
      case 'Writable':
        break;
      default:
        go(event.time, { kind: GAPS[event.event] ?? 'Starting', why: event.why });
    }
  }
  now(segments, view);
  return { events, segments, marks };
}

/** Where the last event is not the last word: the state that the server tells of now. */
function now(segments, view) {
  if (!view) {
    return;
  }
  const last = segments.at(-1);
  if (!last) {
    segments.push({ kind: view.state, consumer: view.owner, epoch: view.epoch, why: view.why, from: Date.parse(view.since), to: null });
  } else if (last.kind !== 'Owned' && view.state !== 'Owned' && view.state !== last.kind) {
    last.kind = view.state;
    last.why = view.why;
  }
}
