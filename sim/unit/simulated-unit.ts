import { Board } from "../chip/board/board.js";
import type { BoardFlash } from "../chip/board/parts.js";
import type { Engine, EngineFactory } from "../chip/boundary/engine.js";
import { FlashChip } from "../world/flash/partition-table.js";
import { Random } from "../kernel/random.js";
import { Trace } from "../kernel/trace.js";
import { World } from "../kernel/world.js";
import { EventPump } from "../run/event-pump.js";
import { createFlash, partitionTable } from "../run/initial-flash.js";
import { firmwareImageHash } from "../run/image-hash.js";
import { buildMeterWorld, type MeterWorld, serialNumberOf } from "../run/meter-world.js";
import { Truth } from "../run/truth.js";
import type { Product } from "../../firmware/products/product.js";
import { water } from "../../firmware/products/water.js";
import type { BenchAccess, ServiceLine, UnitClock } from "./bench-access.js";
import { FixtureContacts } from "./fixture-contacts.js";
import { LineWire } from "./line-wire.js";
import { UnitBench } from "./unit-bench.js";
import { conditionOf, type UnitCondition, type PlantedFault } from "./unit-faults.js";
import { UnitTime, type PaceClock } from "./unit-time.js";

export interface UnitOptions {
  /** Decides the hardware's numbers and all chance; units of one batch have consecutive seeds. */
  readonly seed: number;
  readonly engine: EngineFactory;
  readonly product?: Product;
  readonly faults?: readonly PlantedFault[];
  /** True where a defect of the firmware is planted that it lives through; one that nobody planted ends every wait. */
  readonly mayLogFailures?: boolean;
  /** Given, the unit keeps step with it; otherwise it is as fast as it can. */
  readonly wall?: PaceClock;
}

const capacityMilliampereHours = 8500;
/** What a shielded fixture's antenna gives, and how soon its cell takes a modem in. */
const fixtureNetwork = Object.freeze({
  signal: Object.freeze({ powerDbm: -85, noiseRatioDb: 12, coverageLevel: 0 as const }),
  attachSeconds: Object.freeze({ low: 1, high: 2 }),
});

/**
 * A meter as it comes from the soldering line, in a test fixture: the firmware on an engine, on simulated hardware with
 * or without a fault, blank flash, the seal not burnt, no supply yet.
 */
export class SimulatedUnit {
  readonly line: ServiceLine;
  readonly bench: BenchAccess;
  readonly clock: UnitClock;
  /** The serial number printed on the case, as a scanner reads it. */
  readonly label: string;
  readonly board: Board;
  readonly flash: FlashChip;
  readonly trace = new Trace();
  #engine: Engine;

  private constructor(parts: UnitParts, engine: Engine) {
    const { world, board, meter, condition, options } = parts;
    this.board = board;
    this.flash = parts.flash;
    this.trace = parts.trace;
    this.#engine = engine;
    this.label = serialNumberOf(options.seed - (condition.isLabelledLikeItsPredecessor ? 1 : 0));
    const pump = new EventPump(world, board, engine, options.mayLogFailures);
    const time = new UnitTime({ world, board, pump, wall: options.wall });
    const random = new Random(options.seed).fork("fixture");
    const uart = board.uarts.get("service");
    if (!uart) throw new Error("the board has no service port");
    const wire = new LineWire({
      scheduler: world,
      uart,
      random: random.fork("line"),
      noiseOdds: condition.noiseOdds ?? 0,
      onArrival: () => {
        time.noteNews();
      },
    });
    const contacts = new FixtureContacts({
      scheduler: world,
      input: meter.input,
      random: random.fork("reed"),
      faults: condition.contacts ?? {},
    });
    this.clock = time;
    this.line = wire;
    this.bench = new UnitBench({ world, board, meter, time, wire, contacts, condition });
  }

  /** Waits until the engine has loaded the firmware. */
  static async create(options: UnitOptions): Promise<SimulatedUnit> {
    const parts = buildParts(options);
    return new SimulatedUnit(parts, await options.engine(parts.board.call));
  }

  /** Ends the engine. Idempotent. */
  close(): void {
    this.#engine.close();
  }
}

interface UnitParts {
  readonly options: UnitOptions;
  readonly condition: UnitCondition;
  readonly world: World;
  readonly board: Board;
  readonly meter: MeterWorld;
  readonly flash: FlashChip;
  readonly trace: Trace;
}

function buildParts(options: UnitOptions): UnitParts {
  const { seed, product = water, engine } = options;
  const condition = conditionOf(options.faults ?? []);
  const world = new World();
  const trace = new Trace();
  // The image knows what it is built as; only another product's meter needs to be told.
  const flash = product === water ? new FlashChip(partitionTable) : createFlash(product, new Map());
  const nothing = { startEpochSeconds: undefined, durationSeconds: undefined, next: () => undefined };
  const meter = buildMeterWorld(
    {
      ...{ product, engine, seed, pulses: nothing, startEpochSeconds: 0, durationSeconds: 0 },
      driftPartsPerMillion: condition.driftPartsPerMillion ?? 0,
      network: { ...fixtureNetwork, ...(condition.signal && { signal: condition.signal }) },
      modem: { simErrorOdds: 0 },
    },
    world,
    new Truth(nothing, 0),
    flash,
  );
  const parts = {
    ...meter.parts,
    serialNumber: "",
    imageHash: condition.hasForeignImage ? foreignHash(seed) : firmwareImageHash(),
    meteringChecksum: meter.parts.meteringChecksum,
    seal: { isBurnt: false },
    flash: flashOf(meter.parts.flash, flash, condition),
  };
  const board = new Board(parts, world, trace);
  meter.connect(board);
  meter.valve.faults = condition.valve ?? {};
  if (condition.hasNoSim) meter.modem.seatSim(false);
  meter.battery.drawCharge(
    "shelf",
    (1 - (condition.batteryFraction ?? 1)) * capacityMilliampereHours * 3.6e6,
  );
  return { options, condition, world, board, meter, flash, trace };
}

function foreignHash(seed: number): string {
  const random = new Random(seed).fork("image");
  return Array.from({ length: 8 }, () => random.uint32().toString(16).padStart(8, "0")).join("");
}

/** One sector of the scratch partition does not take what it is given. */
function flashOf(whole: BoardFlash, chip: FlashChip, { badSector }: UnitCondition): BoardFlash {
  if (badSector === undefined) return whole;
  return {
    ...whole,
    program(partition, address, bytes) {
      const { label, flash } = chip.partitions[partition] ?? {};
      const isBad = label === "scratch" && Math.floor(address / (flash?.sectorByteLength ?? 1)) === badSector;
      return isBad || whole.program(partition, address, bytes);
    },
  };
}
