// Whether the server answers: lost since when, when to try again, and back. Back-off with jitter lives here.

const FIRST = 1000;
const MOST = 15_000;

class Connection extends EventTarget {
  /** When the server was last heard; null before. */
  heard = null;
  /** Since when it does not answer; null while it does. */
  lost = null;
  #failures = 0;
  #retries = new Set();

  answered() {
    this.heard = Date.now();
    this.#failures = 0;
    if (this.lost !== null) {
      const since = this.lost;
      this.lost = null;
      this.dispatchEvent(new CustomEvent('back', { detail: Date.now() - since }));
      this.now();
    }
  }

  failed() {
    this.#failures++;
    if (this.lost === null) {
      this.lost = this.heard ?? Date.now();
      this.dispatchEvent(new Event('lost'));
    }
  }

  /** How long to wait before the next attempt: doubles with each failure, and is never the same for two pages. */
  pause() {
    return backOff(this.#failures);
  }

  /** Waits, but not after the connection is back or somebody asked to try now. */
  wait(millis) {
    return new Promise((resolve) => {
      const retry = () => {
        clearTimeout(timer);
        this.#retries.delete(retry);
        resolve();
      };
      const timer = setTimeout(retry, millis);
      this.#retries.add(retry);
    });
  }

  /** Ends all waiting. */
  now() {
    [...this.#retries].forEach((retry) => retry());
  }
}

/** Between half and all of 1, 2, 4, 8, 15 seconds. */
export function backOff(failures) {
  const most = Math.min(MOST, FIRST * 2 ** Math.max(0, failures - 1));
  return most * (0.5 + Math.random() / 2);
}

export const connection = new Connection();
