/**
 * What breaks a rule today and is to go. Each list may only shrink: an entry that is true no longer fails the test that
 * reads it.
 */
export const knownToday = Object.freeze({
  /** `file -> file` */
  imports: [],
  /** The members of each circle of folders. */
  folderCircles: [],
  branchCircles: [],
  /** Rooms that nobody has moved into yet. */
  tableFaults: [],
  longFiles: [],
});

/** Something that a check has found: by what it is known, and what it says to who has done it. */
export interface Found {
  readonly key: string;
  readonly text: string;
}

/** What is wrong beyond what is known, and what is known and wrong no longer. */
export function beyondKnown(found: readonly Found[], known: readonly string[]) {
  const keys = new Set(found.map(({ key }) => key));
  return {
    wrong: found.filter(({ key }) => !known.includes(key)).map(({ text }) => text),
    knownButRight: known.filter((key) => !keys.has(key)),
  };
}

export const nothingBeyond = Object.freeze({ wrong: [], knownButRight: [] });
