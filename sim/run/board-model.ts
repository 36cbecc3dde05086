import { clockMegahertz, lightSleep, sumOf } from "../../manifests/board-costs.js";
import { defaultBoard, type KnownBoard } from "../../manifests/boards/boards.js";
import type { BoardTraits } from "../chip/board/parts.js";

/** How a board shows in what its application sees and in what it draws. */
export interface BoardModel extends BoardTraits {
  /** What programming is aligned to: with flash encryption on 16, else 1. */
  readonly programByteLength: number;
}

type Consumption = Pick<
  BoardTraits,
  "sleepsLightly" | "runningMilliamperes" | "asleepMilliamperes" | "startMicrocoulombs" | "stub"
>;

/** The instructions of an ordinary wake, as `npm run bench:device` counts them; the limit of that. */
const wakeInstructions = 1.5e6;

/** A board of `manifests/boards`, whose flash is not encrypted; without one, an ideal board. */
export function boardModel(board: KnownBoard | undefined): BoardModel {
  if (!board) return idealBoard;
  const { wiring } = board;
  const { multiplier, divisor } = wiring.power.battery;
  return {
    readBattery: (millivolts) =>
      Math.round((Math.floor((Math.floor(millivolts) * divisor) / multiplier) * multiplier) / divisor),
    programByteLength: 1,
    hasSupplyWarning: wiring.power.supplyWarning !== undefined,
    ...consumptionOf(board),
    startMicroseconds: startMicrosecondsOf(board),
  };
}

/** The verification of a production image is left out, as its encryption is. */
function startMicrosecondsOf({ costs }: KnownBoard): number {
  return Math.round(sumOf(costs.start) * 1000);
}

function consumptionOf({ wiring, costs }: KnownBoard): Consumption {
  const { running, cyclesPerInstruction, asleep, stub } = costs;
  const sleepsLightly = wiring.power.sleep === "light";
  const microseconds = (stub?.amount ?? 0) * 1000;
  return {
    sleepsLightly,
    runningMilliamperes: running.amount,
    asleepMilliamperes: (sleepsLightly ? lightSleep.amount : sumOf(asleep)) / 1000,
    startMicrocoulombs:
      ((wakeInstructions * cyclesPerInstruction.amount) / clockMegahertz / 1000) * running.amount,
    stub: stub && { microseconds, microcoulombs: (microseconds * running.amount) / 1000 },
  };
}

/**
 * No board in particular: nothing is lost on the way and it starts at once, but it draws what the board does that has a
 * core of its own for the pulses, the start included.
 */
const idealBoard: BoardModel = Object.freeze(createIdealBoard());

function createIdealBoard(): BoardModel {
  const consumption = consumptionOf(defaultBoard);
  return {
    readBattery: Math.floor,
    programByteLength: 16,
    hasSupplyWarning: true,
    ...consumption,
    startMicrocoulombs:
      consumption.startMicrocoulombs +
      (startMicrosecondsOf(defaultBoard) * consumption.runningMilliamperes) / 1000,
    startMicroseconds: 0,
  };
}
