import type { Command } from "commander";
import type { Product } from "../../firmware/products/product.js";
import type { KnownBoard } from "../../manifests/boards/boards.js";
import { addCommand, type CommandText } from "../kit/add-command.js";
import { parseBoard, parseProduct } from "../kit/option-values.js";

export interface ShowRequest {
  readonly file: string;
  /** What the image must be for; undefined for whatever it is. */
  readonly board: KnownBoard | undefined;
  readonly product: Product | undefined;
}

const text: CommandText = {
  summary: "say what an image is",
  description:
    "Reads an image as ESP-IDF builds it: chip, product, board, version, legal checksum, size, whether checksum and hash " +
    "are right, and whether it is signed. Nothing is built, and no SDK is needed.",
  examples: [
    ["tally image show xs_esp32.bin"],
    ["tally image show xs_esp32.bin --board esp32c6 --product water", "refuses any other"],
  ],
  exitStatus:
    "0 when the image is whole, 1 when it is damaged, 2 when the file is no image of Tally, or not for the board or product.",
};

/** Adds `show` to `tally image`. */
export function addShowCommand(image: Command, carryOut: (request: ShowRequest) => Promise<void>): Command {
  return addCommand(image, "show", text)
    .argument("<file>", "the image, such as xs_esp32.bin")
    .option("--board <name>", "the board that it must be for", parseBoard)
    .option("--product <name>", "the kind of meter that it must be of", parseProduct)
    .action(
      async (file: string, { board, product }: { readonly board?: KnownBoard; readonly product?: Product }) =>
        carryOut({ file, board, product }),
    );
}
