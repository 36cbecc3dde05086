import { type Command, Option } from "commander";
import type { Product } from "../../firmware/products/product.js";
import { products } from "../../firmware/products/products.js";
import { boards, type KnownBoard } from "../../manifests/boards/boards.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { parseBoard, parseProduct } from "../kit/option-values.js";
import { UsageError } from "../kit/usage-error.js";

/** What `tally image` is asked for. */
export interface ImageRequest {
  readonly board: KnownBoard;
  readonly product: Product;
  /** Where to build; undefined for the project's own folder. */
  readonly buildFolder: string | undefined;
}

const boardText = `the meter's board, ${boards.map(({ name }) => name).join(", ")}`;
const productText = `the kind of meter, ${products.map(({ name }) => name).join(", ")}`;

const text: CommandText = {
  summary: "build an image and say what it is made of",
  description:
    "Has the Moddable SDK make what a meter's image is linked from, fails on any warning or error, and prints what the " +
    "XS linker made beside the figures of our own engine on RV32. With ESP-IDF it goes on to the image itself.",
  examples: [
    ["npm run image -- --board esp32c6 --product water"],
    ["npm run image -- show FILE", "what an image is"],
  ],
  notes: [
    "It takes the Moddable SDK 8.2 (in MODDABLE) and, for the image itself, ESP-IDF 6.0 (in IDF_PATH). It builds anew " +
      "each time, in build/image/, and takes minutes: the SDK compiles each module by itself.",
  ],
  exitStatus:
    "0 when all was built without a warning, 1 when not, 2 for bad usage, a board whose wiring is wrong, or when the SDK " +
    "is missing or of another version.",
};

/** Adds `image` to the program; `carryOut` gets what the user asked for. */
export function addImageCommand(
  program: Command,
  carryOut: (request: ImageRequest) => Promise<void>,
): Command {
  return addCommand(program, "image", text)
    .addOption(new Option("--board <name>", boardText).argParser(parseBoard))
    .addOption(new Option("--product <name>", productText).argParser(parseProduct))
    .option("--build-folder <folder>", "build in a folder below this one, instead of build/image")
    .action(async (options: Partial<ImageRequest>) => carryOut(requestOf(options)));
}

/** Not commander's mandatory options: it would ask for them in front of the commands below this one too. */
function requestOf({ board, product, buildFolder }: Partial<ImageRequest>): ImageRequest {
  if (!board) throw new UsageError(`tally image needs --board <name>: ${boardText}`);
  if (!product) throw new UsageError(`tally image needs --product <name>: ${productText}`);
  return { board, product, buildFolder };
}
