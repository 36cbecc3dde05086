import { type Budget, slotByteLength } from "../../../sim/engines/rv32/budget.js";
import { chipImage } from "../../../sim/engines/rv32/build-image.js";
import { liveOnRv32 } from "./meter-life.js";

const countedDays = 1;
const plenty: Budget = Object.freeze({ slots: 8192, chunkBytes: 64 * 1024, stackSlots: 1024 });
const mostLines = 60;

/**
 * Gives a meter's life so many slots, bytes of chunks, or slots of the stack, and says who holds the memory and who
 * stands on the stack when it runs out of them.
 */
export async function censusLines(scarce: Partial<Budget>): Promise<string[]> {
  const { runs, failure } = await liveOnRv32(countedDays, { ...chipImage, ...plenty, ...scarce });
  const told = Object.entries(scarce).map(([name, count]) => `${name} ${count}`);
  if (failure === undefined) return [`${told.join(", ")}: enough for ${countedDays} day`];
  const profile = runs.at(-1)?.profile ?? "";
  const frames = [...profile.matchAll(/^s (\d+) (.*)$/gm)];
  const held = [...profile.matchAll(/^h (\d+) (\d+) (\d+) (.*)$/gm)]
    .map(([, ...fields]) => {
      const [slots, chunkBytes, objects] = fields.map(Number) as [number, number, number];
      return {
        columns: [slots, chunkBytes, objects],
        bytes: slots * slotByteLength + chunkBytes,
        what: fields[3],
      };
    })
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, mostLines);
  return [
    `${told.join(", ")}: ${failure}`,
    "   slots  function on the stack, the innermost first",
    ...frames.map(([, slots = "", what = ""]) => `${slots.padStart(8)}  ${what}`),
    "   slots  in chunks  objects  what",
    ...held.map(({ columns: [slots, chunkBytes, objects], what }) =>
      [String(slots).padStart(8), String(chunkBytes).padStart(9), String(objects).padStart(7), what].join(
        "  ",
      ),
    ),
  ];
}
