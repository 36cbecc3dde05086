import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { parseBoard, parseProduct } from "../kit/option-values.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { UsageError } from "../kit/usage-error.js";

/** What `tally flash` is asked for. */
export interface FlashRequest {
  readonly board: KnownBoard;
  readonly product: Product;
  /** Whether the image is a sealed one, with secure boot and flash encryption. */
  readonly isProduction: boolean;
  /** File of the private key that signs a production image; undefined to leave signing to somebody else. */
  readonly signingKey: string | undefined;
  /** Whether a production image is flashed too, which seals the chip for good. */
  readonly mayBurnFuses: boolean;
  /** The serial port the board hangs on; undefined to let the SDK look for it. */
  readonly port: string | undefined;
  /** Where to build; undefined for the project's own folder. */
  readonly buildFolder: string | undefined;
  readonly isDryRun: boolean;
}

/** As commander hands the options over. */
interface FlashOptions {
  readonly board: KnownBoard;
  readonly product: Product;
  readonly production?: true;
  readonly signingKey?: string;
  readonly burnFuses?: true;
  readonly port?: string;
  readonly buildFolder?: string;
  readonly dryRun?: true;
}

const text: CommandText = {
  summary: "build the firmware for a board and flash it",
  description:
    "Checks the board's wiring, builds the firmware with the Moddable SDK and ESP-IDF, and flashes it.",
  examples: [
    ["npm run flash -- --board esp32c6 --product water"],
    ["npm run flash -- --board esp32s3 --product gas --port /dev/ttyUSB0"],
    ["npm run flash -- --board esp32c3 --product water --dry-run"],
    ["npm run flash -- --board esp32c6 --product water --production --signing-key key.pem"],
  ],
  notes: [
    "It takes the Moddable SDK 8.2 (in MODDABLE) and ESP-IDF 6.0 (in IDF_PATH), neither of which is part of Tally.",
    "A production image has secure boot and flash encryption on and JTAG off. It is built, without a key unsigned, " +
      "and left to the factory: its first start burns eFuses and can't be undone. --burn-fuses flashes it all the " +
      "same.",
  ],
  exitStatus:
    "0 when the board is flashed, 1 when the build failed or left another image than it should, 2 for bad usage, a board " +
    "whose wiring is wrong, or when the SDK or ESP-IDF is missing or of another version.",
};

/** Adds `flash` to the program; `carryOut` gets what the user asked for. */
export function addFlashCommand(
  program: Command,
  carryOut: (request: FlashRequest) => Promise<void>,
): Command {
  return addCommand(program, "flash", text)
    .addOption(
      new Option("--board <name>", `the meter's board, ${boards.map(({ name }) => name).join(", ")}`)
        .argParser(parseBoard)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--product <name>", `the kind of meter, ${products.map(({ name }) => name).join(", ")}`)
        .argParser(parseProduct)
        .makeOptionMandatory(),
    )
    .option("--production", "a sealed image: secure boot, flash encryption, no JTAG")
    .option("--signing-key <file>", "private key that signs a production image")
    .option("--burn-fuses", "flash a signed production image too: there is no way back")
    .option("--port <path>", "serial port of the board, unless the SDK finds it")
    .option("--build-folder <folder>", "build in a folder below this one, instead of build/image")
    .option("--dry-run", "print the commands and run nothing")
    .action(async (options: FlashOptions) => carryOut(requestOf(options)));
}

function requestOf({ board, product, signingKey, port, buildFolder, ...flags }: FlashOptions): FlashRequest {
  const isProduction = flags.production ?? false;
  const mayBurnFuses = flags.burnFuses ?? false;
  if (signingKey !== undefined && !isProduction) throw new UsageError("--signing-key goes with --production");
  if (mayBurnFuses && signingKey === undefined)
    throw new UsageError("--burn-fuses goes with --production and --signing-key <file>");
  return {
    board,
    product,
    isProduction,
    signingKey,
    mayBurnFuses,
    port,
    buildFolder,
    isDryRun: flags.dryRun ?? false,
  };
}
