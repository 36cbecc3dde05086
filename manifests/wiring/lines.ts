import type { BoardWiring } from "../board.js";

/** What a line needs of its pin. */
export type LineKind = "output" | "input" | "pulse" | "wake-up" | "analog" | "reserved";

/** One wire of a board. */
export interface WiredLine {
  /** As people say it: `valve open drive`. */
  readonly name: string;
  readonly gpio: number;
  readonly kind: LineKind;
  /** Of an output: the level at which it rests, and at which its pull resistor holds it while the chip starts. */
  readonly restsAt: 0 | 1;
  readonly needsPull: boolean;
}

/** Every wire of a board that has a GPIO number. */
export function linesOf(board: BoardWiring): WiredLine[] {
  const { modem, service, reserved } = board;
  return [
    ...pulseLines(board),
    ...powerLines(board),
    ...serialLines("modem", modem.serial),
    output("modem power key", modem.powerKey),
    output("modem reset", modem.reset),
    ...serialLines("service", service),
    ...board.rails.map(({ name, input }) => line(`${name} rail`, input.gpio, "analog")),
    ...valveLines(board),
    ...reserved.map(({ gpio, use }) => line(use, gpio, "reserved")),
  ];
}

function pulseLines({ pulseInput: { contactA, contactB, cableLoop, pullUp } }: BoardWiring): WiredLine[] {
  const needsPull = pullUp === "internal";
  const lines = [line("pulse contact A", contactA, "pulse", { needsPull })];
  if (contactB !== undefined) lines.push(line("pulse contact B", contactB, "pulse", { needsPull }));
  if (cableLoop !== undefined) lines.push(line("cable loop", cableLoop, "pulse", { needsPull }));
  return lines;
}

function powerLines({ power: { battery, supplyWarning, serviceButton } }: BoardWiring): WiredLine[] {
  const lines = [line("battery voltage", battery.gpio, "analog")];
  if (battery.enable !== undefined) lines.push(line("battery divider switch", battery.enable, "output"));
  if (supplyWarning !== undefined) lines.push(line("supply warning", supplyWarning, "input"));
  if (serviceButton !== undefined) lines.push(line("service button", serviceButton, "wake-up"));
  return lines;
}

function serialLines(name: string, { transmit, receive, direction }: BoardWiring["service"]): WiredLine[] {
  const lines = [
    line(`${name} transmit`, transmit, "output", { restsAt: 1 }),
    line(`${name} receive`, receive, "input"),
  ];
  if (direction !== undefined) lines.push(line(`${name} direction`, direction, "output"));
  return lines;
}

function valveLines({ valve }: BoardWiring): WiredLine[] {
  if (!valve) return [];
  const limit = (name: string, { gpio, pull }: typeof valve.openLimit): WiredLine =>
    line(name, gpio, "input", { needsPull: pull !== "none" });
  return [
    output("valve open drive", valve.openDrive),
    output("valve close drive", valve.closeDrive),
    limit("valve open limit", valve.openLimit),
    limit("valve close limit", valve.closeLimit),
    line("valve current", valve.current.gpio, "analog"),
  ];
}

function output(name: string, { gpio, isActiveLow }: BoardWiring["modem"]["reset"]): WiredLine {
  return line(name, gpio, "output", { restsAt: isActiveLow ? 1 : 0 });
}

function line(name: string, gpio: number, kind: LineKind, details: Partial<WiredLine> = {}): WiredLine {
  return { name, gpio, kind, restsAt: 0, needsPull: false, ...details };
}
