import type { Mutant } from "./mutant.js";

const meter = "firmware/meter.js";
const application = "firmware/main.js";
const slices = "firmware/storage/retained-slices.js";
const roster = "firmware/duties/duty-roster.js";

/** Bugs of a wake: of what it does in which order, of what it keeps for the next one, of its duties. */
export const wakeMutants: readonly Mutant[] = [
  {
    name: "nothing-recorded-at-wake",
    bug: "A wake does not record what is due before it does anything else.",
    file: meter,
    find: "this.metering.recordWhatIsDue();\n        this.noteStart();",
    replace: "this.noteStart();",
  },
  {
    name: "power-on-untold",
    bug: "That power came is not written into the event log.",
    file: meter,
    find: 'if (wakeCause === "power-on")\n            this.note("power-on", 0);',
    replace: "",
  },
  {
    name: "brown-out-untold",
    bug: "A brown-out is not written into the event log.",
    file: meter,
    find: "if (reset > 0)",
    replace: "if (reset > 1)",
  },
  {
    name: "flash-fault-untold",
    bug: "Flash that fails is not written into the event log.",
    soonest: "bad-blocks",
    file: meter,
    find: "if (failures > 0)",
    replace: "if (false)",
  },
  {
    name: "failure-forgotten",
    bug: "The run after one that failed does what is due, and may fail again.",
    file: meter,
    find: "this.logFailure(failure);\n            return undefined;",
    replace: "this.logFailure(failure);",
  },
  {
    name: "nothing-recorded-after-work",
    bug: "What has come due during a duty is left for later.",
    file: meter,
    find: "if (this.#hasWorked)",
    replace: "if (false)",
  },
  {
    name: "retained-not-saved",
    bug: "What a wake has learnt is not saved when it ends.",
    file: meter,
    find: "this.retained.save();\n        return request;",
    replace: "return request;",
  },
  {
    name: "duties-overslept",
    bug: "The meter sleeps through what its duties want.",
    file: meter,
    find: "untilTicks = Math.min(untilTicks, this.#roster.nextTicks);",
    replace: "",
  },
  {
    name: "not-begun",
    bug: "A wake goes right to its duties, and neither counts nor tells of the start.",
    file: application,
    find: "meter.begin();",
    replace: "",
  },
  {
    name: "work-not-awaited",
    bug: "The meter sleeps while its duties are at work.",
    file: application,
    find: "await work;",
    replace: "void work;",
  },
  {
    name: "sleep-as-after-failure",
    bug: "The meter always sleeps as one does that can't record.",
    file: application,
    find: "request = meter.end();",
    replace: "meter.end();\n        request = retryLater(hardware);",
  },
  {
    name: "power-on-believed",
    bug: "After a loss of power retained memory is believed if it looks right.",
    file: slices,
    find: 'const hasPower = wakeCause !== "power-on";',
    replace: "const hasPower = true;",
  },
  {
    name: "power-on-not-void",
    bug: "After a loss of power retained memory is only void once something is saved.",
    file: slices,
    find: "else\n            memory.write(this.bytes);",
    replace: "",
  },
  {
    name: "positions-after-reset",
    bug: "Where the logs stand is believed after a reset too, which may have cut a write.",
    soonest: "nested",
    file: slices,
    find: 'this.hasSlept = wakeCause === "timer" || wakeCause === "pulses" || wakeCause === "service";',
    replace: 'this.hasSlept = wakeCause !== "power-on";',
  },
  {
    name: "saved-unsealed",
    bug: "Retained memory is saved with the seals of the wake before.",
    file: slices,
    find: "sealSlice(this.bytes, retainedRooms[declaration.name].offset, declaration);",
    replace: ";",
  },
  {
    name: "seal-unchecked",
    bug: "Retained memory is believed without its seals.",
    file: slices,
    find: "this.#isBelieved && isSealedSlice(this.bytes, offset, declaration)",
    replace: "this.#isBelieved",
  },
  {
    name: "first-duty-ends-all",
    bug: "A duty that has nothing to do keeps those behind it from their turn.",
    file: roster,
    find: "continue;",
    replace: "break;",
  },
  {
    name: "duty-fault-ends-run",
    bug: "A duty that throws something takes the whole run with it.",
    file: roster,
    find: "if (error instanceof BrokenInvariant)",
    replace: "if (true)",
  },
  {
    name: "duty-fault-untold",
    bug: "A duty that has failed is not told of.",
    file: roster,
    find: 'this.#listener.dutyFailed(this.#declarations[index]?.name ?? "", index + 1, error);',
    replace: "",
  },
  {
    name: "no-rest",
    bug: "A duty that has failed is tried again at every wake.",
    file: roster,
    find: "this.#memory.note(index, failures, this.ticks + milliseconds);",
    replace: "this.#memory.note(index, failures, 0);",
  },
];
