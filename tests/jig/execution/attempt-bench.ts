import type { Attempt } from "../../../jig/attempt/attempt.js";
import { runAttempt } from "../../../jig/execution/run-attempt.js";
import type { Instruments } from "../../../jig/instruments/instruments.js";
import type { PhaseKind } from "../../../jig/phases/phase.js";
import { parseRecipe } from "../../../jig/recipe/read-recipe.js";
import { fakeIdentity, FakeMeter } from "../fake-meter.js";
import { MemoryStore } from "../../../jig/simulated/memory-store.js";
import { VirtualSlotClock } from "../virtual-slot-clock.js";

/** One slot with a fake meter in it, no instruments, and a recipe of the test's own. */
export class AttemptBench {
  readonly clock = new VirtualSlotClock();
  readonly store = new MemoryStore();
  readonly interruption = new AbortController();
  readonly started: string[] = [];
  onPhase: ((name: string) => void) | undefined;
  instruments: Instruments = noInstruments;
  readonly meter = new FakeMeter(this.clock, (request, meter) => {
    meter.result(request, fakeIdentity);
  });

  async run(steps: unknown, kinds: readonly PhaseKind[], serialNumber?: string): Promise<Attempt> {
    const text = JSON.stringify({ name: "bench", version: "1.0.0", steps });
    return runAttempt(
      {
        ...(serialNumber !== undefined && { serialNumber }),
        mount: async () =>
          Promise.resolve({ port: this.meter, clock: this.clock, instruments: () => this.instruments }),
        release: async () => Promise.resolve(),
      },
      {
        slot: 1,
        imageHash: fakeIdentity.imageHash,
        station: "bench",
        recipe: parseRecipe("bench.json", Buffer.from(text), kinds),
        store: this.store,
        epochMilliseconds: () => 1_700_000_000_000 + this.clock.nowMilliseconds,
        newId: () => "attempt-1",
        interrupt: this.interruption.signal,
        onPhase: (name) => {
          this.started.push(name);
          this.onPhase?.(name);
        },
      },
    );
  }
}

const none = async (): Promise<never> => Promise.reject(new Error("there is no such instrument"));
const noInstruments: Instruments = {
  supply: { switch: none, measure: none },
  pulses: { play: none },
  magnet: { hold: none },
};
