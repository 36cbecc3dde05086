import type { Engine, EngineFactory } from "../chip/boundary/engine.js";
import { createChipEngine } from "./chip/chip-engine.js";
import { NodeEngine } from "./node/node-engine.js";
import { createRv32Engine } from "./rv32/rv32-engine.js";
import { createXsEngine } from "./xs/xs-engine.js";

/** Every engine by its name. */
export const engineFactories: Readonly<Record<Engine["name"], EngineFactory>> = Object.freeze({
  node: (call) => new NodeEngine(call),
  xs: (call) => createXsEngine(call),
  rv32: (call) => createRv32Engine(call),
  chip: (call) => createChipEngine(call),
});
