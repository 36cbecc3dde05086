import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleManifest } from "./module-list.js";

/** `npm run manifests`, from the project's folder: writes down which modules the image holds. */
const project = process.cwd();
writeFileSync(
  join(project, "manifests/firmware.json"),
  `${JSON.stringify(moduleManifest(project), undefined, 2)}\n`,
);
