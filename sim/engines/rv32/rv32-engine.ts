import type { PortCall } from "../../chip/boundary/port.js";
import { PipedProcess } from "../process/piped-process.js";
import { ProcessEngine } from "../process/process-engine.js";
import type { ModuleSelection } from "../process/module-selection.js";
import { buildImage, type ImageOptions } from "./build-image.js";
import { rv32Emulator } from "./tools.js";

/** One instruction a nanosecond, all of them counted; the console's serial port is the other end of the line. */
const machine = Object.freeze([
  ...["-M", "virt", "-bios", "none", "-display", "none", "-monitor", "none", "-serial", "none"],
  ...["-icount", "shift=0", "-semihosting-config", "enable=on,target=native"],
  ...["-global", "virtio-mmio.force-legacy=false", "-chardev", "stdio,id=line,signal=off"],
  ...["-device", "virtio-serial-device", "-device", "virtconsole,chardev=line"],
]);

/**
 * The XS engine on the instruction set of an ESP32-C3: builds its image unless that was done before, and starts it on an
 * emulated machine.
 */
export async function createRv32Engine(
  call: PortCall,
  modules?: ModuleSelection,
  options?: ImageOptions,
): Promise<ProcessEngine> {
  const { path } = await buildImage(modules, options);
  // An emulator does not notice that its serial port has been closed: it must end with us, however we end.
  const command = ["--pdeathsig", "KILL", rv32Emulator, ...machine, "-kernel", path];
  return new ProcessEngine("rv32", await PipedProcess.start("the RV32 machine", "setpriv", command), call);
}
