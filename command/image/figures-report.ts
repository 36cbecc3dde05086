import { budgetByteLength, chipBudget } from "../../sim/engines/rv32/budget.js";
import type { ImageFigures } from "../../sim/engines/rv32/image-figures.js";
import { countText } from "../kit/quantities.js";
import type { LinkerFigures } from "./linker-figures.js";

const labelColumns = 44;
const valueColumns = 14;
const aliasByteLength = 4;

/** What the linker has made beside what our own engine on RV32 is made of, as far as they can be compared. */
export function figureLines(linked: LinkerFigures, rv32: ImageFigures | undefined): string[] {
  const row = (label: string, ofLinker: string, ofRv32 = ""): string =>
    `${label.padEnd(labelColumns)}${ofLinker.padStart(valueColumns)}${ofRv32.padStart(valueColumns)}`.trimEnd();
  const count = (label: string, ofLinker: number, ofRv32?: number): string =>
    row(label, countText(ofLinker), ofRv32 === undefined ? "" : countText(ofRv32));
  const { machine } = linked;
  const { chunkBytes, slots, stackSlots } = machine;
  return [
    row("", "XS linker", rv32 ? "RV32 engine" : ""),
    count("slots in flash", linked.slots),
    count("keys", linked.keys),
    count("bytecode, bytes", linked.bytecodeBytes, rv32?.bytecodeBytes),
    count("names and other texts, bytes", linked.textBytes, rv32?.symbolBytes),
    count("flash, bytes", linked.flashBytes, rv32?.imageBytes),
    count("RAM for objects that could change, bytes", linked.aliases * aliasByteLength),
    count(
      "RAM of the machine, bytes",
      budgetByteLength({ chunkBytes, slots, stackSlots }),
      rv32 && budgetByteLength(chipBudget),
    ),
    "",
    "Flash: of the linker what it made of modules and built-ins, without the engine; of our own engine the whole image,",
    "whose machine makes its objects when it starts. The RV32 engine's figures of runs (npm run bench:device) begin with a",
    "machine that is ready: creating it, which costs a linked image some 213,000 instructions at each wake, is in none.",
  ];
}
