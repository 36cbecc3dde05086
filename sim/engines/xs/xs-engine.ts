import type { PortCall } from "../../chip/boundary/port.js";
import { PipedProcess } from "../process/piped-process.js";
import { ProcessEngine } from "../process/process-engine.js";
import { firmwareModules, type ModuleSelection } from "../process/module-selection.js";
import { buildXsProgram } from "./build-xs-program.js";

/**
 * The real Moddable XS engine on the desktop: builds its program unless that was done before, starts it and loads the
 * application into it.
 */
export async function createXsEngine(
  call: PortCall,
  { moduleFolder, rootModule }: ModuleSelection = firmwareModules(),
): Promise<ProcessEngine> {
  const executable = await buildXsProgram();
  const program = await PipedProcess.start("the XS program", executable, [moduleFolder, rootModule]);
  return new ProcessEngine("xs", program, call);
}
