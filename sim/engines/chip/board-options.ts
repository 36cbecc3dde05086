import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BoardWiring } from "../../../manifests/board.js";
import type { KnownBoard } from "../../../manifests/boards/boards.js";
import { projectFolder } from "../build/project-folder.js";

/** What a pin is to the board, as double/wiring.h knows it. */
type WireKind =
  | "output"
  | "input"
  | "analog"
  | "battery"
  | "contact-a"
  | "contact-b"
  | "cable-loop"
  | "button"
  | "supply-warning";

const partitionTypes: Readonly<Record<string, number>> = { app: 0, data: 1 };
const partitionSubtypes: Readonly<Record<string, number>> = {
  nvs: 2,
  ota: 0,
  undefined: 6,
  ota_0: 0x10,
  ota_1: 0x11,
};

/** The options that tell the chip's process what is soldered to it: the board's wiring, and its partition table. */
export function boardOptions({ name, wiring }: KnownBoard, isFlashEncrypted: boolean): string[] {
  return [...wiringOptions(wiring), ...partitionOptions(name, isFlashEncrypted)];
}

function wiringOptions(board: BoardWiring): string[] {
  const { pulseInput } = board;
  return [
    ...(pulseInput.pullUp === "external" ? ["pull-ups:external"] : []),
    ...pulsePins(board),
    ...powerPins(board),
    ...uart("modem", board.modem.serial),
    pin(board.modem.powerKey.gpio, "output", "modem-power-key", board.modem.powerKey.isActiveLow),
    pin(board.modem.reset.gpio, "output", "modem-reset", board.modem.reset.isActiveLow),
    ...uart("service", board.service),
    ...board.rails.map(({ name, input }) => pin(input.gpio, "analog", `rail-${name}`)),
    ...valvePins(board),
  ];
}

function pulsePins({ pulseInput: { contactA, contactB, cableLoop } }: BoardWiring): string[] {
  const pins = [pin(contactA, "contact-a", "-")];
  if (contactB !== undefined) pins.push(pin(contactB, "contact-b", "-"));
  if (cableLoop !== undefined) pins.push(pin(cableLoop, "cable-loop", "-"));
  return pins;
}

function powerPins({ power: { battery, supplyWarning, serviceButton } }: BoardWiring): string[] {
  const pins = [pin(battery.gpio, "battery", "-", false, battery.multiplier, battery.divisor)];
  if (supplyWarning !== undefined) pins.push(pin(supplyWarning, "supply-warning", "-"));
  if (serviceButton !== undefined) pins.push(pin(serviceButton, "button", "-"));
  return pins;
}

function valvePins({ valve }: BoardWiring): string[] {
  if (!valve) return [];
  const { openDrive, closeDrive, openLimit, closeLimit, current } = valve;
  return [
    pin(openDrive.gpio, "output", "valve-open-drive", openDrive.isActiveLow),
    pin(closeDrive.gpio, "output", "valve-close-drive", closeDrive.isActiveLow),
    pin(openLimit.gpio, "input", "valve-open-limit", openLimit.isActiveLow),
    pin(closeLimit.gpio, "input", "valve-close-limit", closeLimit.isActiveLow),
    pin(current.gpio, "analog", "valve-current"),
  ];
}

function pin(
  gpio: number,
  kind: WireKind,
  name: string,
  isActiveLow = false,
  multiplier = 1,
  divisor = 1,
): string {
  return `pin:${gpio}:${kind}:${name}:${isActiveLow ? 1 : 0}:${multiplier}:${divisor}`;
}

function uart(name: string, { transmit, receive, direction = -1 }: BoardWiring["service"]): string[] {
  return [`uart:${name}:${transmit}:${receive}:${direction}`];
}

/** While flash encryption is off in the chip, no partition is encrypted, whatever its flag says. */
function partitionOptions(boardName: string, isFlashEncrypted: boolean): string[] {
  const path = join(projectFolder(), "manifests", "boards", boardName, "partitions.csv");
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [label = "", type = "", subtype = "", offset = "", size = "", flags = ""] = line
        .split(",")
        .map((field) => field.trim());
      const place = [partitionTypes[type], partitionSubtypes[subtype], Number(offset), Number(size)];
      const isEncrypted = isFlashEncrypted && flags === "encrypted";
      return `partition:${label}:${place.join(":")}:${isEncrypted ? 1 : 0}`;
    });
}
