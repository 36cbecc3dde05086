import type { KeyObject } from "node:crypto";
import { rmSync } from "node:fs";
import type { Surroundings } from "../kit/surroundings.js";
import { labelOf, sdkStep } from "./build-steps.js";
import { builtImageProblem } from "./built-image.js";
import { firstErrorIn } from "./diagnostics.js";
import { chipNames } from "./image-file.js";
import { type ImageChoice, imagePlaces } from "./image-places.js";
import { runStep } from "./tool-step.js";

export interface ImageBuild {
  readonly choice: ImageChoice;
  /** What `removeOldBuild` has returned. */
  readonly since: number;
  /** For the SDK's build. */
  readonly environment: Readonly<Record<string, string>>;
  /** The private key that signs the image; undefined where nobody signs it. */
  readonly signingKey: KeyObject | undefined;
}

/**
 * Has the SDK and ESP-IDF build an image, and looks at what they leave. After a failure nothing of it stays: a file
 * that a compiler left in spite of its errors would be taken for good the next time.
 * @returns what is wrong, in one line; undefined when nothing is.
 */
export async function buildImageFile(
  { choice, since, environment, signingKey }: ImageBuild,
  surroundings: Surroundings,
): Promise<string | undefined> {
  const places = imagePlaces(choice);
  const { status, lines } = await runStep(sdkStep(choice, "build", environment), surroundings);
  const expectation = {
    sinceMilliseconds: since,
    label: labelOf(choice),
    chip: chipNames[choice.board.name],
    signingKey,
  };
  const problem =
    status === 0 ? builtImageProblem(places, expectation) : `mcconfig ended with status ${status}`;
  if (problem === undefined) return undefined;
  rmSync(places.folder, { recursive: true, force: true });
  const cause = firstErrorIn(lines);
  return cause === undefined ? problem : `${problem}: ${cause}`;
}
