import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { moduleManifests } from "./module-list.js";

/** `npm run manifests`, from the project's folder: writes down which modules an image holds. */
const project = process.cwd();
for (const [path, manifest] of moduleManifests(project))
  writeFileSync(join(project, path), `${JSON.stringify(manifest, undefined, 2)}\n`);
