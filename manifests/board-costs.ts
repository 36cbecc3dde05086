/** A part of what a board takes. The source says "estimate" where no figure was found, and why it is thought so. */
export interface CostPart {
  readonly name: string;
  readonly amount: number;
  readonly source: string;
}

/**
 * What a board takes in time and current beside what the firmware's instructions take. Figures of the board, of its chip
 * and of what ESP-IDF does with its configuration; none was measured on a board of this wiring.
 */
export interface BoardCosts {
  /** Milliseconds from the wake-up from deep sleep to the firmware's first instruction, in the order in which they pass. */
  readonly start: readonly CostPart[];
  /** Milliseconds more of a production image: secure boot has it verified at each start. */
  readonly verification: CostPart;
  /** Milliamperes while it starts and runs, the radio never on. */
  readonly running: CostPart;
  /** Cycles for an instruction, on average: the code lies in flash, behind a cache. */
  readonly cyclesPerInstruction: CostPart;
  /** Microamperes in deep sleep, without the modem. */
  readonly asleep: readonly CostPart[];
  /** Milliseconds of the wake stub that each contact which moves in sleep starts; undefined where a core polls. */
  readonly stub: CostPart | undefined;
  readonly slowClock: SlowClock;
}

/** What keeps the time in deep sleep. */
export interface SlowClock {
  readonly kind: "crystal" | "rc-oscillator";
  readonly hertz: number;
  /** Of `CONFIG_RTC_CLK_CAL_CYCLES`. */
  readonly calibrationCycles: number;
}

export const clockMegahertz = 160;

const crystalHertz = 32_768;

export function crystalClock(calibrationCycles: number): SlowClock {
  return { kind: "crystal", hertz: crystalHertz, calibrationCycles };
}

/** The RC oscillator of an ESP32-C3. */
export function oscillatorClock(calibrationCycles: number): SlowClock {
  return { kind: "rc-oscillator", hertz: 136_000, calibrationCycles };
}

/** The parts of a start that all chips have; `romMilliseconds` until the bootloader runs. */
export function startParts(slowClock: SlowClock, romMilliseconds: number): readonly CostPart[] {
  const { kind, hertz, calibrationCycles } = slowClock;
  // A crystal is waited for with a calibration of its own (ESP-IDF 6.0, esp_system/port/soc/*/clk.c).
  const calibrations = kind === "crystal" ? 2 : 1;
  return Object.freeze([
    {
      name: "mask ROM, loading the bootloader",
      amount: romMilliseconds,
      source: "ESP-IDF's documentation: its example logs have the bootloader's first line then",
    },
    {
      name: "bootloader, loading the image without verification",
      amount: 12,
      source: "estimate: some 100 KB of code and data in RAM at 10 MB/s, and the partition table",
    },
    {
      name: "calibration of the slow clock",
      amount: (calibrations * calibrationCycles * 1000) / hertz,
      source: `ESP-IDF 6.0, clk.c: ${calibrations} x ${calibrationCycles} cycles of ${hertz} Hz`,
    },
    {
      name: "ESP-IDF's start, up to app_main",
      amount: 8,
      source: "estimate: heap, scheduler and drivers, logs off",
    },
    {
      name: "the XS machine",
      amount: 213 / clockMegahertz,
      source: "213,000 instructions of the linked image, on an emulated ESP32-C3",
    },
  ]);
}

/** What is the same on every board. */
export const commonCosts: Pick<BoardCosts, "verification" | "running" | "cyclesPerInstruction"> =
  Object.freeze({
    verification: {
      name: "verification of the image",
      amount: 130,
      source: "estimate: SHA-256 of 840 KB read at 8 MB/s, and one signature",
    },
    running: {
      name: "running at 160 MHz, the radio off",
      amount: 23.9,
      source: "ESP-IDF's documentation, measurement of a module's current: active mode",
    },
    cyclesPerInstruction: {
      name: "cycles an instruction",
      amount: 2,
      source:
        "estimate: hits of a 16 KB cache at one cycle, a miss in some hundred instructions at 100 cycles",
    },
  });

export function deepSleep(microamperes: number): CostPart {
  return {
    name: "chip in deep sleep",
    amount: microamperes,
    source: "ESP-IDF's documentation, sleep current",
  };
}

/** Where no core polls. */
export const wakeStub: CostPart = Object.freeze({
  name: "wake stub",
  amount: 15,
  source: "estimate: 5 ms from sleep to the stub, which then polls twice 5 ms apart",
});

const supplyMillivolts = 3600;
const logicMillivolts = 3300;

/** Of a pull-up that holds a contact's line, with the contact closed for a share of the time. */
export function pullUp(ohms: number, closedFraction: number): CostPart {
  return Object.freeze({
    name: "pull-up of a contact",
    amount: (logicMillivolts / ohms) * 1000 * closedFraction,
    source: `${ohms / 1000} kOhm at 3.3 V; estimate: closed for ${closedFraction * 100} % of the time`,
  });
}

/** Of pull-ups that a low-power core connects while it polls, 30 us in 5 ms, with all the contacts closed. */
export function polledPullUp(contacts: number, ohms: number): CostPart {
  return Object.freeze({
    name: "pull-ups of the contacts, while they are polled",
    amount: (contacts * (logicMillivolts / ohms) * 1000 * 30) / 5000,
    source: `${ohms / 1000} kOhm at 3.3 V; connected for 30 us of each 5 ms (pulse-station.h), all of them closed`,
  });
}

/** Of a divider that is always connected to the battery. */
export function divider(ohms: number): CostPart {
  return Object.freeze({
    name: "divider at the battery",
    amount: (supplyMillivolts / ohms) * 1000,
    source: `${ohms / 1e6} MOhm at 3.6 V, board data`,
  });
}

export const regulator: CostPart = Object.freeze({
  name: "regulator",
  amount: 1,
  source: "estimate: quiescent current of a low-power LDO",
});

/** More with a crystal than with the RC oscillator. */
export const crystalCurrent: CostPart = Object.freeze({
  name: "32 kHz crystal",
  amount: 1,
  source: "ESP-IDF's documentation, system time: 1 uA more than the RC oscillator",
});

/** A low-power core that looks at the contacts every 5 ms. */
export const polling: CostPart = Object.freeze({
  name: "low-power core polling every 5 ms",
  amount: 20,
  source:
    "estimate: public measurements of an ESP32 whose ULP polls every 5 ms; no figure of this core found",
});

/** A board that sleeps lightly, which is for those with a supply of their own. */
export const lightSleep: CostPart = Object.freeze({
  name: "light sleep",
  amount: 300,
  source: "estimate: ESP-IDF's documentation has 0.31 mA for light sleep that hardly ever listens to Wi-Fi",
});

export function sumOf(parts: readonly CostPart[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
