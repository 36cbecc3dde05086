import { type Invariant, require } from "./invariant.js";

/** All of an entry that must stay as it is: compared in every run, and only made a text of when something is wrong. */
export type StoredContent = readonly [kindOrForward: string | number, second: number, epochSeconds: number];

/** An entry of any log, as far as the proof compares it. */
export interface StoredEntry {
  readonly sequence: number;
  readonly content: StoredContent;
  /** Of a value that there may be only one of; undefined for events. */
  readonly moment?: number;
}

interface RememberedEntry extends StoredEntry {
  /** How often the meter had been restarted when it was first seen. */
  readonly restarts: number;
}

export interface StoredLogNames {
  readonly label: string;
  readonly lost: Invariant;
  readonly altered: Invariant;
  readonly text: (content: StoredContent) => string;
}

/** Entries kept in mind per log: more than a ring of two sectors holds. */
const longestMemory = 300;

/** Slots that a ring of two sectors keeps at least, when it erases one of them ahead of need. */
const keptSlots = 88;
/** Slots that a restart uses up, because a ring goes on at the next page. */
const slotsPerRestart = 8;

/**
 * What a log has to show: entries whose storing was confirmed, and perhaps entries that were being stored when
 * power went. An entry of the second kind that was read once is held to be stored from then on.
 */
export class StoredLog {
  #names: StoredLogNames;
  #entries: RememberedEntry[] = [];
  /** Contents that may or may not have been stored. */
  #attempts: StoredContent[] = [];

  constructor(names: StoredLogNames) {
    this.#names = names;
  }

  get lastSequence(): number {
    return this.#entries[this.#entries.length - 1]?.sequence ?? 0;
  }

  /** The newest confirmed entry. */
  get last(): StoredEntry | undefined {
    return this.#entries[this.#entries.length - 1];
  }

  get entries(): readonly StoredEntry[] {
    return this.#entries;
  }

  attempt(content: StoredContent): void {
    this.#attempts.push(content);
  }

  /**
   * All attempts are decided: what was not seen by now has not been stored. Only in an empty log there is nothing yet
   * that could overrule a torn first record.
   */
  settle(): void {
    if (this.#entries.length > 0) this.#attempts.length = 0;
  }

  /** The meter shows `entry`, or has confirmed it: it must be known, or one that was being stored. */
  see(entry: StoredEntry, restarts: number): void {
    const { label, lost, altered, text } = this.#names;
    const last = this.lastSequence;
    if (entry.sequence <= last) {
      const known = this.#find(entry.sequence);
      if (known)
        require(areSame(known.content, entry.content), altered, () =>
          `${label} ${entry.sequence} was ${text(known.content)}, is ${text(entry.content)}`);
      return;
    }
    const attempt = this.#attempts.findIndex((content) => areSame(content, entry.content));
    require(attempt >= 0, altered, () =>
      `${label} ${entry.sequence} is ${text(entry.content)}, which nobody stored`);
    require(entry.sequence === last + 1 || this.#entries.length === 0, lost, () =>
      `${label} ${entry.sequence} follows ${last}`);
    require(entry.moment === undefined || entry.moment !== this.last?.moment, "value-twice", () =>
      `${label} ${entry.sequence} (${text(entry.content)}) repeats ${last}`);
    this.#attempts.splice(0, attempt + 1);
    this.#entries.push({ ...entry, restarts });
    if (this.#entries.length > longestMemory) this.#entries.splice(0, this.#entries.length - longestMemory);
  }

  /**
   * Compares with what the log shows from sequence number `first` on, oldest first: what the ring has room for must
   * be there.
   */
  compare(found: readonly StoredEntry[], first: number, restarts: number): void {
    const { label, lost, text } = this.#names;
    for (const entry of found) this.see(entry, restarts);
    const shown = new Set(found.map(({ sequence }) => sequence));
    for (let index = this.#entries.length - 1, newer = 0; index >= 0; index--, newer++) {
      const entry = this.#entries[index] as RememberedEntry;
      if (entry.sequence < first) return;
      if (newer + slotsPerRestart * (restarts - entry.restarts) >= keptSlots) return;
      require(shown.has(entry.sequence), lost, () =>
        `${label} ${entry.sequence} (${text(entry.content)}) is gone`);
    }
  }

  copyFrom(other: StoredLog): void {
    this.#entries = other.#entries.slice();
    this.#attempts = other.#attempts.slice();
  }

  #find(sequence: number): StoredEntry | undefined {
    const first = this.#entries[0]?.sequence ?? 0;
    return this.#entries[sequence - first];
  }
}

function areSame(one: StoredContent, other: StoredContent): boolean {
  return one[0] === other[0] && one[1] === other[1] && one[2] === other[2];
}
