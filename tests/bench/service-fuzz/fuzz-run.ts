import { openLine } from "../../../firmware/contracts/service-line.js";
import { responseLength } from "../../../firmware/contracts/service-protocol.js";
import { Operation } from "../../../sim/chip/boundary/port.js";
import type { EngineFactory } from "../../../sim/chip/boundary/engine.js";
import { Random } from "../../../sim/kernel/random.js";
import { SimulatedUnit } from "../../../sim/unit/simulated-unit.js";
import { Terminal } from "../../sim/unit/terminal.js";
import { HostileLines } from "./hostile-lines.js";

/** Lines that the port gets at once, less than its hardware holds. */
const linesPerStep = 4;
/** What nobody who only sends lines may make a locked meter do. */
const forbidden: readonly number[] = [
  Operation.digitalOutputOpen,
  Operation.digitalWrite,
  Operation.sealBurn,
  Operation.setWallTime,
  Operation.restart,
];
/** Commands that are open to everybody, and change nothing. */
const harmless = ['"protocol":', '"forwardPulses":', '"batteryMillivolts":', '"challenge":'];

export interface FuzzOptions {
  readonly engine: EngineFactory;
  readonly lines: number;
  readonly seed: number;
  readonly onProgress?: (lines: number) => void;
}

export interface FuzzResult {
  readonly lines: number;
  readonly answers: number;
  readonly refusals: number;
  /** What went wrong, in words; empty when nothing did. */
  readonly problems: readonly string[];
}

/** Sends hostile lines to a locked meter and looks whether it did anything but refuse. */
export async function fuzzServicePort({ engine, lines, seed, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const unit = await SimulatedUnit.create({ seed, engine });
  try {
    const terminal = new Terminal(unit);
    unit.bench.setSupply(true);
    await terminal.wake();
    await terminal.provision();
    await terminal.ask("lock");
    const before = await stateOf(terminal);
    const watch = watchAnswers(unit);
    const hostile = new HostileLines(new Random(seed).fork("hostile lines"));
    for (let sent = 0; sent < lines; sent += linesPerStep) {
      for (let line = 0; line < Math.min(linesPerStep, lines - sent); line++) watch.send(hostile.next());
      await unit.clock.wait(1);
      // A visit ends, the meter may be deaf for a quarter of an hour, and the next line is lost with the wake.
      while (!unit.board.uarts.get("service")?.isOpen) {
        unit.line.send(Uint8Array.of(0));
        await unit.clock.wait(1000);
      }
      onProgress?.(sent);
    }
    watch.stop();
    await terminal.wake();
    const after = await stateOf(terminal);
    if (after !== before) watch.problems.push(`the meter was ${before} and is ${after}`);
    return { lines, answers: watch.answers, refusals: watch.refusals, problems: watch.problems };
  } finally {
    unit.close();
  }
}

async function stateOf(terminal: Terminal): Promise<string> {
  const { locked, serialNumber } = await terminal.ask("identify");
  const { forwardPulses, reversePulses, pulseWeightMillilitres, calibrationEpoch } =
    await terminal.ask("readIndex");
  const { valve } = await terminal.ask("status");
  return JSON.stringify({
    ...{
      locked,
      serialNumber,
      forwardPulses,
      reversePulses,
      pulseWeightMillilitres,
      calibrationEpoch,
      valve,
    },
  });
}

/** Stands between the station and the unit, for as long as a unit is under fire. */
function watchAnswers(unit: SimulatedUnit) {
  const uart = unit.board.uarts.get("service");
  if (!uart) throw new Error("the board has no service port");
  const wire = uart.peer;
  const watch = {
    answers: 0,
    refusals: 0,
    problems: [] as string[],
    send: (line: Uint8Array): void => {
      uart.input(line);
    },
    stop: (): void => {
      uart.peer = wire;
      unit.board.tap = undefined;
    },
  };
  const judge = (line: string): void => {
    watch.answers++;
    const message = openLine(line.replace(/\r\n$/, ""));
    if (message === undefined || line.length > responseLength + 2) watch.problems.push(`answered ${line}`);
    else if (message.includes('"error":')) watch.refusals++;
    else if (!message.includes('"ready"') && !harmless.some((text) => message.includes(text)))
      watch.problems.push(`carried out: ${message}`);
  };
  uart.peer = {
    receive: (bytes) => {
      judge(Buffer.from(bytes).toString("latin1"));
    },
  };
  unit.board.tap = {
    before: (operation) => {
      if (forbidden.includes(operation)) watch.problems.push(`operation ${operation} of the hardware`);
    },
    after: () => undefined,
  };
  return watch;
}
