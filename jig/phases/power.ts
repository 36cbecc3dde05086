import { definePhase } from "./phase.js";

export const powerOn = definePhase({
  name: "power-on",
  measurements: {},
  settings: { settleMilliseconds: { default: 500, minimum: 0, maximum: 60_000 } },
  async run({ instruments, clock, settings }) {
    await instruments.supply.switch(true);
    await clock.wait(settings.settleMilliseconds);
    return "continue";
  },
});

export const powerOff = definePhase({
  name: "power-off",
  measurements: {},
  settings: {},
  async run({ instruments }) {
    await instruments.magnet.hold(false);
    await instruments.supply.switch(false);
    return "continue";
  },
});
