import type { Attachment, Attempt, Measurement, PhaseRun } from "../attempt/attempt.js";

/** An attempt in JSON: attachments in base64, and numbers that JSON lacks as their names. */
export interface StoredAttempt extends Omit<Attempt, "phases"> {
  readonly phases: readonly StoredPhase[];
}

interface StoredPhase extends Omit<PhaseRun, "attachments"> {
  readonly attachments: readonly StoredAttachment[];
}

interface StoredAttachment extends Omit<Attachment, "bytes"> {
  readonly base64: string;
}

export function toStored(attempt: Attempt): StoredAttempt {
  return {
    ...attempt,
    phases: attempt.phases.map((phase) => ({
      ...phase,
      measurements: phase.measurements.map(toStoredMeasurement),
      attachments: phase.attachments.map(({ bytes, ...rest }) => ({
        ...rest,
        base64: Buffer.from(bytes).toString("base64"),
      })),
    })),
  };
}

export function fromStored(stored: StoredAttempt): Attempt {
  return {
    ...stored,
    phases: stored.phases.map((phase) => ({
      ...phase,
      attachments: phase.attachments.map(({ base64, ...rest }) => ({
        ...rest,
        bytes: new Uint8Array(Buffer.from(base64, "base64")),
      })),
    })),
  };
}

/** An instrument that answers with an overflow gives no number, and that is worth keeping. */
function toStoredMeasurement(measurement: Measurement): Measurement {
  const { value } = measurement;
  return typeof value === "number" && !Number.isFinite(value)
    ? { ...measurement, value: String(value) }
    : measurement;
}
