import { chipImage } from "../../../sim/engines/rv32/build-image.js";
import { liveOnRv32 } from "./meter-life.js";

const countedDays = 1;
const plenty = Object.freeze({ chunkBytes: 64 * 1024, stackSlots: 1024 });
const mostLines = 60;

/** Gives a meter's life so many slots and says, when it runs out of them, who holds them. */
export async function censusLines(slots: number): Promise<string[]> {
  const { runs, failure } = await liveOnRv32(countedDays, { ...chipImage, ...plenty, slots });
  const held = [...(runs.at(-1)?.profile ?? "").matchAll(/^h (\d+) (\d+) (.*)$/gm)]
    .map(([, count, objects, what = ""]) => ({ count: Number(count), objects: Number(objects), what }))
    .sort((one, other) => other.count - one.count);
  if (failure === undefined) return [`${slots} slots are enough for ${countedDays} day`];
  return [
    `${failure} of ${slots}`,
    "   slots  objects  what",
    ...held
      .slice(0, mostLines)
      .map(
        ({ count, objects, what }) => `${String(count).padStart(8)} ${String(objects).padStart(8)}  ${what}`,
      ),
  ];
}
