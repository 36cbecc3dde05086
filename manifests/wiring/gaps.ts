type Kind = "number" | "boolean" | "string" | "list";

const serial: readonly string[] = ["uart", "transmit", "receive"];

/** What every board says of itself, by kind; members of those that a board may do without stand apart. */
const required: Readonly<Record<Kind, readonly string[]>> = Object.freeze({
  number: [
    "pulseInput.contactA",
    ...["gpio", "multiplier", "divisor", "settleMicroseconds"].map((name) => `power.battery.${name}`),
    ...serial.map((name) => `modem.serial.${name}`),
    "modem.powerKey.gpio",
    "modem.reset.gpio",
    ...serial.map((name) => `service.${name}`),
  ],
  boolean: ["modem.powerKey.isActiveLow", "modem.reset.isActiveLow"],
  string: ["sensor", "pulseInput.pullUp", "power.sleep"],
  list: ["rails", "reserved"],
});

/** Of a board with a valve. */
const ofValve: Readonly<Record<Kind, readonly string[]>> = Object.freeze({
  number: [
    ...["openDrive", "closeDrive", "openLimit", "closeLimit", "current"].map((line) => `valve.${line}.gpio`),
    "valve.senseMillivoltsPerMilliampere",
  ],
  boolean: ["openDrive", "closeDrive", "openLimit", "closeLimit"].map((line) => `valve.${line}.isActiveLow`),
  string: ["valve.openLimit.pull", "valve.closeLimit.pull"],
  list: [],
});

/**
 * What is missing in the wiring of a board, or is of another kind than it must be: a sentence for each. A provider is
 * compiled without its types when only its image is built, so nobody else has looked.
 */
export function wiringGaps(wiring: unknown): string[] {
  const hasValve = memberAt(wiring, "valve") !== undefined;
  const gaps = [required, ...(hasValve ? [ofValve] : [])].flatMap((table) =>
    Object.entries(table).flatMap(([kind, paths]) =>
      paths
        .filter((path) => !isOf(kind as Kind, memberAt(wiring, path)))
        .map((path) => gapText(path, kind, wiring)),
    ),
  );
  return [...new Set(gaps)];
}

/** The outermost member that is missing tells more than what would be in it. */
function gapText(path: string, kind: string, wiring: unknown): string {
  const names = path.split(".");
  const missing = names.findIndex(
    (_, index) => memberAt(wiring, names.slice(0, index + 1).join(".")) === undefined,
  );
  if (missing >= 0) return `${names.slice(0, missing + 1).join(".")} is missing`;
  return `${path} must be a ${kind}`;
}

function isOf(kind: Kind, value: unknown): boolean {
  return kind === "list" ? Array.isArray(value) : typeof value === kind;
}

function memberAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
      value,
    );
}
