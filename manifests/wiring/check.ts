import { type ChipPins, chips } from "../../hal/esp32/chips.js";
import type { BoardWiring } from "../board.js";
import { wiringGaps } from "./gaps.js";
import { type WiredLine, linesOf } from "./lines.js";
import { startLevels } from "./start-levels.js";

export type ChipName = keyof typeof chips;

/**
 * Says what is wrong with the wiring of a board, a sentence for each problem with the GPIO and the lines concerned;
 * empty when the chip can do what the board asks of it.
 */
export function wiringProblems(board: BoardWiring, chipName: ChipName): string[] {
  const gaps = wiringGaps(board);
  if (gaps.length > 0) return gaps;
  const lines = linesOf(board);
  const chip = chips[chipName];
  return [
    ...pinsUsedTwice(lines),
    ...lines.flatMap((line) => lineProblems(line, chip)),
    ...lines.flatMap((line) => startProblems(line, chipName)),
    ...uartProblems(board, chip),
    ...sensorProblems(board, chipName),
  ];
}

/**
 * Says what the wiring costs: a sentence for each pair of lines and pins of USB, empty when there is none. An input that
 * takes one has the port let go of both.
 */
export function wiringNotes(board: BoardWiring, chipName: ChipName): string[] {
  const lines = linesOf(board).filter(({ gpio }) => chips[chipName].usbPins.includes(gpio));
  if (lines.length === 0) return [];
  const names = lines.map(({ name, gpio }) => `${name} at GPIO ${gpio}`).join(", ");
  return [`the USB port's pins are taken (${names}): it can't be flashed or debugged through that port`];
}

function pinsUsedTwice(lines: readonly WiredLine[]): string[] {
  const users = new Map<number, string[]>();
  for (const { gpio, name } of lines) users.set(gpio, [...(users.get(gpio) ?? []), name]);
  return [...users]
    .filter(([, names]) => names.length > 1)
    .map(([gpio, names]) => `GPIO ${gpio} is used ${timesText(names.length)}: ${names.join(", ")}`);
}

function lineProblems({ name, gpio, kind, needsPull }: WiredLine, chip: ChipPins): string[] {
  if (!chip.gpios.includes(gpio)) return [`${name}: there is no GPIO ${gpio}`];
  const problems: string[] = [];
  const isLowPower = chip.lowPowerPins.includes(gpio);
  const isInputOnly = chip.inputOnlyPins.includes(gpio);
  if (chip.flashPins.includes(gpio)) problems.push(`${name}: GPIO ${gpio} is wired to the flash`);
  if ((kind === "pulse" || kind === "wake-up") && !isLowPower)
    problems.push(
      `${name}: GPIO ${gpio} is not awake in deep sleep; those that are: ${listText(chip.lowPowerPins)}`,
    );
  if (kind === "analog" && !chip.analogPins.includes(gpio))
    problems.push(`${name}: GPIO ${gpio} is no input of ADC1; those that are: ${listText(chip.analogPins)}`);
  if (chip.usbPins.includes(gpio) && kind !== "input" && kind !== "reserved")
    problems.push(`${name}: GPIO ${gpio} is USB's until the firmware runs, so only an input may use it`);
  if (kind === "output" && isInputOnly) problems.push(`${name}: GPIO ${gpio} is an input only`);
  if (needsPull && isInputOnly) problems.push(`${name}: GPIO ${gpio} has no pull resistors`);
  return problems;
}

/** A line that something else may drive, or that rests at the wrong level, can keep the chip from starting. */
function startProblems({ name, gpio, kind, restsAt }: WiredLine, chipName: ChipName): string[] {
  const level = startLevels[chipName].get(gpio);
  if (level === undefined || (kind === "output" && restsAt === level)) return [];
  return [
    `${name}: GPIO ${gpio} must be ${level} while the chip starts, so only an output that rests at ${level} may use it`,
  ];
}

function uartProblems({ modem, service }: BoardWiring, { uarts }: ChipPins): string[] {
  const problems: string[] = [];
  for (const [name, { uart }] of [["modem", modem.serial] as const, ["service", service] as const])
    if (uart < 0 || uart >= uarts) problems.push(`${name}: there is no UART ${uart}, only 0 to ${uarts - 1}`);
  if (modem.serial.uart === service.uart) problems.push(`UART ${service.uart} is used twice: modem, service`);
  return problems;
}

function sensorProblems({ sensor, pulseInput, power }: BoardWiring, chipName: ChipName): string[] {
  if (sensor === "single-reed") return [];
  if (pulseInput.contactB === undefined) return ["a dual reed needs a pulse contact B"];
  // EXT0 and EXT1 are all that ends its deep sleep, and each contact takes one.
  if (chipName === "esp32" && power.serviceButton !== undefined)
    return ["an ESP32 can't wake for a dual reed and a service button"];
  return [];
}

function timesText(count: number): string {
  return count === 2 ? "twice" : `${count} times`;
}

function listText(pins: readonly number[]): string {
  return pins.join(", ");
}
