import type { ApplicationContent, PortResult } from "../../../chip/boundary/port.js";

/*
 * The trace of an engine that is a whole chip. What the firmware asks of its hardware is noted as the operation of the
 * boundary that it would be on the other engines, beside what the chip's own classes do about it: a chip keeps the date
 * and retained memory in words of its RTC memory, counts pulses with a core of its own and sleeps by a dozen registers,
 * none of which crosses the boundary as one operation. Natives of the process take the records.
 */
declare const hostRecord: (
  operation: number,
  a: number,
  b: number,
  c: number,
  content: ApplicationContent,
) => void;
declare const hostResult: (value: PortResult) => void;
/** Of the pin, port or partition that was opened last, as the simulated board numbers it. */
declare const hostHandle: () => number;

/** An operation of the boundary, with what it means beside its number in `Operation`. */
export interface Asked {
  readonly operation: number;
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly content?: ApplicationContent;
}

/** Does something that is noted as an operation, together with what came of it by `resultOf`. */
export function recorded<Result>(
  { operation, a = 0, b = 0, c = 0, content }: Asked,
  act: () => Result,
  resultOf: (result: Result) => PortResult = () => undefined,
): Result {
  hostRecord(operation, a, b, c, content);
  let told: PortResult;
  try {
    const result = act();
    told = resultOf(result);
    return result;
  } finally {
    hostResult(told);
  }
}

/** The same, of something from which nobody comes back. */
export function recordedLast(asked: Asked, act: () => void): void {
  recorded(asked, () => undefined);
  act();
}

/** What opening a pin, a port or a partition results in. */
export function openedHandle(): number {
  return hostHandle();
}
