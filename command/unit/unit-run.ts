import { listenOnSocket, serveTerminal } from "../../sim/unit/unit-server.js";
import { SimulatedUnit } from "../../sim/unit/simulated-unit.js";
import type { PaceClock } from "../../sim/unit/unit-time.js";
import { prepareEngine } from "../kit/engine-choice.js";
import { ExitCode, RunFailure } from "../kit/failures.js";
import type { Surroundings } from "../kit/surroundings.js";
import type { UnitRequest } from "./unit-command.js";
import { UsageError } from "../kit/usage-error.js";

const lookMilliseconds = 1000;

/**
 * `tally unit`: runs until it is interrupted.
 * @throws {UsageError} when the port can't be had or socat is missing.
 */
export async function runUnit(request: UnitRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { product, seed, faults, speed } = request;
  const { clock, errors, output, interrupt } = surroundings;
  const engine = await prepareEngine(request.engine, (message) => errors.write(`${message}\n`));
  const wall: PaceClock = {
    now: () => clock.now() * speed,
    sleep: (milliseconds) => clock.sleep(milliseconds / speed),
  };
  const unit = await SimulatedUnit.create({ product, seed, faults, engine, wall });
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  interrupt.addEventListener("abort", stop, { once: true });
  try {
    const complaint = serve(request, unit, end.signal, (place) => {
      const planted = faults.length === 0 ? "" : `, with ${faults.join(" and ")}`;
      output.write(`unit ${unit.label}${planted}: ${place}\n`);
    });
    unit.bench.setSupply(true);
    await Promise.race([complaint, keepTimeGoing(unit, end.signal)]);
    return ExitCode.interrupted;
  } finally {
    interrupt.removeEventListener("abort", stop);
    end.abort();
    unit.close();
  }
}

/** Rejects when what the unit hangs on is gone; else it never settles. */
async function serve(
  { socket, pty }: UnitRequest,
  unit: SimulatedUnit,
  signal: AbortSignal,
  tell: (place: string) => void,
): Promise<never> {
  if (pty !== undefined) {
    const ended = serveTerminal(unit, pty, signal);
    tell(pty);
    throw await reasonOfEnd(ended);
  }
  try {
    tell(`localhost:${await listenOnSocket(unit, socket ?? 0, signal)}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "EADDRINUSE" ? "it is in use" : (code ?? String(error));
    throw new UsageError(`--socket ${socket ?? 0}: ${reason}`, { cause: error });
  }
  return new Promise(() => undefined);
}

async function reasonOfEnd(ended: Promise<string>): Promise<Error> {
  try {
    const complaint = await ended;
    return new RunFailure(`socat ended${complaint && `: ${complaint}`}`, undefined);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return isMissing
      ? new UsageError("--pty needs socat; on Debian: apt-get install socat", { cause: error })
      : (error as Error);
  }
}

/** Resolves when `signal` is aborted. */
async function keepTimeGoing({ clock }: SimulatedUnit, signal: AbortSignal): Promise<void> {
  while (!signal.aborted)
    await clock.wait(lookMilliseconds, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
}
