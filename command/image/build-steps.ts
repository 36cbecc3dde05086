import { firmwareVersion } from "../../firmware/readings/readings.js";
import { legalChecksum } from "../../sim/run/legal-checksum.js";
import { type ImageLabel, labelText } from "./image-label.js";
import { type ImageChoice, imagePlaces } from "./image-places.js";
import type { ToolStep } from "./tool-step.js";

/** What the image will say of itself. */
export function labelOf({ board, product }: ImageChoice): ImageLabel {
  return {
    product: product.name,
    board: board.name,
    version: firmwareVersion,
    checksum: legalChecksum(),
  };
}

/** Everything up to what the XS linker makes. It takes no ESP-IDF, though the SDK's makefile asks for its version. */
export function linkSteps(choice: ImageChoice): ToolStep[] {
  const { makefile, configuration, linked } = imagePlaces(choice);
  const withoutIdf = ["IDF_PATH=.", "IDF_VERSION=none", "-o", configuration];
  return [
    { words: mcconfig(choice), environment: {} },
    { words: ["make", "-f", makefile, ...withoutIdf, linked], environment: {} },
  ];
}

/** The image, by the SDK's own build, or flashing what has been built: `make` would do two targets at the same time. */
export function sdkStep(
  choice: ImageChoice,
  target: "build" | "deploy",
  environment: Readonly<Record<string, string>> = {},
): ToolStep {
  return { words: mcconfig(choice, "-m", "-t", target), environment };
}

function mcconfig(choice: ImageChoice, ...options: readonly string[]): string[] {
  const { board, product } = choice;
  const label = labelOf(choice);
  return [
    ...["mcconfig", ...options, "-o", imagePlaces(choice).folder, "-p", board.platform],
    `manifests/${product.name}.json`,
    // What the image will tell of its legally relevant part, through the SDK's `mc/config`, and what it is known by.
    `meteringChecksum=${label.checksum}`,
    `imageLabel=${labelText(label)}`,
  ];
}
