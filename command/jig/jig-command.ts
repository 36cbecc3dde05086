import { hostname } from "node:os";
import { type Command, Option } from "commander";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { parseSeed } from "../kit/option-values.js";
import { UsageError } from "../kit/usage-error.js";
import type { JigRequest } from "./jig-request.js";

const mostSlots = 64;
const mostUnits = 100_000;

const text: CommandText = {
  summary: "the factory station: test and lock meters",
  description:
    "The factory station: takes meters, real or simulated ones, through a recipe of phases, several at once, records " +
    "every attempt, and gives good ones their serial number, calibration and keys before it locks them.",
  examples: [
    ["tally jig --simulate 4 --recipe jig/recipes/water-meter.json"],
    ["tally jig --simulate 16 --units 1000 --fault-rate 5 --recipe jig/recipes/water-meter.json"],
    [
      "tally jig --port /dev/ttyUSB0 --port /dev/ttyUSB1 --supply tcp:10.0.0.7:5025 \\\n" +
        "      --pulses /dev/ttyACM0 --magnet /dev/ttyACM1 --recipe jig/recipes/water-meter.json \\\n" +
        "      --database line1.db --head-end-key head-end.pem",
    ],
  ],
  notes: [
    'In a terminal with real ports, scan or type each unit\'s serial number and press Enter ("3:SERIAL" is for slot ' +
      "3); Enter alone starts all that have one. Without a terminal, or with --serial, each port's unit is tested once.",
  ],
  exitStatus:
    "0 when every unit passed (of a campaign: every fault was caught by its phase and no good unit failed), 1 when " +
    "not, 2 for bad usage.",
};

interface Given extends Readonly<Record<string, unknown>> {
  readonly recipe?: string;
  readonly port: readonly string[];
  readonly serial: readonly string[];
  readonly supply: readonly string[];
  readonly pulses: readonly string[];
  readonly magnet: readonly string[];
  readonly database?: string;
  readonly headEndKey?: string;
  readonly imageHash?: string;
  readonly station: string;
  readonly simulate?: number;
  readonly units?: number;
  readonly faultRate: number;
  readonly seed: number;
  readonly json?: true;
}

/** Adds `jig` to the program; `carryOut` gets what the user asked for. */
export function addJigCommand(program: Command, carryOut: (request: JigRequest) => Promise<void>): Command {
  return addCommand(program, "jig", text)
    .commandsGroup("Commands on the station's records:")
    .option("--recipe <file>", "what is done with a unit, in JSON")
    .option("--station <name>", "the station's name in the records", hostname())
    .option("--json", "print one JSON object and nothing else on standard output")
    .optionsGroup("Real meters:")
    .addOption(
      listOption(
        "--port <port>",
        "where a meter is, such as /dev/ttyUSB0 or tcp:HOST:PORT; once for each slot",
      ),
    )
    .addOption(
      listOption("--serial <number>", "serial number as scanned, once for each port, in their order"),
    )
    .addOption(
      listOption(
        "--supply <port>",
        "SCPI supply with current meter; once (its channels are the slots) or once a port",
      ),
    )
    .addOption(listOption("--pulses <port>", "SCPI pulse source, likewise"))
    .addOption(listOption("--magnet <port>", "SCPI switch of the magnet, likewise"))
    .option("--database <file>", "the station's records; simulated units can do without")
    .option("--head-end-key <file>", "X25519 public key in PEM, for which devices' keys are wrapped")
    .addOption(
      new Option("--image-hash <sha-256>", "the firmware image that units must have").argParser(parseHash),
    )
    .optionsGroup("Simulated units:")
    .addOption(
      new Option("--simulate <slots>", "simulated units in so many slots")
        .argParser(wholeNumber("simulate", mostSlots))
        .conflicts("port"),
    )
    .addOption(
      new Option(
        "--units <number>",
        "so many simulated units as fast as possible, instead of one a slot in real time",
      ).argParser(wholeNumber("units", mostUnits)),
    )
    .addOption(
      new Option("--fault-rate <percent>", "share of simulated units with a planted fault")
        .argParser(parsePercent)
        .default(0),
    )
    .addOption(
      new Option("--seed <number>", "decides the simulated units and their faults")
        .argParser(parseSeed)
        .default(1),
    )
    .action(async (given: Given) => carryOut(requestOf(given)));
}

function requestOf(given: Given): JigRequest {
  const { recipe, port, serial, supply, pulses, magnet, simulate } = given;
  if (recipe === undefined)
    throw new UsageError(
      "tally jig needs --recipe <file>: what is done with a unit, such as jig/recipes/water-meter.json",
    );
  if (simulate !== undefined) requireNothingReal(given);
  else {
    if (port.length === 0)
      throw new UsageError("tally jig needs --port <port> for each meter, or --simulate <slots>");
    if (given.units !== undefined || given.faultRate !== 0)
      throw new UsageError("--units and --fault-rate are for --simulate");
    requireRecords(given);
  }
  if (new Set(port).size < port.length) throw new UsageError("each --port can be given once");
  if (serial.length > 0 && serial.length !== port.length)
    throw new UsageError(
      `--serial goes with each --port: ${port.length} ports, ${serial.length} serial numbers`,
    );
  for (const [kind, addresses] of Object.entries({ supply, pulses, magnet }))
    if (addresses.length > 1 && addresses.length !== port.length)
      throw new UsageError(`--${kind} can be given once or once for each --port`);
  return {
    recipe,
    ports: port,
    serialNumbers: serial,
    instruments: { supply, pulses, magnet },
    database: given.database,
    headEndKey: given.headEndKey,
    imageHash: given.imageHash,
    station: given.station,
    simulate,
    units: given.units,
    faultRatePercent: given.faultRate,
    seed: given.seed,
    isJson: given.json ?? false,
  };
}

/** What is done to a real meter is written down, and so are the keys that it gets. */
function requireRecords({ database, headEndKey }: Given): void {
  if (database === undefined)
    throw new UsageError("tally jig needs --database <file> with --port: the station's records");
  if (headEndKey === undefined)
    throw new UsageError(
      "tally jig needs --head-end-key <file> with --port: the public key for which devices' keys are wrapped",
    );
}

/** Simulated units bring their own instruments, and their keys are nobody's unless they are kept. */
function requireNothingReal({ serial, supply, pulses, magnet, database, headEndKey }: Given): void {
  for (const [name, values] of Object.entries({ serial, supply, pulses, magnet }))
    if (values.length > 0) throw new UsageError(`--${name} goes with --port, not with --simulate`);
  if (headEndKey !== undefined && database === undefined)
    throw new UsageError("--head-end-key goes with --database, where the keys are kept");
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .default([], "none")
    .argParser((text: string, before: readonly string[]) => [...before, text]);
}

function wholeNumber(name: string, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= 1 && value <= most) return value;
    throw new UsageError(`--${name} takes a whole number from 1 to ${most}, not "${text}"`);
  };
}

function parsePercent(text: string): number {
  const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (percent <= 100) return percent;
  throw new UsageError(`--fault-rate takes a number from 0 to 100, not "${text}"`);
}

function parseHash(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new UsageError(`--image-hash takes 64 hexadecimal digits, not "${text}"`);
}
