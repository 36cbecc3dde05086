#!/usr/bin/env node
// The `tally` command of a checkout, which compiles what has changed before it runs it.
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { makeReadyOrExit } from "./launch.js";

await makeReadyOrExit(dirname(dirname(fileURLToPath(import.meta.url))), process.argv.slice(2));
await import(new URL("../dist/command/tally.js", import.meta.url).href);
