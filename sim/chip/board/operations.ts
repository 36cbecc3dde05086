import { createCipheriv, createHash } from "node:crypto";
import { asciiBytes, asciiText } from "../../../hal/base/text.js";
import {
  Operation,
  type PortResult,
  PortEvent,
  pulseSensors,
  serialParities,
  wakeCauses,
} from "../boundary/port.js";
import { encodePulseReading } from "../boundary/pulse-reading.js";
import type { Scheduled, Scheduler } from "../../kernel/world.js";
import type { WakeCause } from "../../../hal/power.js";
import type { BoardParts } from "./parts.js";
import type { Pins } from "./pins.js";
import type { Uart } from "./uart.js";

type CarryOut = (a: number, b: number, c: number, bytes: Uint8Array | undefined) => PortResult;
export type BoardOperations = ReadonlyMap<number, CarryOut>;

/** What the operations work on. */
export interface OperatedBoard {
  readonly parts: BoardParts;
  readonly scheduler: Scheduler;
  readonly timers: Map<number, Scheduled>;
  readonly pins: Pins;
  readonly uarts: ReadonlyMap<string, Uart>;
  readonly retained: Uint8Array;
  readonly wakeCause: WakeCause;
  push(event: number, a?: number, b?: number): void;
  readonly nextHandle: () => number;
  requestSleep(untilTicks: number, afterPulses: number, onServiceButton: boolean): void;
  wake(cause: WakeCause): void;
  feedWatchdog(timeoutSeconds: number): void;
  panic(text: string): void;
}

const nothing = new Uint8Array(0);

/** Every operation of the boundary, carried out on `board`; `Operation` says what the arguments mean. */
export function createOperations(board: OperatedBoard): BoardOperations {
  return new Map([
    ...clockOperations(board),
    ...flashOperations(board),
    ...pulseOperations(board),
    ...powerOperations(board),
    ...identityOperations(board),
    ...cryptoOperations(board),
    ...pinOperations(board),
    ...serialOperations(board),
  ]);
}

function clockOperations(board: OperatedBoard): [number, CarryOut][] {
  const { clock } = board.parts;
  const clear = (id: number): void => {
    board.scheduler.cancel(board.timers.get(id));
    board.timers.delete(id);
  };
  const start: CarryOut = (id, delayMilliseconds) => {
    const scheduled = board.scheduler.schedule(
      clock.microsecondsUntil(clock.ticks + delayMilliseconds),
      () => {
        board.timers.delete(id);
        board.push(PortEvent.timer, id);
      },
    );
    board.timers.set(id, scheduled);
    return undefined;
  };
  return [
    [Operation.setTimer, start],
    [
      Operation.clearTimer,
      (id) => {
        clear(id);
        return undefined;
      },
    ],
    [Operation.wallTime, () => clock.epochMilliseconds],
    [Operation.timeTrust, () => clock.trust],
    [
      Operation.setWallTime,
      (epochMilliseconds, trust) => {
        clock.set(epochMilliseconds, trust);
        return undefined;
      },
    ],
  ];
}

function flashOperations(board: OperatedBoard): [number, CarryOut][] {
  const { flash } = board.parts;
  return [
    [Operation.flashOpen, (_a, _b, _c, label = nothing) => flash.open(asciiText(label))],
    [
      Operation.flashGeometry,
      (partition) => {
        const { byteLength, sectorByteLength, programByteLength } = flash.geometry(partition);
        const words = new DataView(new ArrayBuffer(12));
        words.setUint32(0, byteLength, true);
        words.setUint32(4, sectorByteLength, true);
        words.setUint32(8, programByteLength, true);
        return new Uint8Array(words.buffer);
      },
    ],
    [Operation.flashRead, (partition, address, byteLength) => flash.read(partition, address, byteLength)],
    [
      Operation.flashProgram,
      (partition, address, _c, bytes = nothing) => (flash.program(partition, address, bytes) ? 1 : 0),
    ],
    [Operation.flashErase, (partition, address) => (flash.erase(partition, address) ? 1 : 0)],
  ];
}

function pulseOperations(board: OperatedBoard): [number, CarryOut][] {
  const { pulses } = board.parts;
  return [
    [
      Operation.pulseOpen,
      (sensor, debounceMilliseconds, magnetSeconds) => {
        pulses.configure({
          sensor: pulseSensors[sensor] ?? "single-reed",
          debounceMilliseconds,
          magnetSeconds,
        });
        return undefined;
      },
    ],
    [Operation.pulseRead, () => encodePulseReading(pulses.read())],
    [Operation.pulseClose, () => undefined],
    [Operation.pulseSensor, () => pulseSensors.indexOf(board.parts.sensor)],
  ];
}

function powerOperations(board: OperatedBoard): [number, CarryOut][] {
  const act =
    (action: (a: number, b: number, c: number, bytes: Uint8Array | undefined) => void): CarryOut =>
    (a, b, c, bytes) => {
      action(a, b, c, bytes);
      return undefined;
    };
  return [
    [Operation.wakeCause, () => wakeCauses.indexOf(board.wakeCause)],
    [Operation.batteryMillivolts, () => board.parts.model.readBattery(board.parts.battery.millivolts)],
    [Operation.retainedRead, () => board.retained.slice()],
    [
      Operation.retainedWrite,
      act((_a, _b, _c, bytes = nothing) => {
        board.retained.set(bytes);
      }),
    ],
    [
      Operation.sleep,
      act((untilTicks, afterPulses, onServiceButton) => {
        board.requestSleep(untilTicks, afterPulses, onServiceButton === 1);
      }),
    ],
    [
      Operation.restart,
      act(() => {
        board.wake("software");
      }),
    ],
    [
      Operation.watchdogFeed,
      act((timeoutSeconds) => {
        board.feedWatchdog(timeoutSeconds);
      }),
    ],
    [Operation.valveSense, () => board.parts.valveSenseMillivoltsPerMilliampere],
    [
      Operation.panic,
      act((_a, _b, _c, text = nothing) => {
        board.panic(asciiText(text));
      }),
    ],
  ];
}

function identityOperations(board: OperatedBoard): [number, CarryOut][] {
  return [
    [Operation.bootSlot, () => asciiBytes("ota_0")],
    [Operation.bootIsTrial, () => 0],
    [Operation.bootMarkValid, () => undefined],
    [
      Operation.bootRollBack,
      () => {
        board.wake("software");
        return undefined;
      },
    ],
    [Operation.bootImageHash, () => asciiBytes(board.parts.imageHash)],
    [Operation.sealRead, () => (board.parts.seal.isBurnt ? 1 : 0)],
    [
      Operation.sealBurn,
      () => {
        board.parts.seal.isBurnt = true;
        return 1;
      },
    ],
    [Operation.hardwareId, () => asciiBytes(board.parts.hardwareId)],
    [Operation.meteringChecksum, () => asciiBytes(board.parts.meteringChecksum)],
    [Operation.serialNumber, () => asciiBytes(board.parts.serialNumber)],
  ];
}

function cryptoOperations(board: OperatedBoard): [number, CarryOut][] {
  return [
    [
      Operation.aes128,
      (_a, _b, _c, bytes = nothing) => {
        const cipher = createCipheriv("aes-128-ecb", bytes.subarray(0, 16), null).setAutoPadding(false);
        return new Uint8Array(cipher.update(bytes.subarray(16, 32)));
      },
    ],
    [
      Operation.sha256,
      (_a, _b, _c, bytes = nothing) => new Uint8Array(createHash("sha256").update(bytes).digest()),
    ],
    [
      Operation.random,
      (byteLength) => {
        const bytes = new Uint8Array(byteLength);
        board.parts.random.fill(bytes);
        return bytes;
      },
    ],
  ];
}

function pinOperations({ pins, nextHandle }: OperatedBoard): [number, CarryOut][] {
  return [
    [
      Operation.digitalOutputOpen,
      (initial, _b, _c, pin = nothing) =>
        pins.openOutput(nextHandle(), asciiText(pin), initial === 1 ? 1 : 0),
    ],
    [
      Operation.digitalWrite,
      (handle, level) => {
        pins.write(handle, level === 1 ? 1 : 0);
        return undefined;
      },
    ],
    [Operation.digitalInputOpen, (_a, _b, _c, pin = nothing) => pins.openInput(nextHandle(), asciiText(pin))],
    [Operation.digitalRead, (handle) => pins.readDigital(handle)],
    [Operation.analogOpen, (_a, _b, _c, pin = nothing) => pins.openAnalog(nextHandle(), asciiText(pin))],
    [Operation.analogRead, (handle) => pins.readAnalog(handle)],
    [
      Operation.pinClose,
      (handle) => {
        pins.close(handle);
        return undefined;
      },
    ],
  ];
}

function serialOperations({ uarts, nextHandle }: OperatedBoard): [number, CarryOut][] {
  const open = new Map<number, string>();
  const uartOf = (handle: number) => uarts.get(open.get(handle) ?? "");
  return [
    [
      Operation.serialOpen,
      (baud, parity, _c, port = nothing) => {
        const name = asciiText(port);
        const uart = uarts.get(name);
        if (!uart || uart.isOpen) return undefined;
        const handle = nextHandle();
        open.set(handle, name);
        uart.open(handle, { baud, parity: serialParities[parity] ?? "none" });
        return handle;
      },
    ],
    [Operation.serialRead, (handle) => uartOf(handle)?.read()],
    [
      Operation.serialWrite,
      (handle, _b, _c, bytes = nothing) => {
        uartOf(handle)?.write(bytes);
        return undefined;
      },
    ],
    [
      Operation.serialClose,
      (handle) => {
        uartOf(handle)?.close();
        open.delete(handle);
        return undefined;
      },
    ],
  ];
}
