import type { Mutant } from "./mutant.js";
import { stormMutants } from "./storm-mutants.js";
import { wakeMutants } from "./wake-mutants.js";

const rings = "firmware/legal/rings";
const register = "firmware/legal/register";

const storageMutants: readonly Mutant[] = [
  {
    name: "erase-before-write",
    bug: "The sector that holds the newest record is erased to make room for the next.",
    file: `${rings}/sector-map.js`,
    find: "(head + step) % this.#area.sectorCount",
    replace: "(head + step - 1) % this.#area.sectorCount",
  },
  {
    name: "header-before-erase",
    bug: "A sector gets its header first and is erased afterwards.",
    file: `${rings}/sector-map.js`,
    find: "const isErased = this.erase(sector);",
    replace: "const isErased = this.writeHeader(sector) && this.erase(sector);",
  },
  {
    name: "no-erase-check",
    bug: "An erase is believed without looking whether the sector is blank.",
    soonest: "bad-blocks",
    file: `${rings}/sector-map.js`,
    find: "!flash.read(this.#area.slotAddress(sector, slot), page) || !isBlank(page)",
    replace: "!flash.read(this.#area.slotAddress(sector, slot), page)",
  },
  {
    name: "newest-by-position",
    bug: "The last sector counts as the newest, whatever its generation.",
    file: `${rings}/sector-map.js`,
    find: "while (age < generations.length && generations[age] >= generation)",
    replace: "while (false)",
  },
  {
    name: "no-crc",
    bug: "A record that isn't blank counts as valid.",
    file: `${rings}/record.js`,
    find: "return readUnsigned(bytes, crcOffset, 4) === crc32(bytes, crcOffset);",
    replace: "return readUnsigned(bytes, crcOffset, 4) !== 0xffffffff;",
  },
  {
    name: "no-blank-check",
    bug: "A slot is programmed without looking whether it is blank.",
    soonest: "flips",
    file: `${rings}/record-ring.js`,
    find: "if (!flash.read(address, slot) || !isBlank(slot))",
    replace: "if (!flash.read(address, slot))",
  },
  {
    name: "no-read-back",
    bug: "A record counts as stored without having been read back.",
    soonest: "bad-blocks",
    file: `${rings}/record-ring.js`,
    find: "return flash.program(address, record) && flash.read(address, slot) && areEqual(slot, record);",
    replace: "return flash.program(address, record);",
  },
  {
    name: "no-fresh-page",
    bug: "What was cut off is followed by the next record in the same page, and a cut there takes more along.",
    file: `${rings}/ring-start.js`,
    find: "return Math.ceil(slot / slotsPerPage) * slotsPerPage;",
    replace: "return slot;",
  },
  {
    name: "mirror-written-once",
    bug: "A log's records are stored in one half only.",
    file: `${rings}/mirrored-log.js`,
    find: "const inSecond = second.append(record) || (this.makeRoom(second, first, end) && second.append(record));",
    replace: "const inSecond = false;",
  },
  {
    name: "decision-not-written",
    bug: "What a start finds at the end of a log is not written down, and the next start may find something else.",
    soonest: "cuts",
    file: `${rings}/mirrored-log.js`,
    find: "if (!this.#first.found?.wasResumed || !this.#second.found?.wasResumed)",
    replace: "if (false)",
  },
  {
    name: "decision-not-alone",
    bug: "A record that overrules another shares its page with the next, and a cut there can take it away.",
    soonest: "nested",
    file: `${rings}/record-ring.js`,
    find: "if (this.#isNextAlone)",
    replace: "if (false)",
  },
  {
    name: "refused-record-shown",
    bug: "A record that the start has refused is shown when it can be read after all.",
    file: `${rings}/mirrored-log.js`,
    find: "sequenceOf(record) < expected || sequenceOf(record) > lastSequence",
    replace: "sequenceOf(record) < expected",
  },
  {
    name: "prepared-by-header",
    bug: "Whatever stands in front of the head counts as prepared, also a header that a cut has left behind.",
    soonest: "cuts",
    file: `${rings}/sector-map.js`,
    find: "if (isNextPrepared && index === 1)",
    replace: "if (index === 1)",
  },
];

const meteringMutants: readonly Mutant[] = [
  {
    name: "no-alternate-banks",
    bug: "All checkpoints go to the same bank.",
    soonest: "bad-blocks",
    file: `${register}/journal.js`,
    find: "const bank = sequence % 2 === 0 ? this.#even : this.#odd;",
    replace: "const bank = this.#even;",
  },
  {
    name: "cut-record-settled",
    bug: "A start takes the newest record for settled, though it may have been cut off, and be gone at the next.",
    soonest: "cuts",
    file: `${register}/journal.js`,
    find: "this.isSettled = this.#newestBank?.found?.wasResumed === true;",
    replace: "this.isSettled = true;",
  },
  {
    name: "numbers-begin-anew",
    bug: "Each start numbers its records from 1.",
    file: `${register}/journal.js`,
    find: "this.#nextSequence = lastSequence + 1;",
    replace: "this.#nextSequence = 1;",
  },
  {
    name: "baseline-not-stored",
    bug: "A record does not say where the pulse input's counter stood.",
    file: "firmware/legal/metering.js",
    find: "inputForward: this.#sample.forward & 0xffff",
    replace: "inputForward: 0",
  },
  {
    name: "period-not-saved",
    bug: "The first sequence number of a power period is only saved after the first checkpoint.",
    file: `${register}/recovery.js`,
    find: "isNew ? pulsesOf(newest) : undefined);\n        retained.save();",
    replace: "isNew ? pulsesOf(newest) : undefined);",
  },
  {
    name: "period-ignored",
    bug: "Every record's baseline is believed, also one from before a loss of power.",
    file: `${register}/recovery.js`,
    find: "newest !== undefined && newest.sequence >= period.firstSequence",
    replace: "newest !== undefined",
  },
  {
    name: "base-forgotten",
    bug: "A reset before a power period's first record counts on from whatever record it finds by then.",
    soonest: "nested",
    file: `${register}/recovery.js`,
    find: "Register.afterPowerLoss(period.basePulses ?? newest)",
    replace: "Register.afterPowerLoss(newest)",
  },
  {
    name: "torn-number-given-again",
    bug: "The number that a torn record carries is given to the next one.",
    soonest: "cuts",
    file: `${register}/journal.js`,
    find: "if (tornSlots > 0)",
    replace: "if (false)",
  },
  {
    name: "checkpoint-always-stored",
    bug: "A checkpoint that the flash refused is reported as stored.",
    soonest: "bad-blocks",
    file: "firmware/legal/metering.js",
    find: "return stored;",
    replace: "return true;",
  },
  {
    name: "billing-value-twice",
    bug: "A billing day's value is stored again when the day's was cut.",
    file: "firmware/legal/periodic/periodic-logs.js",
    find: "if (isBillingDay && !isTaken(this.months.newestEpochSeconds ?? 0, midnight))",
    replace: "if (isBillingDay)",
  },
];

const reportMutants: readonly Mutant[] = [
  {
    name: "watermark-before-acknowledgement",
    bug: "The watermark moves when a report is sent, not when it is acknowledged.",
    file: "firmware/uplink/outbox.js",
    find: "return { payload, source, lastSequence, isMore: lastSequence < newest };",
    replace:
      "const report = { payload, source, lastSequence, isMore: lastSequence < newest };\n        this.acknowledge(report);\n        return report;",
  },
  {
    name: "event-not-linked",
    bug: "The event after a restart is not linked to it.",
    file: "firmware/events/event-log.js",
    find: "bytes.set(digest.subarray(0, linkByteLength), linkOffset);",
    replace: "if (predecessor[1] !== 0) bytes.set(digest.subarray(0, linkByteLength), linkOffset);",
  },
];

/** Every planted bug; the six of the field's history are among them. */
export const mutants: readonly Mutant[] = Object.freeze([
  ...storageMutants,
  ...meteringMutants,
  ...reportMutants,
  ...stormMutants,
  ...wakeMutants,
]);
