import { afterEach, describe, expect, it } from "@jest/globals";

import { type BenchOptions, boardLike, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

/** Numbers of what the applications here note. */
const told = 200;

const imports = {
  analogClass: "../hal/esp32/analog/analog.js",
  "digitalInputClass, digitalOutputClass": "../hal/esp32/digital/digital.js",
  ChipPower: "../hal/esp32/power/power.js",
  ChipClock: "../hal/esp32/clock/clock.js",
  ChipCrypto: "../hal/esp32/crypto/crypto.js",
};

/** Beside what is imported an application here has `attempt`, which notes a result or an error. */
const attempt = `
  const attempt = (act) => {
    let text;
    try { text = String(act()); } catch (error) { text = String(error); }
    note(${told}, 0, 0, 0, text);
  };`;

async function run(application: string, options: BenchOptions = {}): Promise<ChipBench> {
  bench = await ChipBench.create({ imports, ...options, application: attempt + application });
  await bench.powerOn();
  return bench;
}

function results(): string[] {
  return bench.notes(told).map(({ content }) => Buffer.from(content ?? []).toString());
}

/** The levels that a wire of the board has been driven to. */
function driven(pin: string): number[] {
  const levels: number[] = [];
  bench.board.pins.outputs.set(pin, (level) => levels.push(level));
  return levels;
}

describe.each(["esp32", "esp32c3", "esp32c6", "esp32s3"] as const)("lines of the chip of %s", (board) => {
  it("are driven at once, and fall back to rest when they are closed", async () => {
    bench = await ChipBench.create({
      board,
      imports,
      application: `
        const Output = digitalOutputClass(board.modem);
        const first = new Output({ pin: "powerKey", initial: 1 });
        first.write(0); first.write(1); first.close(); first.close();
        new Output({ pin: "powerKey", initial: 0 }).write(1);`,
    });
    const levels = driven("modem-power-key");
    await bench.powerOn();
    expect(levels).toEqual([1, 0, 1, 0, 0, 0, 1]);
  });

  it("are refused while somebody has them, and free again afterwards", async () => {
    await run(
      `const Output = digitalOutputClass(board.modem);
       const Input = digitalInputClass(board.valve);
       const output = new Output({ pin: "reset", initial: 0 });
       attempt(() => new Output({ pin: "reset", initial: 0 }));
       const input = new Input({ pin: "openLimit" });
       attempt(() => new Input({ pin: "openLimit" }));
       output.close(); input.close(); input.close();
       attempt(() => { new Output({ pin: "reset", initial: 0 }); new Input({ pin: "openLimit" }); });`,
      { board },
    );
    expect(results()).toEqual([
      'Error: output pin "reset" is unknown or in use',
      'Error: input pin "openLimit" is unknown or in use',
      "undefined",
    ]);
  });

  it("tell of each change of an input, with the level that its switch means", async () => {
    await run(
      `const Input = digitalInputClass(board.valve);
       const input = new Input({
         pin: "closeLimit",
         onReadable: () => note(${told}, 0, 0, 0, String(input.read())),
       });
       attempt(() => input.read());`,
      { board },
    );
    bench.meter.valve.setDrive("close", 1);
    await bench.pass(60);
    expect(results()).toEqual(["0", "1"]);
  });

  it("keep what is told of an input's changes, also while memory is collected", async () => {
    await run(
      `const Input = digitalInputClass(board.valve);
       const open = () => {
         let input;
         const onReadable = () => note(${told}, 0, 0, 0, String(input.read()));
         input = new Input({ pin: "closeLimit", onReadable });
       };
       open();
       for (let round = 0; round < 2000; round++) new Uint8Array(1000).fill(round);`,
      { board },
    );
    bench.meter.valve.setDrive("close", 1);
    await bench.pass(60);
    expect(results()).toEqual(["1"]);
  });

  it("measure what is on an analog pin, until they are closed", async () => {
    await run(
      `const Analog = analogClass({ current: board.valve.current });
       const line = new Analog({ pin: "current" });
       attempt(() => line.read());
       attempt(() => new Analog({ pin: "current" }));
       line.close(); line.close();
       attempt(() => line.read());
       attempt(() => new Analog({ pin: "current" }).read());`,
      { board },
    );
    expect(results()).toEqual([
      "0",
      'Error: analog pin "current" is unknown or in use',
      "Error: analog pin is closed",
      "0",
    ]);
  });

  it("are refused where nobody would be told of a change, and had where nobody asks for that", async () => {
    await run(
      `const Input = digitalInputClass(board.valve);
       attempt(() => new Input({ pin: "openLimit", onReadable() {} }));
       attempt(() => new Input({ pin: "openLimit" }).read());`,
      { board, chip: { refused: ["gpio_isr_handler_add"] } },
    );
    expect(results()).toEqual(['Error: input pin "openLimit" is unknown or in use', "1"]);
  });

  it("refuse a pin that can't be what is asked of it", async () => {
    await run(
      `attempt(() => new (analogClass({ x: { gpio: 16, attenuationDecibels: 0 } }))({ pin: "x" }));
       attempt(() => new (digitalOutputClass({ x: { gpio: 99, isActiveLow: false } }))({ pin: "x", initial: 0 }));
       attempt(() => new (digitalInputClass({ x: { gpio: -1, isActiveLow: false, pull: "up" } }))({ pin: "x" }));`,
      { board },
    );
    expect(results().map((text) => text.replace(/^Error: (\w+) pin.*/, "$1"))).toEqual([
      "analog",
      "output",
      "input",
    ]);
  });
});

describe.each([
  ["esp32c3", 18, 19],
  ["esp32c6", 12, 13],
  ["esp32s3", 19, 20],
] as const)("the pins of USB of %s", (board, minus, plus) => {
  it("listen to a switch, for the port lets go of them", async () => {
    const { valve } = boardLike(board, {}).wiring;
    const limit = (gpio: number) => ({ gpio, isActiveLow: true, pull: "up" as const });
    const own = { ...valve, openLimit: limit(minus), closeLimit: limit(plus) };
    await run(
      `const Input = digitalInputClass(board.valve);
       attempt(() => new Input({ pin: "openLimit" }).read() + new Input({ pin: "closeLimit" }).read());`,
      { board: boardLike(board, { valve: own as NonNullable<typeof valve> }) },
    );
    expect(results()).toEqual(["1"]);
  });

  it("are driven as any other, for the port lets go of them", async () => {
    const { modem } = boardLike(board, {}).wiring;
    const reset = { gpio: plus, isActiveLow: false };
    await run(
      `const Output = digitalOutputClass(board.modem);
       attempt(() => new Output({ pin: "reset", initial: 0 }).write(1));`,
      { board: boardLike(board, { modem: { ...modem, reset } }) },
    );
    expect(results()).toEqual(["undefined"]);
  });
});

describe("the converter", () => {
  const reading = `
    const Analog = analogClass({ current: board.valve.current });
    attempt(() => new Analog({ pin: "current" }).read());`;

  it.each(["adc_oneshot_new_unit", "adc_oneshot_config_channel"])(
    "that fails at %s is told as a pin that can't be had, and leaves nothing behind",
    async (name) => {
      await run(reading + reading.replaceAll("Analog", "Again"), { chip: { refused: [name] } });
      const refusal = 'Error: analog pin "current" is unknown or in use';
      expect(results()).toEqual([refusal, refusal]);
    },
  );

  it("measures again once random numbers have been made of its noise", async () => {
    await run(`new ChipCrypto().fillRandom(new Uint8Array(8)); ${reading}`);
    expect(results()).toEqual(["0"]);
  });

  it("that gives no result says so", async () => {
    await run(reading, { chip: { refused: ["adc_oneshot_get_calibrated_result"] } });
    expect(results()).toEqual(["Error: the ADC gives no result"]);
  });
});

describe("the battery", () => {
  const measuring = `
    const power = new ChipPower(board.power);
    attempt(() => power.batteryMillivolts);
    note(201, new ChipClock().ticks);`;

  it("is measured through its divider", async () => {
    await run(measuring);
    expect(Number(results()[0])).toBeGreaterThan(3000);
    expect(bench.notes(201)[0]?.a).toBe(bench.startMilliseconds);
  });

  it("is measured after its divider was switched on and has settled", async () => {
    const battery = { gpio: 6, multiplier: 2, divisor: 1, enable: 8, settleMicroseconds: 20_000 };
    const power = {
      battery,
      supplyWarning: undefined,
      serviceButton: 7,
      sleep: "deep" as const,
    };
    await run(measuring, { board: boardLike("esp32c6", { power }) });
    await bench.pass(1);
    expect(Number(results()[0])).toBeGreaterThan(3000);
    expect(bench.notes(201)[0]?.a).toBe(bench.startMilliseconds + 20);
  });

  it("warns once when it fails, on a board that has a line for that", async () => {
    const battery = { gpio: 6, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 };
    const power = { battery, supplyWarning: 9, serviceButton: 7, sleep: "deep" as const };
    await run("new ChipPower(board.power).onBrownOut = () => note(201);", {
      board: boardLike("esp32c6", { power }),
    });
    for (let time = 0; time < 2; time++) {
      bench.board.warnOfBrownOut();
      await bench.settle();
    }
    expect(bench.notes(201)).toHaveLength(1);
  });
});

describe("the power of a board", () => {
  it.each(["esp32", "esp32c6"] as const)(
    "keeps each byte that %s retains through deep sleep",
    async (board) => {
      await run(
        `const power = new ChipPower(board.power);
       const { retained } = power;
       const bytes = new Uint8Array(retained.byteLength);
       if (power.wakeCause !== "power-on") {
         retained.read(bytes);
         attempt(() => bytes.every((byte, index) => byte === ((index * 7) & 0xff | 1)));
         return;
       }
       retained.write(bytes.map((_, index) => (index * 7) & 0xff | 1));
       power.sleep({ untilTicks: 60000, afterPulses: 0, onServiceButton: false });`,
        { board },
      );
      await bench.pass(61);
      expect(results()).toEqual(["true"]);
    },
  );

  it.each([
    ["deep", 20, "the service button's pin cannot wake this chip"],
    ["light", 7, 'light sleep needs the manifest\'s "defines": { "softreset": 1 }'],
  ])(
    "is refused in %s sleep with a button at GPIO %d of an image that can't do it",
    async (sleep, gpio, reason) => {
      await run(`
      const { battery } = board.power;
      attempt(() => new ChipPower({ battery, serviceButton: ${gpio}, sleep: "${sleep}" }));`);
      expect(results()).toEqual([`RangeError: ${reason}`]);
    },
  );
});
