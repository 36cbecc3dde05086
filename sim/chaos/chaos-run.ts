import { daySeconds } from "../../hal/base/time-units.js";
import { endpointName } from "../../firmware/uplink/session.js";
import { type MeterRecord } from "../../firmware/legal/register/meter-record.js";
import { water } from "../../firmware/products/water.js";
import { ApplicationFault } from "../chip/board/application-fault.js";
import { Board } from "../chip/board/board.js";
import { createHousehold } from "../world/demand/household.js";
import type { KnownBoard } from "../../manifests/boards/boards.js";
import type { EngineFactory } from "../chip/boundary/engine.js";
import { Random } from "../kernel/random.js";
import { Trace } from "../kernel/trace.js";
import { World } from "../kernel/world.js";
import { EventPump } from "../run/event-pump.js";
import { createFlash } from "../run/initial-flash.js";
import { buildMeterWorld, type MeterWorld, serialNumberOf } from "../run/meter-world.js";
import type { RunOptions } from "../run/run-options.js";
import { Truth } from "../run/truth.js";
import type { ChaosOptions, ChaosFaultKind, FaultSelection } from "./chaos-options.js";
import { FaultInjector } from "./fault-injector.js";
import { planFaults } from "./fault-plan.js";
import { FaultyChip } from "./faulty-chip.js";
import { ChaosFindings, type ChaosViolation } from "./findings.js";
import type { FaultPlan } from "./planned-fault.js";
import { ReverseFlow } from "./reverse-flow.js";
import { RunCheckers } from "./run-checkers.js";

/** 2026-01-01T00:00:00Z */
const startEpochSeconds = 1_767_225_600;
/** After the last pulse the wheel comes to rest; only then somebody presses the button for the closing report. */
const restSeconds = 2;
const closingSeconds = 48 * 3600;

export interface ChaosRunOptions {
  readonly seed: number;
  /** From 1 up; a run of less than 8 days has faults to its end and says nothing about convergence. */
  readonly days: number;
  readonly options: ChaosOptions;
  readonly selection: FaultSelection;
  readonly engine: EngineFactory;
  /** An ideal one unless given. */
  readonly board?: KnownBoard;
  /** Puts another record in the place of one the meter has written, for the checkers only: to prove that they look. */
  readonly tamper?: (record: MeterRecord, run: ChaosRun) => MeterRecord;
}

export interface ChaosResult {
  readonly seed: number;
  readonly days: number;
  readonly violations: readonly ChaosViolation[];
  /** Faults that struck, by kind. */
  readonly faults: ReadonlyMap<ChaosFaultKind, number>;
  readonly worstLossPulses: number;
  /** Pulses that passed while nothing could count them. */
  readonly uncountablePulses: number;
  /** Complaints of the head-end that a wrong clock explains. */
  readonly excusedComplaints: number;
  readonly traceHash: string;
}

/** One meter among the faults of one seed. */
export class ChaosRun {
  readonly plan: FaultPlan;
  readonly world = new World();
  readonly truth: Truth;
  readonly chip: FaultyChip;
  readonly meter: MeterWorld;
  readonly board: Board;
  readonly findings = new ChaosFindings(() => this.world.nowMicroseconds);
  readonly injector: FaultInjector;
  readonly #options: ChaosRunOptions;
  readonly #trace = new Trace();
  readonly #checkers: RunCheckers;

  constructor(given: ChaosRunOptions) {
    this.#options = given;
    const { seed, days } = given;
    this.plan = planFaults(seed, days, given.options, given.selection);
    const options = runOptions(given, this.plan);
    this.truth = new Truth(options.pulses, options.durationSeconds);
    const factory = createFlash(water, new Map());
    this.chip = new FaultyChip(factory);
    this.meter = buildMeterWorld(options, this.world, this.truth, factory);
    this.board = new Board({ ...this.meter.parts, flash: this.chip }, this.world, this.#trace);
    this.meter.connect(this.board);
    this.#checkers = new RunCheckers({
      run: this,
      startEpochSeconds,
      checkpointPulses: water.settings.checkpointPulses,
      checkpointMinimumSeconds: water.settings.checkpointMinimumSeconds,
      periodSeconds: water.settings.intervalSeconds,
      endpoint: endpointName(serialNumberOf(seed)),
      observe: (record) => given.tamper?.(record, this) ?? record,
    });
    this.injector = new FaultInjector({
      plan: this.plan,
      scheduler: this.world,
      random: new Random(`chaos ${seed}`).fork("torn flash"),
      board: this.board,
      meter: this.meter,
      chip: this.chip,
      witness: this.#checkers,
    });
    this.board.tap = this.#checkers.tap(this.injector);
  }

  /** Runs to the end, or to the firmware's; what it did wrong is among the violations. */
  async run(): Promise<ChaosResult> {
    const engine = await this.#options.engine(this.board.call);
    const pump = new EventPump(this.world, this.board, engine);
    try {
      this.#checkers.onPowerOn();
      this.board.powerOn();
      await pump.handleEvents();
      await this.#advance(pump);
      this.#checkers.finish();
    } catch (error) {
      if (!(error instanceof ApplicationFault)) throw error;
      const [firstLine = ""] = error.message.split("\n");
      this.findings.add("firmware", firstLine);
    } finally {
      engine.close();
    }
    return this.#result();
  }

  async #advance(pump: EventPump): Promise<void> {
    const endMicroseconds = this.plan.days * daySeconds * 1e6;
    await this.#runUntil(pump, endMicroseconds, () => false);
    if (this.plan.faultsEndSeconds * 1e6 === endMicroseconds) return;
    await this.#runUntil(pump, endMicroseconds + restSeconds * 1e6, () => false);
    this.board.pressServiceButton();
    await pump.handleEvents();
    await this.#runUntil(pump, endMicroseconds + closingSeconds * 1e6, () => this.#isClosed);
  }

  async #runUntil(pump: EventPump, untilMicroseconds: number, isOver: () => boolean): Promise<void> {
    const { world } = this;
    for (let next = world.nextMicroseconds; next !== undefined && next <= untilMicroseconds;) {
      const handled = pump.step();
      if (handled) await handled;
      if (isOver()) return;
      next = world.nextMicroseconds;
    }
  }

  /** True when the closing report was acknowledged and the meter sleeps again. */
  get #isClosed(): boolean {
    const latest = this.#checkers.readings?.latest?.epochSeconds ?? 0;
    return !this.board.isAwake && latest > startEpochSeconds + this.plan.days * daySeconds;
  }

  #result(): ChaosResult {
    const { seed, days } = this.plan;
    return {
      seed,
      days,
      violations: this.findings.violations,
      faults: this.injector.struck,
      worstLossPulses: this.findings.worstLossPulses,
      uncountablePulses: this.#checkers.uncountablePulses,
      excusedComplaints: this.#checkers.excusedComplaints,
      traceHash: this.#trace.digest(),
    };
  }
}

function runOptions({ seed, days, engine, board }: ChaosRunOptions, plan: FaultPlan): RunOptions {
  const random = new Random(seed).fork("demand");
  const household = createHousehold({ random, startEpochSeconds, persons: plan.persons });
  return {
    product: water,
    engine,
    ...(board && { board }),
    seed,
    startEpochSeconds,
    durationSeconds: days * daySeconds,
    pulses: plan.reverseEpisodes.length === 0 ? household : new ReverseFlow(household, plan.reverseEpisodes),
    driftPartsPerMillion: plan.driftPartsPerMillion,
    network: { outages: plan.outages },
    ...(plan.longestBounceMicroseconds !== undefined && {
      longestBounceMicroseconds: plan.longestBounceMicroseconds,
    }),
  };
}
