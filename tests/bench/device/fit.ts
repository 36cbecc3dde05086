import { type Budget, budgetByteLength, slotByteLength } from "../../../sim/engines/rv32/budget.js";
import { chipImage } from "../../../sim/engines/rv32/build-image.js";
import { liveOnRv32 } from "./meter-life.js";

const countedDays = 2;
const plenty: Budget = Object.freeze({ slots: 8192, chunkBytes: 64 * 1024, stackSlots: 1024 });
const steps: Budget = Object.freeze({ slots: 25, chunkBytes: 256, stackSlots: 10 });

/** The least budget of each kind that a meter's life gets along with, while it has plenty of the others. */
export async function fitLines(): Promise<string[]> {
  const least: Budget = {
    slots: await leastOf("slots"),
    chunkBytes: await leastOf("chunkBytes"),
    stackSlots: await leastOf("stackSlots"),
  };
  return [
    `slots        ${least.slots}, ${least.slots * slotByteLength} bytes`,
    `chunk bytes  ${least.chunkBytes}`,
    `stack slots  ${least.stackSlots}, ${least.stackSlots * slotByteLength} bytes`,
    `together     ${budgetByteLength(least)} bytes`,
    "Scenarios of the tests may need more.",
  ];
}

async function leastOf(name: keyof Budget): Promise<number> {
  const step = steps[name];
  let [tooFew, enough] = [0, plenty[name] / step];
  while (enough - tooFew > 1) {
    const steps = Math.floor((tooFew + enough) / 2);
    const { failure } = await liveOnRv32(countedDays, { ...chipImage, ...plenty, [name]: steps * step });
    if (failure === undefined) enough = steps;
    else tooFew = steps;
  }
  return Math.ceil(enough) * step;
}
