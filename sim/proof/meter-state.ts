import { Ledger } from "./ledger.js";
import { ProofBoard } from "./proof-board.js";

/** Everything about one meter at one moment: cheap to copy, so that a run can go on in many ways from any of them. */
export class MeterState {
  readonly board = new ProofBoard();
  readonly ledger = new Ledger();
  /** The step of the script that is being made. */
  step = 0;
  /** How the meter wants to be woken. */
  untilTicks = 0;
  afterPulses = 0;
  /** A duty that failed is left alone until then. */
  dutyRestsUntilTicks = 0;
  /** False while sectors may be bad: then a refusal is no violation. */
  isFlashHealthy = true;
  /**
   * True from a cut until a run that a sleep came before: a log whose sectors are full of what cuts have left may refuse
   * meanwhile.
   */
  isStorm = false;
  /** The start that the log has refused, and that has to be told by the next run that a sleep came before. */
  owedStart: { readonly event: "power-on" | "reset"; readonly detail: number } | undefined;
  /** What one loss of power may take. */
  mostLossPulses = Infinity;
  /** True to compare all logs at the end, not only those that a cut has reached. */
  isThorough = false;
  /** Steps that the run makes after its last cut, before the meter has to show everything. */
  stepsAtEnd = 0;
  /** True to change settings at the end until every sector of theirs has been erased, if a cut has reached their log. */
  wearsSettings = false;
  /** Told what happens; undefined when nobody listens. */
  story: ((line: string) => void) | undefined;

  /** Pulses pass, and count from now on, whatever the meter makes of them. */
  passPulses(forward: number, reverse: number): void {
    this.board.passPulses(forward, reverse);
    this.ledger.count(forward, reverse);
  }

  /** The battery is taken out and put back; the retained memory may be lucky. */
  losePower(keepsRetained: boolean): void {
    this.board.losePower(keepsRetained);
    this.ledger.losePower();
    this.dutyRestsUntilTicks = 0;
  }

  copyFrom(other: MeterState): void {
    this.board.copyFrom(other.board);
    this.ledger.copyFrom(other.ledger);
    this.step = other.step;
    this.untilTicks = other.untilTicks;
    this.afterPulses = other.afterPulses;
    this.dutyRestsUntilTicks = other.dutyRestsUntilTicks;
    this.isFlashHealthy = other.isFlashHealthy;
    this.isStorm = other.isStorm;
    this.owedStart = other.owedStart;
    this.wearsSettings = other.wearsSettings;
    this.isThorough = other.isThorough;
    this.stepsAtEnd = other.stepsAtEnd;
    this.mostLossPulses = other.mostLossPulses;
  }
}
