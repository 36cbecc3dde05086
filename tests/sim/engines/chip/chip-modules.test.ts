import { createCipheriv, createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "@jest/globals";

import { firmwareImageHash } from "../../../../sim/run/image-hash.js";
import { type BenchOptions, ChipBench } from "./chip-bench.js";

let bench: ChipBench;

afterEach(() => {
  bench.close();
});

/** The number of what the applications here note. */
const told = 200;

const imports = {
  ChipBoot: "../hal/esp32/boot/boot.js",
  ChipClock: "../hal/esp32/clock/clock.js",
  ChipCrypto: "../hal/esp32/crypto/crypto.js",
  ChipFlashPartition: "../hal/esp32/flash/flash.js",
  "ChipSeal, readHardwareId": "../hal/esp32/fuses/fuses.js",
  ChipWatchdog: "../hal/esp32/watchdog/watchdog.js",
};

/** Notes a text, the bytes of a result, or an error. */
const tell = `
  const tell = (act) => {
    let content;
    try { content = act(); } catch (error) { content = String(error); }
    note(${told}, 0, 0, 0, content instanceof Uint8Array ? content : String(content));
  };`;

async function run(application: string, options: BenchOptions = {}): Promise<ChipBench> {
  bench = await ChipBench.create({ imports, ...options, application: tell + application });
  await bench.powerOn();
  return bench;
}

function results(): string[] {
  return bench.notes(told).map(({ content }) => Buffer.from(content ?? []).toString());
}

describe("the slots of the chip", () => {
  it("are told: which runs, what it is, that it is not on trial, and that it is kept", async () => {
    await run(`
      const boot = new ChipBoot();
      tell(() => boot.runningSlot); tell(() => boot.imageHash);
      tell(() => boot.isTrial); tell(() => boot.markValid());`);
    expect(results()).toEqual(["ota_0", firmwareImageHash(), "false", "undefined"]);
  });

  it("are told not to be on trial, and not to be kept, where that can't be read or written", async () => {
    const refused = ["esp_ota_get_state_partition", "esp_ota_mark_app_valid_cancel_rollback"];
    await run("const boot = new ChipBoot(); tell(() => boot.isTrial); tell(() => boot.markValid());", {
      chip: { refused },
    });
    expect(results()).toEqual(["false", "Error: the running image cannot be marked valid"]);
  });

  it("say so when what runs can't be read", async () => {
    await run("tell(() => new ChipBoot().imageHash);", { chip: { refused: ["esp_partition_get_sha256"] } });
    expect(results()).toEqual(["Error: the running image cannot be read"]);
  });

  it("are gone back to by a restart", async () => {
    await run(`
      const clock = new ChipClock();
      note(${told}, clock.ticks);
      if (clock.wallTime.trust === "network") return;
      clock.setWallTime(clock.ticks, "network");
      clock.setTimer(() => new ChipBoot().rollBack(), 10);`);
    await bench.pass(1);
    const { startMilliseconds } = bench;
    expect(bench.notes(told).map(({ a }) => a)).toEqual([startMilliseconds, 2 * startMilliseconds + 10]);
  });

  it("are not gone back to where there is no other", async () => {
    await run("tell(() => new ChipBoot().rollBack());", {
      chip: { refused: ["esp_ota_mark_app_invalid_rollback_and_reboot"] },
    });
    expect(results()).toEqual(["Error: there is no valid image to go back to"]);
  });
});

describe("the fuses of the chip", () => {
  it("have its number, and a seal that burns once for all", async () => {
    bench = await ChipBench.create({
      imports,
      application: `${tell}
        const seal = new ChipSeal();
        tell(() => readHardwareId()); tell(() => seal.isSealed); tell(() => seal.burn()); tell(() => seal.isSealed);`,
    });
    bench.meter.parts.seal.isBurnt = false;
    await bench.powerOn();
    expect(results()).toEqual([bench.meter.parts.hardwareId, "false", "true", "true"]);
  });

  it("that can't be read count as burnt", async () => {
    await run("tell(() => new ChipSeal().isSealed); tell(() => new ChipSeal().burn());", {
      chip: { refused: ["esp_efuse_read_block"] },
    });
    expect(results()).toEqual(["true", "true"]);
  });

  it("say so when the chip's number can't be read", async () => {
    await run("tell(() => readHardwareId());", { chip: { refused: ["esp_efuse_mac_get_default"] } });
    expect(results()).toEqual(["Error: the chip's number cannot be read"]);
  });
});

describe("the chip's cryptography", () => {
  const bytes = (first: number, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, index) => first + index);

  it("encrypts and hashes as the standards have it, also parts of longer buffers", async () => {
    await run(`
      const crypto = new ChipCrypto();
      const buffer = Uint8Array.from({ length: 64 }, (_, index) => index);
      tell(() => crypto.encryptAes128Block(buffer.subarray(5, 21), buffer.subarray(21, 37)));
      tell(() => crypto.sha256(buffer.subarray(1, 60)));`);
    const cipher = createCipheriv("aes-128-ecb", bytes(5, 16), null).setAutoPadding(false);
    const [encrypted, hash] = bench.notes(told).map(({ content }) => Buffer.from(content ?? []));
    expect(encrypted?.equals(cipher.update(bytes(21, 16)))).toBe(true);
    expect(hash?.equals(createHash("sha256").update(bytes(1, 59)).digest())).toBe(true);
  });

  it("fills buffers from the generator, 256 bytes at most", async () => {
    await run(`
      const crypto = new ChipCrypto();
      const target = new Uint8Array(256);
      tell(() => { crypto.fillRandom(target); return new Set(target).size > 100; });
      tell(() => crypto.fillRandom(new Uint8Array(257)));`);
    expect(results()).toEqual(["true", "RangeError: target must hold at most 256 bytes"]);
  });
});

describe("the chip's clock", () => {
  it("fires timers in the order of their times, and none that was cleared", async () => {
    await run(`
      const clock = new ChipClock();
      const at = (delay) => clock.setTimer(() => note(${told}, delay, clock.ticks), delay);
      at(30); at(10); const cleared = at(20); at(0);
      clock.clearTimer(cleared); clock.clearTimer(cleared);`);
    await bench.pass(1);
    expect(bench.notes(told).map(({ a, b }) => [a, b])).toEqual([
      [0, bench.startMilliseconds],
      [10, bench.startMilliseconds + 10],
      [30, bench.startMilliseconds + 30],
    ]);
  });

  it("fires a timer of a month, which is longer than the SDK counts", async () => {
    const month = 31 * 86_400_000;
    await run(`
      const clock = new ChipClock();
      clock.setTimer(() => note(${told}, clock.ticks), ${month});`);
    await bench.pass(32 * 86_400);
    expect(bench.notes(told).map(({ a }) => a)).toEqual([bench.startMilliseconds + month]);
  });

  it("says so when there is no memory for a timer", async () => {
    await run("tell(() => new ChipClock().setTimer(() => undefined, 5));", {
      chip: { refused: ["modTimerAdd"] },
    });
    expect(results()).toEqual(["Error: no memory for a timer"]);
  });

  it("keeps the date, and how far to trust it, over resets", async () => {
    const date = 1_767_225_600_000;
    await run(`
      const clock = new ChipClock();
      const { epochMilliseconds, trust } = clock.wallTime;
      tell(() => trust); note(201, epochMilliseconds);
      if (trust === "unset") clock.setWallTime(${date}, "network");`);
    await bench.pass(100);
    bench.board.reset("watchdog");
    await bench.settle();
    await bench.pass(1);
    expect(results()).toEqual(["unset", "network"]);
    // Two starts, neither of them of whole milliseconds.
    const passed = (bench.notes(201).at(-1)?.a ?? NaN) - date - 100_000 - bench.startMilliseconds;
    expect([0, 1]).toContain(passed);
  });
});

describe("the chip's operations on bytes", () => {
  it("stay within their buffers", async () => {
    await run(
      `const bytes = new Uint8Array(new Uint8Array(64).buffer, 8, 16);
       tell(() => crc32(bytes, 16, 1)); tell(() => crc32(bytes, 17));
       tell(() => readUnsigned(bytes, 15, 2)); tell(() => writeUnsigned(bytes, -1, 2, 0));`,
      { imports: { "crc32, readUnsigned, writeUnsigned": "../hal/esp32/bytes/bytes.js" } },
    );
    expect(results()).toEqual(Array(4).fill("RangeError: outside the buffer"));
  });
});

describe("the chip's watchdog", () => {
  it("restarts a chip that no longer feeds it, after no less than what the image was built with", async () => {
    await run("tell(() => 0); new ChipWatchdog().feed(5);");
    await bench.pass(59);
    expect(results()).toHaveLength(1);
    await bench.pass(2);
    expect(results()).toHaveLength(2);
  });

  it("waits for as long as it was last asked to", async () => {
    await run("tell(() => 0); const watchdog = new ChipWatchdog(); watchdog.feed(60); watchdog.feed(100);");
    await bench.pass(99);
    expect(results()).toHaveLength(1);
    await bench.pass(2);
    expect(results()).toHaveLength(2);
  });
});

describe("the chip's flash", () => {
  const writing = `
    const journal = new ChipFlashPartition({ partition: "scratch" });
    const settings = new ChipFlashPartition({ partition: "settings" });
    const read = (partition, address, length) => {
      const target = new Uint8Array(length);
      if (!partition.read(address, target)) throw new Error("unread");
      return target;
    };`;

  it("refuses what lies outside of a partition, or across a block of an encrypted one", async () => {
    await run(
      `${writing}
      const end = settings.geometry.byteLength;
      tell(() => settings.read(end - 8, new Uint8Array(16))); tell(() => settings.read(-1, new Uint8Array(1)));
      tell(() => settings.program(8, new Uint8Array(16))); tell(() => settings.erase(end));`,
      { chip: { isFlashEncrypted: true } },
    );
    expect(results()).toEqual([
      "RangeError: flash access 24568+16 is outside the partition",
      "RangeError: flash access -1+1 is outside the partition",
      "RangeError: flash access 8+16 is not aligned to 16",
      "RangeError: flash access 24576+4096 is outside the partition",
    ]);
  });

  it("knows its partitions by the table's labels only", async () => {
    await run(`tell(() => new ChipFlashPartition({ partition: "attic" }));`);
    expect(results()).toEqual(['Error: flash partition "attic" is unknown']);
  });

  it("shows erased blocks of an encrypted partition as erased, and written ones as they were written", async () => {
    await run(
      `${writing}
      settings.erase(4096);
      tell(() => settings.program(4096 + 16, Uint8Array.from({ length: 16 }, (_, index) => index + 1)));
      tell(() => read(settings, 4096 + 8, 32).join());
      tell(() => settings.geometry.programByteLength + " " + journal.geometry.programByteLength);`,
      { chip: { isFlashEncrypted: true } },
    );
    const erased = Array<number>(8).fill(255);
    const written = Array.from({ length: 16 }, (_, index) => index + 1);
    expect(results()).toEqual(["true", [...erased, ...written, ...erased].join(), "16 1"]);
  });

  it("keeps none of an encrypted partition's bytes as they are", async () => {
    await run(`${writing} settings.erase(4096); settings.program(4096, new Uint8Array(16).fill(7));`, {
      chip: { isFlashEncrypted: true },
    });
    const cells = bench.meter.flash.partition("settings")?.flash.image.slice(4096, 4112) ?? [];
    expect([...cells]).not.toContain(7);
  });

  it("looks at the cells of an encrypted partition in few pieces", async () => {
    await run(
      `${writing}
      settings.erase(4096);
      settings.program(4096 + 240, new Uint8Array(32).fill(7));
      tell(() => read(settings, 4096, 512).reduce((sum, byte) => sum + byte));
      tell(() => read(settings, 4096 + 250, 300).filter((byte) => byte === 7).length);`,
      { chip: { isFlashEncrypted: true, refused: ["esp_partition_read_raw:4"] } },
    );
    expect(results()).toEqual([String(480 * 255 + 32 * 7), "22"]);
  });

  it.each(["esp_partition_read", "esp_partition_read_raw"])(
    "tells that it can't be read when %s fails",
    async (name) => {
      await run(`${writing} tell(() => settings.read(0, new Uint8Array(16)));`, {
        chip: { isFlashEncrypted: true, refused: [name] },
      });
      expect(results()).toEqual(["false"]);
    },
  );
});
