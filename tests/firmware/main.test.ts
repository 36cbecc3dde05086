import { expect, it } from "@jest/globals";
import type { Failure } from "../../hal/failure.js";
import type { Hardware } from "../../hal/hardware.js";
import type { SleepRequest } from "../../hal/power.js";
import { simulatedBuild } from "../../sim/engines/image/simulated-build.js";
import { main } from "../../firmware/main.js";
import {
  FakeClock,
  FakeCrypto,
  FakeFlashChip,
  FakePower,
  FakePulseInput,
  sealedChip,
} from "./fake-hardware.js";

/** A chip whose flash has none of the partitions that a meter needs. */
function brokenHardware(failure: Failure | undefined, sleeps: SleepRequest[]): Hardware {
  const clock = new FakeClock();
  clock.ticks = 5000;
  const power = new FakePower() as Omit<FakePower, "sleep"> & { sleep(request: SleepRequest): void };
  power.sleep = (request) => sleeps.push(request);
  return {
    serialNumber: "26030001",
    ...sealedChip,
    ...{ failure, clock, power, flash: new FakeFlashChip({}), crypto: new FakeCrypto("meter") },
    pulseInput: new FakePulseInput().connection,
    watchdog: { feed: () => undefined },
    valve: undefined,
    get boot(): never {
      throw new Error("nothing under test touches this");
    },
    get service(): never {
      throw new Error("nothing under test touches this");
    },
    get modem(): never {
      throw new Error("nothing under test touches this");
    },
  };
}

it("fails with what stopped the run, so that the chip restarts", async () => {
  const sleeps: SleepRequest[] = [];
  await expect(main(brokenHardware(undefined, sleeps), simulatedBuild)).rejects.toThrow("no partition");
  expect(sleeps).toEqual([]);
});

it("sleeps an hour after a second failure in a row, whatever comes in on the line, for in sleep the pulses are counted", async () => {
  const sleeps: SleepRequest[] = [];
  await main(
    brokenHardware({ module: "firmware/meter", reason: "Error: no partition" }, sleeps),
    simulatedBuild,
  );
  expect(sleeps).toEqual([{ untilTicks: 5000 + 3_600_000, afterPulses: 0, onServiceButton: false }]);
});
