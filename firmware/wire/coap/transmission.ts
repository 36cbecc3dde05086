import { requireRange } from "../../../hal/base/ranges.js";

/** Transmission parameters (RFC 7252, 4.8; LwM2M object 500). */
export interface TransmissionParameters {
  /** Shortest time before the first retransmission; each further one waits twice as long as the one before. */
  readonly ackTimeoutSeconds: number;
  /** The first wait is drawn between `ackTimeoutSeconds` and this many times that, at least 1. */
  readonly ackRandomFactor: number;
  /** Retransmissions after the first transmission, at least 0. */
  readonly maximumRetransmissions: number;
  /** How long a separate response may take once the request was acknowledged. */
  readonly responseTimeoutSeconds: number;
}

/**
 * RFC 7252's values, but for ACK_TIMEOUT: on NB-IoT a round trip takes some 10 s in poor coverage, and a
 * retransmission sent sooner only adds to the load (4.8.1 lets an application raise it).
 */
export const narrowbandTransmission: TransmissionParameters = Object.freeze({
  ackTimeoutSeconds: 10,
  ackRandomFactor: 1.5,
  maximumRetransmissions: 4,
  responseTimeoutSeconds: 120,
});

/** @throws {RangeError} when a parameter is out of range. */
export function checkTransmission(parameters: TransmissionParameters): void {
  if (!(parameters.ackTimeoutSeconds > 0)) throw new RangeError("ackTimeoutSeconds must be above 0");
  if (!(parameters.ackRandomFactor >= 1)) throw new RangeError("ackRandomFactor must be at least 1");
  const { maximumRetransmissions } = parameters;
  requireRange(maximumRetransmissions, 0, 20, "maximumRetransmissions");
  if (!(parameters.responseTimeoutSeconds > 0))
    throw new RangeError("responseTimeoutSeconds must be above 0");
}

/** The first wait in milliseconds for a random `draw` of 0 to 65535 (RFC 7252, 4.2). */
export function firstTimeoutMilliseconds(parameters: TransmissionParameters, draw: number): number {
  const factor = 1 + (parameters.ackRandomFactor - 1) * (draw / 0xffff);
  return Math.round(1000 * parameters.ackTimeoutSeconds * factor);
}
