import type { BoardWiring } from "../../manifests/board.js";

/** How a board shows in what its application sees. */
export interface BoardModel {
  /** What the battery's divider and the converter, which gives whole millivolts at the pin, make of its voltage. */
  readonly readBattery: (millivolts: number) => number;
  /** What programming is aligned to: with flash encryption on 16, else 1. */
  readonly programByteLength: number;
  /** The application hears of a failing supply. */
  readonly hasSupplyWarning: boolean;
}

/** No board in particular: nothing is lost on the way. */
const idealBoard: BoardModel = Object.freeze({
  readBattery: Math.floor,
  programByteLength: 16,
  hasSupplyWarning: true,
});

/** A board of `manifests/boards`, whose flash is not encrypted; without one, an ideal board. */
export function boardModel(board: BoardWiring | undefined): BoardModel {
  if (!board) return idealBoard;
  const { multiplier, divisor } = board.power.battery;
  return {
    readBattery: (millivolts) =>
      Math.round((Math.floor((Math.floor(millivolts) * divisor) / multiplier) * multiplier) / divisor),
    programByteLength: 1,
    hasSupplyWarning: board.power.supplyWarning !== undefined,
  };
}
