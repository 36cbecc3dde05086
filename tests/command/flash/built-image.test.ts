/** The SDK's target `build` ends well whatever ESP-IDF's build did, and copies what lies there. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { firmwareVersion } from "../../../firmware/readings/readings.js";
import { legalChecksum } from "../../../sim/run/legal-checksum.js";
import { imageBytes, labelFor, numbers, signedBytes } from "../image/image-bytes.js";
import { Workplace } from "../image/workplace.js";

const commandLine = "flash --board esp32c6 --product water";

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  workplace.installSdk();
  workplace.installTools();
});
afterEach(() => {
  workplace.leave();
});

function lastError(): string | undefined {
  return workplace.bench.errors.lines.at(-1);
}

describe("a build that leaves no image of its own", () => {
  it("is no build, though an image of an earlier one lies there", async () => {
    const { built, copied } = workplace.places("esp32c6", "water");
    for (const path of [built, copied]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, imageBytes());
    }
    workplace.let("build", "echo 'retained.c:9: fatal error: a.h: No such file' >&2");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(lastError()).toBe(
      `error: the build has left no image at ${built}: ESP-IDF's part of it failed: ` +
        "retained.c:9: fatal error: a.h: No such file",
    );
  });

  it("is none, where the tools put an older one there", async () => {
    const places = workplace.places("esp32c6", "water");
    workplace.let("build", ...workplace.leaves(places, imageBytes(), { isOld: true }));
    expect(await workplace.run(commandLine)).toBe(1);
    expect(lastError()).toBe(`error: ${places.built} is older than this build: ESP-IDF's part of it failed`);
  });

  it("is not flashed", async () => {
    expect(await workplace.run(commandLine)).toBe(1);
    expect(workplace.calls).toHaveLength(1);
  });

  it("ends with the status of mcconfig where that tells of the failure", async () => {
    workplace.let("build", "exit 2");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(lastError()).toBe("error: mcconfig ended with status 2");
  });

  it("leaves nothing that the next one could take for its own", async () => {
    const { folder } = workplace.places("esp32c6", "water");
    workplace.let("build", `mkdir -p "${folder}/tmp"; touch "${folder}/tmp/module.js"`, "exit 2");
    expect(await workplace.run(commandLine)).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });
});

describe("an image that is another than was asked for", () => {
  const { esp32c3, esp32c6 } = numbers;
  const label = (...changed: readonly [from: string, to: string]): string =>
    labelFor("water", "esp32c6").replace(...changed);
  const others: readonly (readonly [what: string, image: Buffer, problem: RegExp])[] = [
    ["product", imageBytes({ label: label("water", "gas") }), /is of a gas meter, not of a water meter$/],
    ["board", imageBytes({ label: label("esp32c6", "esp32s3") }), /is for board esp32s3, not for esp32c6$/],
    ["version", imageBytes({ label: label(firmwareVersion, "0.0.9") }), /holds version 0\.0\.9, not /],
    [
      "legal checksum",
      imageBytes({ label: label(legalChecksum(), "0".repeat(64)) }),
      /holds legal checksum 0{64}, not [0-9a-f]{64}$/,
    ],
    ["chip", imageBytes({ chipNumber: esp32c3 }), /is for chip ESP32-C3, not for ESP32-C6$/],
    [
      "project",
      imageBytes({ chipNumber: esp32c6, label: "" }),
      /has no label of Tally: it was not built from these/,
    ],
    ["length", imageBytes().subarray(0, -40), /is cut off: /],
  ];

  it.each(others)("by its %s is told in one line, with exit code 1", async (_, image, problem) => {
    workplace.let("build", ...workplace.leaves(workplace.places("esp32c6", "water"), image));
    expect(await workplace.run(commandLine)).toBe(1);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(lastError()).toMatch(problem);
    expect(workplace.calls).toHaveLength(1);
  });

  it("by a bit is damaged", async () => {
    const image = imageBytes();
    image.writeUInt8(7, 200);
    workplace.let("build", ...workplace.leaves(workplace.places("esp32c6", "water"), image));
    expect(await workplace.run(commandLine)).toBe(1);
    expect(lastError()).toMatch(/xs_esp32\.bin is damaged$/);
  });

  it("than ESP-IDF's is told", async () => {
    const places = workplace.places("esp32c6", "water");
    const put = workplace.leaves(places, imageBytes());
    workplace.let("build", ...put, `echo more >> "${places.copied}"`);
    expect(await workplace.run(commandLine)).toBe(1);
    expect(lastError()).toBe(`error: ${places.copied} is not what ESP-IDF's build made`);
  });
});

describe("an image to be signed", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  let options: string;
  beforeEach(() => {
    const key = join(workplace.folder, "key.pem");
    writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
    options = `${commandLine} --production --signing-key ${key} --burn-fuses`;
  });

  function leave(image: Buffer): void {
    workplace.let("build", ...workplace.leaves(workplace.places("esp32c6", "water", true), image));
  }

  it("is signed with the key, and flashed when its fuses may burn", async () => {
    leave(signedBytes(imageBytes(), privateKey, publicKey));
    expect(await workplace.run(options)).toBe(0);
    expect(workplace.calls).toHaveLength(2);
    const configuration = readFileSync(join(workplace.calls[0]?.[2] ?? "", "sdkconfig.defaults"), "utf8");
    expect(configuration).toContain(
      `\nCONFIG_SECURE_BOOT_SIGNING_KEY="${join(workplace.folder, "key.pem")}"\n`,
    );
    expect(configuration).not.toContain("ESP32_REV_MIN");
  });

  it("is none without a signature", async () => {
    leave(imageBytes());
    expect(await workplace.run(options)).toBe(1);
    expect(lastError()).toMatch(/is not signed, though a key was given$/);
  });

  it("is none with the signature of another key", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 3072 });
    leave(signedBytes(imageBytes(), other.privateKey, other.publicKey));
    expect(await workplace.run(options)).toBe(1);
    expect(lastError()).toMatch(
      /is signed with another key than was given: with that of digest [0-9a-f]{64}$/,
    );
    expect(workplace.calls).toHaveLength(1);
  });

  it.each([
    ["nothing", () => ""],
    ["garbage", () => "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n"],
    ["a public key", () => publicKey.export({ type: "spki", format: "pem" })],
    [
      "a key with a password",
      () => privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
    ],
  ])("takes no key that is %s, and builds nothing", async (_, text) => {
    writeFileSync(join(workplace.folder, "key.pem"), text());
    expect(await workplace.run(options)).toBe(2);
    expect(workplace.bench.errors.lines).toHaveLength(1);
    expect(lastError()).toMatch(/key\.pem: this is no private key in PEM without a password; `espsecure /);
    expect(() => workplace.calls).toThrow();
  });

  it.each([
    ["a shorter one", generateKeyPairSync("rsa", { modulusLength: 2048 })],
    ["one of a curve", generateKeyPairSync("ec", { namedCurve: "prime256v1" })],
  ])("takes no key but RSA-3072: not %s", async (_, keys) => {
    writeFileSync(
      join(workplace.folder, "key.pem"),
      keys.privateKey.export({ type: "pkcs8", format: "pem" }),
    );
    expect(await workplace.run(options)).toBe(2);
    expect(lastError()).toMatch(/key\.pem: secure boot takes an RSA key of 3072 bits; /);
  });

  it("tells in a dry run what is written, signed and burnt, and does nothing", async () => {
    expect(await workplace.run(`${options} --dry-run`)).toBe(0);
    const [note, ...commands] = workplace.bench.output.lines;
    expect(note).toMatch(
      /^# .*sdkconfig\.defaults is written first; the image is signed with .*key\.pem and flashed: /,
    );
    expect(commands).toHaveLength(2);
    expect(() => workplace.calls).toThrow();
  });

  it("is none with that of another image", async () => {
    const signed = signedBytes(imageBytes(), privateKey, publicKey);
    signed.writeUInt8(7, signed.length - 4096 - 1);
    leave(signed);
    expect(await workplace.run(options)).toBe(1);
    expect(lastError()).toMatch(/the image is not the one that was signed$/);
  });
});
