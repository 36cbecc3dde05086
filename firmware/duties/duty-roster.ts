import { BrokenInvariant } from "../../hal/base/invariant.js";
import { stackBase } from "../../hal/base/stack-base.js";
import { dayMilliseconds } from "../../hal/base/time-units.js";
import type { Duty, DutyDeclaration, DutyMeter } from "./duty.js";
import { DutyMemory } from "./duty-memory.js";

/** A duty that threw something rests so long, twice as long after each further time in a row, up to a day. */
const restMilliseconds = 3_600_000;
const longestRestMilliseconds = dayMilliseconds;

/** What the roster tells whoever made it. */
export interface DutyListener {
  /** A duty begins: until all have ended, others need the meter's attention too. */
  dutyBegins(): void;
  /** `place` is the duty's among the declarations, from 1. */
  dutyFailed(name: string, place: number, error: unknown): void;
}

/**
 * The meter's duties in their order of priority. Each is a failure domain of its own: one that throws is told of and
 * rests, at most six times on a first day and once a day from then on, and the others go on.
 */
export class DutyRoster {
  #meter: DutyMeter;
  #listener: DutyListener;
  #declarations: readonly DutyDeclaration[];
  #names: readonly string[];
  /** In the places of their declarations; undefined for one that this meter has not got. Made when they are needed. */
  #duties: readonly (Duty | undefined)[] | undefined;
  #memory: DutyMemory;
  #nextTicks: number | undefined;

  /**
   * Most wakes have nothing due, and learn that from retained memory.
   * @param names those of the declarations that the product has
   */
  constructor(
    meter: DutyMeter,
    declarations: readonly DutyDeclaration[],
    names: readonly string[],
    listener: DutyListener,
  ) {
    this.#meter = meter;
    this.#listener = listener;
    this.#declarations = declarations;
    this.#names = names;
    this.#memory = new DutyMemory(meter.retained);
  }

  /** True when one of them has something to do. */
  get isDue(): boolean {
    return this.ticks >= this.nextTicks;
  }

  /** Ticks at which one of them has something to do next; Infinity when none ever has. */
  get nextTicks(): number {
    this.#nextTicks ??= this.#memory.nextTicks || this.findNextTicks();
    return this.#nextTicks;
  }

  /** After a reset, and whenever something may have changed that decides when a duty is due. */
  reconsider(): void {
    this.#nextTicks = undefined;
    this.#memory.nextTicks = 0;
    this.#duties ??= this.createAll();
  }

  /** Has the wakes to come believe what this one has found. */
  keepNextTicks(): void {
    const { nextTicks } = this;
    if (this.#memory.nextTicks === 0 && nextTicks < Infinity) this.#memory.nextTicks = nextTicks;
  }

  private findNextTicks(): number {
    const duties = (this.#duties ??= this.createAll());
    let ticks = Infinity;
    for (let index = 0; index < duties.length; index++) {
      const duty = duties[index];
      const restTicks = this.#memory.restUntilTicks(index);
      if (duty) ticks = Math.min(ticks, Math.max(duty.nextTicks, restTicks));
      // One that rests was not made: it is asked when its rest is over.
      else if (restTicks > this.ticks) ticks = Math.min(ticks, restTicks);
    }
    return ticks;
  }

  /** Runs those that are due, one after the other. */
  async run(hasVisitor: boolean): Promise<void> {
    this.reconsider();
    for (let index = 0; index < this.#declarations.length; index++) {
      const duty = this.#duties?.[index];
      if (!duty || !(this.isDueAt(duty, index) || (hasVisitor && this.#declarations[index]?.followsVisit)))
        continue;
      this.#listener.dutyBegins();
      try {
        // Duties go deep.
        await stackBase();
        await duty.run();
        if (this.#memory.failures(index) > 0) this.#memory.note(index, 0, 0);
      } catch (error) {
        // What can't be must not go on.
        if (error instanceof BrokenInvariant) throw error;
        this.rest(index, error);
      }
    }
  }

  private createAll(): readonly (Duty | undefined)[] {
    const duties: (Duty | undefined)[] = [];
    for (let index = 0; index < this.#declarations.length; index++) {
      const declaration = this.#declarations[index] as DutyDeclaration;
      duties.push(this.#names.includes(declaration.name) ? this.create(declaration, index) : undefined);
    }
    return duties;
  }

  /** One that can't even be made has failed too; one that rests is not made at all. */
  private create(declaration: DutyDeclaration, index: number): Duty | undefined {
    if (this.#memory.restUntilTicks(index) > this.ticks) return undefined;
    try {
      return declaration.create(this.#meter);
    } catch (error) {
      this.rest(index, error);
      return undefined;
    }
  }

  private isDueAt(duty: Duty, index: number): boolean {
    return this.#memory.restUntilTicks(index) <= this.ticks && duty.isDue;
  }

  private rest(index: number, error: unknown): void {
    const failures = this.#memory.failures(index) + 1;
    const milliseconds = Math.min(longestRestMilliseconds, restMilliseconds * 2 ** (failures - 1));
    this.#memory.note(index, failures, this.ticks + milliseconds);
    this.#meter.retained.save();
    this.#listener.dutyFailed(this.#declarations[index]?.name ?? "", index + 1, error);
  }

  private get ticks(): number {
    return this.#meter.hardware.clock.ticks;
  }
}
