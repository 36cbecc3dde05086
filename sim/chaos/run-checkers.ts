import { daySeconds } from "../../hal/base/time-units.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { CallTap } from "../chip/board/board.js";
import { Operation } from "../chip/boundary/port.js";
import { exportEventLog } from "../run/event-log/export.js";
import { verifyEventLog } from "../run/event-log/verify.js";
import type { FaultyFlash, FlashChange } from "../world/flash/faulty-flash.js";
import type { Readings } from "../head-end/readings.js";
import type { Scheduler } from "../kernel/world.js";
import type { MeterWorld } from "../run/meter-world.js";
import type { Truth } from "../run/truth.js";
import { ClockWitness } from "./clock-witness.js";
import { ConvergenceChecker } from "./convergence-checker.js";
import type { FaultInjector, FaultWitness } from "./fault-injector.js";
import type { FaultyChip } from "./faulty-chip.js";
import type { ChaosFindings } from "./findings.js";
import { FlashWitness, holdsRecordOf, journalledRegisters } from "./flash-witness.js";
import { HeadEndChecker } from "./head-end-checker.js";
import { IntervalChecker } from "./interval-checker.js";
import { MagnetChecker } from "./magnet-checker.js";
import type { FaultPlan } from "./planned-fault.js";
import { PulseInputChecker } from "./pulse-input-checker.js";
import { RegisterChecker } from "./register-checker.js";

/** While a report is under way, the meter looks after its register at least this often. */
const recordingSeconds = 10;
/** From the pulse's end until it is counted, and back in whole seconds. */
const marginSeconds = 2;
const reportingDays = 3;

/** A meter among faults, as far as its checkers look at it. */
export interface CheckedRun {
  readonly plan: FaultPlan;
  readonly world: Scheduler;
  readonly truth: Truth;
  readonly chip: FaultyChip;
  readonly meter: MeterWorld;
  readonly findings: ChaosFindings;
}

export interface RunCheckersOptions {
  readonly run: CheckedRun;
  readonly startEpochSeconds: number;
  readonly checkpointPulses: number;
  readonly checkpointMinimumSeconds: number;
  readonly periodSeconds: number;
  readonly endpoint: string;
  readonly observe: (record: MeterRecord) => MeterRecord;
}

/** All checkers of a run, told of whatever concerns them. */
export class RunCheckers implements FaultWitness {
  readonly #options: RunCheckersOptions;
  readonly #clock: ClockWitness;
  readonly #register: RegisterChecker;
  readonly #pulseInput: PulseInputChecker;
  readonly #intervals: IntervalChecker;
  readonly #headEnd: HeadEndChecker;
  readonly #magnet: MagnetChecker;
  readonly #convergence: ConvergenceChecker;
  readonly #flash: FlashWitness;
  #isPowered = false;
  #isMagnetHeld = false;

  constructor(options: RunCheckersOptions) {
    this.#options = options;
    const { run, startEpochSeconds, periodSeconds, checkpointPulses, checkpointMinimumSeconds } = options;
    const { world: scheduler, truth, findings, chip, meter, plan } = run;
    const { input } = meter;
    const readings = (): Readings | undefined => this.readings;
    this.#clock = new ClockWitness(meter.parts.clock, scheduler, startEpochSeconds, periodSeconds);
    this.#register = new RegisterChecker({
      scheduler,
      input,
      truth,
      findings,
      journal: chip.partition("journal"),
      checkpointPulses,
      checkpointSeconds: checkpointMinimumSeconds + recordingSeconds + marginSeconds,
    });
    const turnabouts = 2 * plan.reverseEpisodes.length;
    this.#pulseInput = new PulseInputChecker({ scheduler, input, truth, findings, turnabouts });
    this.#intervals = new IntervalChecker({
      findings,
      periodSeconds,
      readings,
      isReadable: (date) => holdsRecordOf(chip.partition("intervals"), date),
    });
    this.#headEnd = new HeadEndChecker(this.#clock, findings);
    this.#magnet = new MagnetChecker({ scheduler, input, findings, events: chip.partition("events") });
    this.#convergence = new ConvergenceChecker({
      scheduler,
      findings,
      startEpochSeconds,
      faultsEndSeconds: plan.faultsEndSeconds,
      reportingDays,
      readings,
      clockErrorSeconds: () => this.#clock.errorSeconds,
    });
    this.#flash = this.#witnessFlash();
    this.#witnessHeadEnd();
  }

  /** What the head-end knows of the meter; undefined before it registered. */
  get readings(): Readings | undefined {
    return this.#options.run.meter.headEnd.device(this.#options.endpoint);
  }

  get uncountablePulses(): number {
    return this.#pulseInput.uncountedPulses;
  }

  get excusedComplaints(): number {
    return this.#headEnd.excused;
  }

  /** The boundary between meter and board, with the injector's faults and these checkers on it. */
  tap(injector: FaultInjector): CallTap {
    return {
      before: (operation) => {
        if (operation === Operation.setWallTime) this.#clock.beforeChange();
        injector.onCall(operation);
      },
      after: (operation, a, b, bytes, result) => {
        if (operation === Operation.setWallTime) this.#clock.afterChange();
        if (operation === Operation.flashProgram && result === 1 && bytes)
          this.#flash.onProgrammed(a, b, bytes);
      },
    };
  }

  onTorn(change: FlashChange): void {
    this.#flash.onTorn(change);
  }

  onPowerOff(): void {
    this.#isPowered = false;
    this.#clock.beforeChange();
    this.#pulseInput.powerOff();
    this.#magnet.powerOff();
    this.#register.powerOff();
  }

  onPowerOn(): void {
    this.#isPowered = true;
    this.#clock.afterChange();
    this.#pulseInput.powerOn(this.#isMagnetHeld);
    this.#magnet.powerOn();
    this.#register.powerOn();
  }

  onMagnet(isHeld: boolean): void {
    this.#isMagnetHeld = isHeld;
    this.#pulseInput.onMagnet();
    this.#magnet.onMagnet(isHeld);
  }

  onSpoilt(flash: FaultyFlash): void {
    if (flash.label === "journal") this.#register.onJournalSpoilt();
  }

  /** The final account. */
  finish(): void {
    const { plan, truth, world } = this.#options.run;
    const now = world.nowMicroseconds;
    this.#intervals.finish(truth.forwardPulsesAt(now));
    this.#checkEventLog();
    if (this.#isPowered) this.#pulseInput.powerOff();
    if (plan.faultsEndSeconds < plan.days * daySeconds) {
      this.#convergence.finish();
      this.#checkClosing();
    }
  }

  /** After the closing report, register, flash and head-end agree. */
  #checkClosing(): void {
    const { findings, chip } = this.#options.run;
    const counted = this.#register.registers;
    const stored = journalledRegisters(chip.partition("journal"));
    for (const register of ["forwardPulses", "reversePulses"] as const) {
      const known = this.readings?.latest?.[register];
      if (known !== counted[register] || stored[register] !== counted[register])
        findings.add(
          "convergence",
          `${register} at the end: ${counted[register]} counted, ${stored[register]} stored, ${known ?? "none"} at the head-end`,
        );
    }
  }

  #checkEventLog(): void {
    const { chip, findings } = this.#options.run;
    const log = exportEventLog(chip.partition("events").copy(), this.#options.endpoint);
    for (const problem of verifyEventLog(JSON.stringify(log)).problems) findings.add("events", problem);
  }

  #witnessFlash(): FlashWitness {
    const flash = new FlashWitness(this.#options.run.chip, {
      onJournal: (record) => {
        this.#register.onJournal(record);
        this.#magnet.onJournal(record);
      },
      onTornJournal: (record) => {
        this.#register.onTornJournal(record);
      },
      onNewInterval: (record) => {
        this.#register.onNewInterval(record);
      },
      onInterval: (record) => {
        this.#register.onInterval(record);
        this.#intervals.onInterval(record);
        this.#convergence.onInterval(record.sequence);
      },
      onTornInterval: (record) => {
        this.#intervals.onTornInterval(record);
      },
      onWatermark: (sequence) => {
        this.#intervals.onWatermark(sequence);
        this.#convergence.onWatermark(sequence);
      },
    });
    flash.observe = this.#options.observe;
    return flash;
  }

  #witnessHeadEnd(): void {
    const { headEnd } = this.#options.run.meter;
    headEnd.onFault = (fault) => {
      this.#headEnd.onFault(fault);
    };
    headEnd.onReport = (report) => {
      this.#intervals.onReport(report);
      if (report.now) this.#register.onTold(report.now.index.forward);
    };
  }
}
