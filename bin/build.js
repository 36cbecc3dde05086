// `npm run build`
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { makeReadyOrExit } from "./launch.js";

await makeReadyOrExit(dirname(dirname(fileURLToPath(import.meta.url))), []);
