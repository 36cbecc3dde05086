import { analogClass } from "../hal/esp32/analog/analog.js";
import { ChipBoot } from "../hal/esp32/boot/boot.js";
import { ChipClock } from "../hal/esp32/clock/clock.js";
import { ChipCrypto } from "../hal/esp32/crypto/crypto.js";
import { digitalInputClass, digitalOutputClass } from "../hal/esp32/digital/digital.js";
import { ChipFlashPartition } from "../hal/esp32/flash/flash.js";
import { ChipSeal, readHardwareId } from "../hal/esp32/fuses/fuses.js";
import { ChipPower } from "../hal/esp32/power/power.js";
import { pulseInputClass } from "../hal/esp32/pulse-input/pulse-input.js";
import { serialClass } from "../hal/esp32/serial/serial.js";
import { ChipWatchdog } from "../hal/esp32/watchdog/watchdog.js";
import { baudRate } from "../firmware/contracts/service-protocol.js";
import type { Failure } from "../hal/failure.js";
import type { Hardware, ModemConnection, RailConnection, ValveConnection } from "../hal/hardware.js";
import type { SerialConstructor } from "../hal/serial.js";
import config from "mc/config";
import type { BoardWiring, ValveWiring } from "./board.js";
import { readSerialNumber } from "./identity.js";

const modemBaud = 115_200;

/**
 * The board's provider: the HAL's classes on the chip's native modules, wired as the board's data say.
 * @param failure what ended the run before this one, if it did not end by itself
 */
export function createHardware(board: BoardWiring, failure: Failure | undefined): Hardware {
  const { sensor, pulseInput, power, valve } = board;
  return {
    serialNumber: readSerialNumber(),
    get hardwareId() {
      return readHardwareId();
    },
    meteringChecksum: config.meteringChecksum,
    failure,
    clock: new ChipClock(),
    power: new ChipPower(power),
    watchdog: new ChipWatchdog(),
    boot: new ChipBoot(),
    seal: new ChipSeal(),
    crypto: new ChipCrypto(),
    flash: { io: ChipFlashPartition },
    pulseInput: { io: pulseInputClass(pulseInput), sensor },
    // Made when it is first used: most wakes touch only flash and pulses.
    get modem() {
      return createModem(board);
    },
    get service() {
      return { io: serialPorts(board), port: "service", baud: baudRate };
    },
    get rails() {
      return createRails(board);
    },
    valve: valve && createValve(valve),
  };
}

function serialPorts({ modem, service }: BoardWiring): SerialConstructor {
  return serialClass({ modem: modem.serial, service });
}

function createRails({ rails }: BoardWiring): RailConnection[] {
  return rails.map(({ name, input, multiplier, divisor }) => ({
    name,
    input: { io: analogClass({ [name]: input }), pin: name },
    multiplier,
    divisor,
  }));
}

function createModem(board: BoardWiring): ModemConnection {
  const { modem } = board;
  const outputs = digitalOutputClass({ powerKey: modem.powerKey, reset: modem.reset });
  return {
    serial: { io: serialPorts(board), port: "modem", baud: modemBaud },
    powerKey: { io: outputs, pin: "powerKey" },
    reset: { io: outputs, pin: "reset" },
  };
}

function createValve(wiring: ValveWiring): ValveConnection {
  const { openDrive, closeDrive, openLimit, closeLimit, current } = wiring;
  const outputs = digitalOutputClass({ openDrive, closeDrive });
  const inputs = digitalInputClass({ openLimit, closeLimit });
  return {
    openDrive: { io: outputs, pin: "openDrive" },
    closeDrive: { io: outputs, pin: "closeDrive" },
    openLimit: { io: inputs, pin: "openLimit" },
    closeLimit: { io: inputs, pin: "closeLimit" },
    current: { io: analogClass({ current }), pin: "current" },
    senseMillivoltsPerMilliampere: wiring.senseMillivoltsPerMilliampere,
  };
}
