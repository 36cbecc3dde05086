import type { Mutant } from "./mutant.js";

/** Bugs that show when starts are cut one after the other. */
export const stormMutants: readonly Mutant[] = Object.freeze([
  {
    name: "live-entry-not-kept",
    bug: "A sector of settings is erased though it holds entries that were not copied yet.",
    soonest: "storms",
    file: "firmware/legal/rings/entry-keeper.js",
    find: "return this.onlyIn(ring, sector).size > 0;",
    replace: "return false;",
  },
  {
    name: "magic-first",
    bug: "A settings sector counts as complete from its first record on, before the other entries are copied.",
    soonest: "storms",
    file: "firmware/legal/rings/entry-keeper.js",
    find: "if (!other || !areEqual(other.value, entry.value))",
    replace: "if (others.size === 0)",
  },
  {
    name: "history-for-nothing",
    bug: "The oldest records go for a sector full of what cut starts have left.",
    soonest: "storms",
    file: "firmware/legal/rings/sector-keeper.js",
    find: "return map.isInUse(sector) && !isWellFilled(ring) && recordsIn",
    replace: "return false && recordsIn",
  },
  {
    name: "head-renewed-alone",
    bug: "A half begins its head anew whether or not the other half holds what stands in it.",
    soonest: "storms",
    file: "firmware/legal/rings/sector-keeper.js",
    find: "return found === wanted.length;",
    replace: "return true;",
  },
  {
    name: "power-announced-late",
    bug: "That power came is noted with the register, when the settings have been opened already.",
    soonest: "storms",
    file: "firmware/meter.js",
    find: "announcePowerPeriod({ power, retained });",
    replace: "",
  },
  {
    name: "refused-start-untold",
    bug: "A start that the event log had no room for is never told.",
    soonest: "storms",
    file: "firmware/meter.js",
    find: "access.untoldStart = this.tellStart(start) ? 0 : start;",
    replace: "this.tellStart(start);",
  },
] as const);
