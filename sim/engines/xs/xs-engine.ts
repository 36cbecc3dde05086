import type { PortCall } from "../../chip/boundary/port.js";
import { HostProcess } from "../hosted/host-process.js";
import { HostedEngine } from "../hosted/hosted-engine.js";
import { firmwareModules, type ModuleSelection } from "../hosted/module-selection.js";
import { buildHost } from "./build-host.js";

/**
 * The real Moddable XS engine on the desktop: builds its host unless that was done before, starts it and loads the
 * application into it.
 */
export async function createXsEngine(
  call: PortCall,
  { moduleFolder, rootModule }: ModuleSelection = firmwareModules(),
): Promise<HostedEngine> {
  const executable = await buildHost();
  const host = await HostProcess.start("the XS host", executable, [moduleFolder, rootModule]);
  return new HostedEngine("xs", host, call);
}
