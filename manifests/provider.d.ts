/** The wiring of the board that is built for: each board's manifest puts its own `provider.ts` here. */
import type { BoardWiring } from "./board.js";

export const board: BoardWiring;
