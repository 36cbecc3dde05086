import { dayMilliseconds } from "../../hal/base/time-units.js";
import { Outbox } from "../../firmware/uplink/outbox.js";
import type { ReadingSource } from "../../firmware/readings/reading.js";
import type { MeterStatus } from "../../firmware/readings/meter-status.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { water } from "../../firmware/products/water.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { provenSettings, type OpenMeter, ProofMeter } from "./proof-meter.js";
import type { ResetKind, Script, Step } from "./script.js";
import { mustVerify, verifyLogs } from "./verification.js";

/** Pulses that pass while a meter is restarted. */
const pulsesWhileRestarting = 1;
/** Changes of settings, each at a start of its own, in which the store's ring goes round. */
const changesUntilErased = 60;

/** A meter that goes through a script, from wherever its state says. */
export class Life {
  readonly #state: MeterState;
  readonly #script: Script;
  readonly #meter: ProofMeter;

  constructor(state: MeterState, script: Script) {
    this.#state = state;
    this.#script = script;
    this.#meter = new ProofMeter(state);
  }

  /** The first start ever; what is set here is never set again. */
  begin(): void {
    this.#state.board.losePower(false);
    this.#meter.run("power-on", (meter) => {
      this.#change(meter, settingTable.startSpreadSeconds.id, 120);
    });
  }

  /** Makes at most `count` further steps; false when the script has ended. */
  advance(count: number): boolean {
    const { story } = this.#state;
    for (let made = 0; made < count; made++) {
      const step = this.#script[this.#state.step];
      if (!step) return false;
      story?.(`step ${this.#state.step}: ${stepText(step)}`);
      this.#make(step);
      this.#state.step++;
    }
    return true;
  }

  /** The step at hand was cut off: the meter restarts, and the script goes on behind that step. */
  restart(reset: ResetKind): void {
    this.#state.step++;
    this.#state.story?.(`${reset}: the meter restarts`);
    this.#restart(reset);
  }

  /** The end: it counts on, and after one more loss of power everything that was promised must be there. */
  finish(): void {
    const { ledger, board } = this.#state;
    this.#pass(3, 1);
    this.#meter.run("timer", (meter) => {
      this.#meter.checkpoint(meter);
    });
    require(!this.#state.isFlashHealthy || ledger.committed === ledger.expected, "store-refused", () =>
      "the meter counts no longer");
    board.losePower(false);
    const meter = this.#meter.look("power-on");
    verifyLogs(this.#state, meter);
    if (mustVerify(this.#state, "delivery")) this.#meter.openDelivery(meter);
    if (mustVerify(this.#state, "settings")) this.#verifySettings();
  }

  /** In some runs as many changes follow as it takes for every sector to be erased: none may take one along. */
  #verifySettings(): void {
    this.#meter.openSettings();
    if (!this.#state.wearsSettings) return;
    for (let change = 0; change < changesUntilErased; change++)
      this.#store(settingTable.retriesPerDay.id, change);
    this.#meter.openSettings();
  }

  #make(step: Step): void {
    const { board } = this.#state;
    switch (step.kind) {
      case "flow":
        this.#flow(step.forward, step.reverse, step.seconds);
        break;
      case "wait":
        board.wait(millisecondsUntil(step.until, board.epochMilliseconds) + step.lateSeconds * 1000);
        this.#meter.run("timer");
        break;
      case "contact":
        this.#meter.run("timer", (meter) => {
          this.#contact(meter, step.pulses, step.isAcknowledged);
        });
        break;
      case "setting":
        this.#meter.run("service", (meter) => {
          this.#change(meter, step.id, step.value);
        });
        break;
      case "visit":
        this.#meter.run("service", (meter) => {
          this.#visit(meter, step.rounds);
        });
        break;
      case "valve":
        this.#meter.run("timer", (meter) => {
          this.#moveValve(meter, step.isOpen);
        });
        break;
      case "supply":
        board.batteryMillivolts = step.millivolts;
        break;
      case "reset":
        this.#reset(step.reset);
    }
  }

  /** In the middle of a run, of which nothing is saved. */
  #reset(reset: ResetKind): void {
    this.#meter.look("timer");
    this.#restart(reset);
  }

  #restart(reset: ResetKind): void {
    const { board, ledger } = this.#state;
    if (reset === "brown-out") this.#pass(pulsesWhileRestarting, 0);
    else board.losePower(reset === "glitch");
    this.#meter.run(reset === "brown-out" ? "brown-out" : "power-on");
    require(!this.#state.isFlashHealthy ||
      ledger.committed.forward <= ledger.expected.forward, "above-truth", () =>
      "more is stored than was counted");
  }

  /** Pulse after pulse, with the wakes that the meter has asked for. */
  #flow(forward: number, reverse: number, seconds: number): void {
    const { board } = this.#state;
    const count = forward + reverse;
    const spacing = Math.floor((seconds * 1000) / Math.max(1, count));
    let passed = 0;
    for (let index = 0; index < count; index++) {
      const arrival = board.ticks + spacing;
      while (this.#state.untilTicks <= arrival) {
        board.wait(Math.max(0, this.#state.untilTicks - board.ticks));
        this.#meter.run("timer");
        passed = 0;
      }
      board.wait(Math.max(0, arrival - board.ticks));
      this.#pass(index < forward ? 1 : 0, index < forward ? 0 : 1);
      passed++;
      if (this.#state.afterPulses === 0 || passed < this.#state.afterPulses) continue;
      this.#meter.run("pulses");
      passed = 0;
    }
  }

  #pass(forward: number, reverse: number): void {
    this.#state.board.passPulses(forward, reverse);
    this.#state.ledger.count(forward, reverse);
  }

  #contact(meter: OpenMeter, pulses: number, isAcknowledged: boolean): void {
    const { ledger, story, board } = this.#state;
    this.#meter.checkpoint(meter);
    meter.retained.save();
    this.#meter.setTime(meter);
    this.#pass(pulses, 0);
    // What is reported is stored first: otherwise an acknowledged index could be lost with the battery.
    this.#meter.commit(meter);
    const { metering } = meter;
    const delivery = this.#meter.openDelivery(meter);
    const outbox = new Outbox({
      metering,
      delivery,
      product: water,
    });
    const report = outbox.next(this.#source(metering));
    if (!isAcknowledged) return;
    const { forwardPulses, reversePulses } = report.source.status;
    const acknowledged = {
      intervalSequence: report.lastSequence,
      forward: forwardPulses,
      reverse: reversePulses,
    };
    ledger.pendingWatermarks.push(acknowledged);
    const isStored = outbox.acknowledge(report);
    story?.(`acknowledged up to interval ${report.lastSequence} at ${board.ticks} ms`);
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => "the watermark was refused");
    if (isStored) ledger.watermark = acknowledged;
    ledger.pendingWatermarks = [];
  }

  #source(metering: OpenMeter["metering"]): ReadingSource {
    const { pulseWeightMillilitres } = provenSettings;
    const status = this.#status(metering);
    return { status, serialNumber: "", productName: water.name, pulseWeightMillilitres, lastContact: 0 };
  }

  #status(metering: OpenMeter["metering"]): MeterStatus {
    const { board } = this.#state;
    return {
      epochSeconds: Math.floor(board.epochMilliseconds / 1000),
      forwardPulses: metering.forwardPulses,
      reversePulses: metering.reversePulses,
      batteryMillivolts: board.batteryMillivolts,
      errorCode: 0,
      isValveOpen: undefined,
    };
  }

  #visit(meter: OpenMeter, rounds: number): void {
    for (let round = 0; round < rounds; round++) {
      this.#change(meter, settingTable.retriesPerDay.id, round);
      this.#moveValve(meter, round % 2 === 0);
      this.#contact(meter, 1, true);
    }
  }

  #change(meter: OpenMeter, id: number, value: number): void {
    const { events, settingsMemory } = meter;
    this.#store(id, value, meter);
    this.#state.story?.(`setting ${id} is ${value} now`);
    settingsMemory.hasPlainSettings = false;
    this.#meter.note(events, "setting-changed", id);
  }

  #store(id: number, value: number, meter?: OpenMeter): void {
    const { ledger } = this.#state;
    const store = this.#meter.openSettings(meter);
    ledger.pendingSettings.push({ id, value });
    const isStored = store.store(id, value);
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => `setting ${id} was refused`);
    if (isStored) ledger.settings.set(id, value);
    ledger.pendingSettings = [];
  }

  #moveValve(meter: OpenMeter, isOpen: boolean): void {
    this.#meter.checkpoint(meter, (metering) => metering.recordValveStart());
    this.#meter.checkpoint(meter, (metering) => metering.recordValveEnd(isOpen ? "open" : "closed"));
    this.#meter.note(meter.events, "valve-moved", isOpen ? 1 : 0);
  }
}

export function stepText(step: Step): string {
  return Object.values(step).join(" ");
}

/** From `epochMilliseconds` to the end of its hour, day or month (UTC). */
function millisecondsUntil(until: "hour" | "day" | "month", epochMilliseconds: number): number {
  if (until === "month") {
    const date = new Date(epochMilliseconds);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - epochMilliseconds;
  }
  const period = until === "hour" ? 3_600_000 : dayMilliseconds;
  return period - (epochMilliseconds % period);
}
