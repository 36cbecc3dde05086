import { ErrorCode } from "../contracts/service-protocol.js";

/** Why a command gives no result: what goes into the answer in its place. */
export class Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data: number | undefined;

  /** `message` is printable ASCII. */
  constructor(code: ErrorCode, message: string, data?: number) {
    this.code = code;
    this.message = message;
    this.data = data;
  }
}

export function hardwareFailure(message: string): Refusal {
  return new Refusal(ErrorCode.hardwareFailure, message);
}

export function settingsRefused(): Refusal {
  return hardwareFailure("the settings' flash refuses");
}

export function eventsRefused(): Refusal {
  return hardwareFailure("the event log's flash refuses");
}

export function notReady(message: string): Refusal {
  return new Refusal(ErrorCode.notReady, message);
}
