import type { Board } from "../chip/board/board.js";
import { PowerCut } from "../chip/boundary/power-cut.js";
import { waysOf } from "../world/flash/cut-ways.js";
import type { FaultyFlash, FlashChange } from "../world/flash/faulty-flash.js";
import type { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import type { NetworkConditions } from "../world/network/network-conditions.js";
import type { MeterWorld } from "../run/meter-world.js";
import type { ChaosFaultKind } from "./chaos-options.js";
import type { FaultyChip } from "./faulty-chip.js";
import type { FaultAction, FaultPlan, Moment, NestedCut } from "./planned-fault.js";
import { Triggers } from "./triggers.js";

/** Who has to know when power, a magnet or the flash changes. */
export interface FaultWitness {
  /** Power or a reset has struck in the middle of this operation. */
  onTorn(change: FlashChange): void;
  onPowerOff(): void;
  onPowerOn(): void;
  onMagnet(isHeld: boolean): void;
  onSpoilt(flash: FaultyFlash): void;
}

export interface FaultInjectorOptions {
  readonly plan: FaultPlan;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly board: Board;
  readonly meter: MeterWorld;
  readonly chip: FaultyChip;
  readonly witness: FaultWitness;
}

/** How datagrams fare between modem and head-end. */
type DatagramTravel = Pick<
  NetworkConditions,
  "uplinkLossOdds" | "downlinkLossOdds" | "duplicationOdds" | "uplinkMilliseconds" | "downlinkMilliseconds"
>;

/** A warned reset comes so long after its warning. */
const warnedResetSeconds = 0.01;

/** Carries out a plan. */
export class FaultInjector {
  /** Faults that struck, by kind. */
  readonly struck = new Map<ChaosFaultKind, number>();
  readonly #options: FaultInjectorOptions;
  readonly #triggers: Triggers;
  /** As they are without faults. */
  readonly #normal: DatagramTravel;
  #isMagnetHeld = false;
  #magnets = 0;
  #simLosses = 0;
  #clockJumps = 0;
  #valveJams = 0;

  constructor(options: FaultInjectorOptions) {
    this.#options = options;
    const { plan, scheduler, chip, meter } = options;
    this.#normal = travelOf(meter.network.conditions);
    this.#triggers = new Triggers(scheduler);
    for (const flash of chip.partitions)
      flash.onChange = (change) => {
        this.#triggers.onFlashChange(change);
      };
    this.#begin(plan);
    for (const fault of plan.faults)
      scheduler.schedule(fault.atSeconds * 1e6, () => {
        this.#act(fault);
      });
    scheduler.schedule(plan.faultsEndSeconds * 1e6, () => {
      this.#end();
    });
  }

  /** To be called before each operation of the application. @throws {PowerCut} when the moment of a fault has come. */
  onCall(operation: number): void {
    this.#triggers.onCall(operation);
  }

  /** The conditions that hold from the beginning until faults end. */
  #begin({ datagrams, counts }: FaultPlan): void {
    for (const kind of ["outages", "reverseFlow", "datagramFaults", "crystalDrift", "reedBounce"] as const)
      this.struck.set(kind, counts.get(kind) ?? 0);
    if (!datagrams) return;
    const delay = { low: 750, high: datagrams.longestDelaySeconds * 1000 };
    this.#options.meter.network.change({
      uplinkLossOdds: datagrams.uplinkLossOdds,
      downlinkLossOdds: datagrams.downlinkLossOdds,
      duplicationOdds: datagrams.duplicationOdds,
      uplinkMilliseconds: delay,
      downlinkMilliseconds: delay,
    });
  }

  #end(): void {
    const { meter } = this.#options;
    this.#triggers.end();
    meter.network.change(this.#normal);
    meter.network.clockErrorMilliseconds = 0;
    meter.modem.seatSim(true);
    meter.valve.faults = {};
    this.#holdMagnet(false);
    this.#powerOn([]);
  }

  #act(fault: FaultAction): void {
    switch (fault.what) {
      case "cut":
        this.#armCut(fault);
        break;
      case "reset":
        this.#armReset(fault);
        break;
      case "bad-sector":
        this.#spoil(fault);
        break;
      case "freeze":
      case "garbage":
      case "head-end":
        this.#triggers.arm(fault.moment, () => {
          this.#count(fault.kind);
          this.#disturb(fault);
        });
        break;
      default:
        this.#count(fault.kind);
        this.#last(fault);
    }
  }

  #disturb(fault: FaultAction): void {
    const { board, meter } = this.#options;
    if (fault.what === "freeze") meter.modem.freeze();
    if (fault.what === "garbage") board.uarts.get("modem")?.input(fault.bytes);
    if (fault.what === "head-end") meter.headEnd.restart();
  }

  /** Faults that last for a while; of two that overlap, the later decides. */
  #last(fault: FaultAction): void {
    const { meter } = this.#options;
    if (fault.what === "magnet") {
      const magnet = ++this.#magnets;
      this.#holdMagnet(true);
      this.#after(fault.durationSeconds, () => {
        if (magnet === this.#magnets) this.#holdMagnet(false);
      });
    }
    if (fault.what === "sim") {
      const loss = ++this.#simLosses;
      meter.modem.seatSim(false);
      this.#after(fault.durationSeconds, () => {
        if (loss === this.#simLosses) meter.modem.seatSim(true);
      });
    }
    if (fault.what === "network-time") {
      const jump = ++this.#clockJumps;
      meter.network.clockErrorMilliseconds = fault.offsetSeconds * 1000;
      this.#after(fault.durationSeconds, () => {
        if (jump === this.#clockJumps) meter.network.clockErrorMilliseconds = 0;
      });
    }
    if (fault.what === "valve") {
      const jam = ++this.#valveJams;
      meter.valve.faults = { jamAngle: fault.angle };
      this.#after(fault.durationSeconds, () => {
        if (jam === this.#valveJams) meter.valve.faults = {};
      });
    }
  }

  #after(seconds: number, action: () => void): void {
    this.#options.scheduler.schedule(seconds * 1e6, action);
  }

  #holdMagnet(isHeld: boolean): void {
    if (isHeld === this.#isMagnetHeld) return;
    this.#isMagnetHeld = isHeld;
    this.#options.meter.transmitter.holdMagnet(isHeld);
    this.#options.witness.onMagnet(isHeld);
  }

  #spoil({ partitionPick, sectorPick, mode, isImmediate, kind }: FaultAction & { what: "bad-sector" }): void {
    const { chip, witness } = this.#options;
    const flash = pickOf(chip.partitions, partitionPick);
    const { byteLength, sectorByteLength } = flash.geometry;
    const sector = Math.floor(sectorPick * (byteLength / sectorByteLength));
    if (!chip.spoil(flash, sector, mode, isImmediate)) return;
    this.#count(kind);
    if (isImmediate && mode === "read-error") witness.onSpoilt(flash);
  }

  #armReset({ moment, cause, kind }: FaultAction & { what: "reset" }): void {
    const { board } = this.#options;
    this.#triggers.arm(moment, (change, pick) => {
      if (!board.processor.isPowered) return;
      this.#count(kind);
      // A reset stops the bytes on their way to the chip; what has arrived is programmed properly.
      if (change?.kind === "program") this.#tear(change, { kind: "prefix", variant: Math.floor(pick * 33) });
      if (cause === "brown-out" && !isInsideCall(moment)) {
        board.warnOfBrownOut();
        this.#after(warnedResetSeconds, () => {
          board.reset(cause);
        });
        return;
      }
      board.reset(cause);
      if (isInsideCall(moment)) throw new PowerCut(`${cause} reset in the middle of a call`);
    });
  }

  #armCut(fault: FaultAction & { what: "cut" }): void {
    const { moment, warningSeconds, offSeconds, nested, kind } = fault;
    this.#triggers.arm(moment, (change, pick) => {
      if (!this.#options.board.processor.isPowered) return;
      this.#count(kind);
      if (warningSeconds === undefined) {
        this.#cut(change, pick, offSeconds, nested);
        if (isInsideCall(moment)) throw new PowerCut("the battery was taken out");
        return;
      }
      this.#options.board.warnOfBrownOut();
      this.#after(warningSeconds, () => {
        this.#cut(undefined, 0, offSeconds, nested);
      });
    });
  }

  /** The battery goes, in the middle of a call when `change` is given or the application is running just now. */
  #cut(
    change: FlashChange | undefined,
    pick: number,
    offSeconds: number,
    nested: readonly NestedCut[],
  ): void {
    const { board, meter, plan, scheduler, witness } = this.#options;
    if (!board.processor.isPowered) return;
    if (change) this.#tear(change, pickOf(waysOf(change), pick));
    witness.onPowerOff();
    board.powerOff();
    meter.modem.losePower();
    const leftSeconds = Math.max(0, plan.faultsEndSeconds - scheduler.nowMicroseconds / 1e6);
    this.#after(Math.min(offSeconds, leftSeconds), () => {
      this.#powerOn(nested);
    });
  }

  #powerOn(nested: readonly NestedCut[]): void {
    const { board, witness } = this.#options;
    if (board.processor.isPowered) return;
    witness.onPowerOn();
    board.powerOn();
    const [next, ...rest] = nested;
    if (!next) return;
    this.#triggers.arm(next.moment, (change, pick) => {
      if (!board.processor.isPowered) return;
      this.#count("powerCuts");
      this.#cut(change, pick, next.offSeconds, rest);
      throw new PowerCut("the battery was taken out again");
    });
  }

  #tear(change: FlashChange, way: Parameters<FaultyFlash["tear"]>[1]): void {
    const { chip, random, witness } = this.#options;
    chip.partition(change.label).tear(change, way, random);
    witness.onTorn(change);
  }

  #count(kind: ChaosFaultKind): void {
    this.struck.set(kind, (this.struck.get(kind) ?? 0) + 1);
  }
}

function travelOf(conditions: NetworkConditions): DatagramTravel {
  const { uplinkLossOdds, downlinkLossOdds, duplicationOdds, uplinkMilliseconds, downlinkMilliseconds } =
    conditions;
  return { uplinkLossOdds, downlinkLossOdds, duplicationOdds, uplinkMilliseconds, downlinkMilliseconds };
}

function isInsideCall({ when }: Moment): boolean {
  return when === "flash" || when === "call";
}

/** `pick` runs from 0 up to, not including, 1. */
function pickOf<Item>(items: readonly Item[], pick: number): Item {
  return items[Math.floor(pick * items.length)] as Item;
}
