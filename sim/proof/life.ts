import { dayMilliseconds } from "../../hal/base/time-units.js";
import type { Meter } from "../../firmware/meter.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { ProofMeter } from "./proof-meter.js";
import { ProofWork } from "./proof-work.js";
import type { ResetKind, Script, Step } from "./script.js";
import { mustVerify, verifyLogs } from "./verification.js";

/** Pulses that pass while a meter is restarted. */
const pulsesWhileRestarting = 1;

/** A meter that goes through a script, from wherever its state says. */
export class Life {
  readonly #state: MeterState;
  readonly #script: Script;
  readonly #meter: ProofMeter;
  readonly #work: ProofWork;

  constructor(state: MeterState, script: Script) {
    this.#state = state;
    this.#script = script;
    this.#meter = new ProofMeter(state);
    this.#work = new ProofWork(state);
  }

  /** The first start ever; what is set here is never set again. */
  async begin(): Promise<void> {
    this.#state.losePower(false);
    await this.#meter.run("power-on", (meter) => {
      this.#work.change(meter, settingTable.startSpreadSeconds.id, 120);
    });
  }

  /** Makes at most `count` further steps; false when the script has ended. */
  async advance(count: number): Promise<boolean> {
    const { story } = this.#state;
    for (let made = 0; made < count; made++) {
      const step = this.#script[this.#state.step];
      if (!step) return false;
      story?.(`step ${this.#state.step}: ${stepText(step)}`);
      await this.#make(step);
      this.#state.step++;
    }
    return true;
  }

  /** The step at hand was cut off: the meter restarts, and the script goes on behind that step. */
  async restart(reset: ResetKind): Promise<void> {
    this.#state.step++;
    this.#state.story?.(`${reset}: the meter restarts`);
    if (reset === "brown-out" && this.#state.isThorough) await this.#showAndLosePower();
    else await this.#restart(reset);
  }

  /**
   * No pulse passes until the meter has told somebody what it shows, and then the battery is changed: what it had found
   * in a record that was being written must still be there.
   */
  async #showAndLosePower(): Promise<void> {
    const { ledger } = this.#state;
    await this.#meter.run("brown-out", ({ metering }) => {
      metering.commit("reading");
      if (!ledger.isRefused) ledger.commit();
    });
    await this.#restart("power");
  }

  /** The end: it counts on, and after one more loss of power everything that was promised must be there. */
  async finish(): Promise<void> {
    const { ledger } = this.#state;
    this.#pass(3, 1);
    await this.#meter.run("timer", ({ metering }) => {
      metering.checkpoint("before-radio");
    });
    require(!this.#state.isFlashHealthy || ledger.committed === ledger.expected, "store-refused", () =>
      "the meter counts no longer");
    this.#state.losePower(false);
    await this.#meter.look("power-on", (meter) => {
      verifyLogs(this.#state, meter);
      if (mustVerify(this.#state, "delivery")) this.#work.openDelivery(meter);
    });
    if (mustVerify(this.#state, "settings")) this.#work.verifySettings();
  }

  async #make(step: Step): Promise<void> {
    const { board } = this.#state;
    switch (step.kind) {
      case "flow":
        await this.#flow(step.forward, step.reverse, step.seconds);
        break;
      case "wait":
        board.wait(millisecondsUntil(step.until, board.epochMilliseconds) + step.lateSeconds * 1000);
        await this.#meter.run("timer");
        break;
      case "contact":
        await this.#meter.run("timer", (meter) => {
          this.#work.contact(meter, step.pulses, step.isAcknowledged);
        });
        break;
      case "setting":
        await this.#meter.run("timer", (meter) => {
          this.#work.change(meter, step.id, step.value);
        });
        break;
      case "visit":
        await this.#meter.run("timer", (meter) => {
          this.#work.visit(meter, step.rounds);
        });
        break;
      case "valve":
        await this.#meter.run("timer", (meter) => {
          this.#work.moveValve(meter, step.isOpen);
        });
        break;
      case "supply":
        board.batteryMillivolts = step.millivolts;
        break;
      case "reset":
        await this.#reset(step.reset);
    }
  }

  /** In the middle of a run, of which nothing is saved. */
  async #reset(reset: ResetKind): Promise<void> {
    await this.#meter.look("timer");
    await this.#restart(reset);
  }

  async #restart(reset: ResetKind): Promise<void> {
    const { ledger, board } = this.#state;
    const isPowerLost = reset === "power" || reset === "glitch";
    if (isPowerLost) this.#state.losePower(reset === "glitch");
    else this.#pass(pulsesWhileRestarting, 0);
    if (reset === "damage") board.damageRetained();
    if (reset === "crash") await this.#crash();
    else await this.#meter.run(isPowerLost ? "power-on" : "brown-out");
    require(!this.#state.isFlashHealthy ||
      ledger.committed.forward <= ledger.expected.forward, "above-truth", () =>
      "more is stored than was counted");
  }

  /** The run after a failure leaves the work; then the duty itself fails, and is left alone for a while. */
  async #crash(): Promise<void> {
    const work = ({ metering }: Meter): void => {
      metering.checkpoint("before-radio");
      // Not before it ends the meter counts this one.
      this.#pass(1, 0);
    };
    const failure = { module: "sim/proof", reason: "the application fails" };
    await this.#meter.run("software", work, { failure });
    await this.#meter.run("timer", work, { isThrown: true });
    await this.#meter.run("timer", work, { isResting: true });
  }

  /** Pulse after pulse, with the wakes that the meter has asked for. */
  async #flow(forward: number, reverse: number, seconds: number): Promise<void> {
    const { board } = this.#state;
    const count = forward + reverse;
    const spacing = Math.floor((seconds * 1000) / Math.max(1, count));
    let passed = 0;
    for (let index = 0; index < count; index++) {
      const arrival = board.ticks + spacing;
      while (this.#state.untilTicks <= arrival) {
        board.wait(Math.max(0, this.#state.untilTicks - board.ticks));
        await this.#meter.run("timer");
        passed = 0;
      }
      board.wait(Math.max(0, arrival - board.ticks));
      this.#pass(index < forward ? 1 : 0, index < forward ? 0 : 1);
      passed++;
      if (this.#state.afterPulses === 0 || passed < this.#state.afterPulses) continue;
      await this.#meter.run("pulses");
      passed = 0;
    }
  }

  #pass(forward: number, reverse: number): void {
    this.#state.passPulses(forward, reverse);
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
