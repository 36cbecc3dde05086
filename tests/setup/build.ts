import { join } from "node:path";

import type * as Compile from "../../bin/compile.js";
import type * as BuildXsProgram from "../../sim/engines/xs/build-xs-program.js";

/**
 * Jest's global setup: brings dist/ up to date, because the XS engine loads compiled modules, and builds the XS
 * program. Both take a moment only when there is something to do.
 */
export default async function build({ rootDir }: { readonly rootDir: string }): Promise<void> {
  // Jest transforms this file but none that it imports.
  const { compile, isUpToDate, planOf } = (await import(join(rootDir, "bin/compile.js"))) as typeof Compile;
  const plan = planOf(rootDir);
  if (!isUpToDate(plan)) await compile(rootDir, plan);
  const { buildXsProgram } = (await import(
    join(rootDir, "dist/sim/engines/xs/build-xs-program.js")
  )) as typeof BuildXsProgram;
  await buildXsProgram();
}
