import type { Hardware } from "../../../hal/hardware.js";
import { LinkHardware } from "./hardware.js";
import { Link } from "../boundary/link.js";
import { type ApplicationCall, Operation, type PortEventHandler } from "../boundary/port.js";

/** The application's entry point: one run from wake to sleep. */
export type ApplicationMain = (hardware: Hardware) => Promise<void>;

/**
 * Prepares one run of the application, the same on every engine. The wake event starts `main`; an error that
 * nobody handled is reported through `Operation.panic` and restarts a real chip.
 */
export function startApplication(call: ApplicationCall, main: ApplicationMain): PortEventHandler {
  const link = new Link(call);
  const panic = (error: unknown): void => {
    link.call(Operation.panic, 0, 0, 0, asciiOnly(describe(error)));
  };
  link.onWake = () => {
    main(new LinkHardware(link)).catch(panic);
  };
  return (event, ticks, a, b) => {
    try {
      link.dispatch(event, ticks, a, b);
    } catch (error) {
      panic(error);
    }
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? `${error.name}: ${error.message}`;
}

function asciiOnly(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.min(text.length, 2000));
  for (let index = 0; index < bytes.length; index++) {
    const code = text.charCodeAt(index);
    bytes[index] = code < 0x80 ? code : 0x3f;
  }
  return bytes;
}
