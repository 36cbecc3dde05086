import type { AtReply } from "./chat.js";
import type { ModemFailure } from "../modem.js";

export interface Failed {
  readonly ok: false;
  readonly code: ModemFailure;
  readonly detail: string;
}

export function failed(code: ModemFailure, detail: string): Failed {
  return { ok: false, code, detail };
}

/** The failure that a reply other than `ok` stands for. */
export function failureOf(reply: AtReply, command: string): Failed {
  switch (reply.status) {
    case "silent":
      return failed("no-answer", `the modem does not listen for ${command}`);
    case "timed-out":
      return failed("timed-out", command);
    case "closed":
      return failed("timed-out", "closed");
    default:
      return failed(codeOf(reply.error), `${command}: ${reply.error}`);
  }
}

/** Error codes of 3GPP TS 27.007, 9.2, that say more than "refused". */
function codeOf(error: string): ModemFailure {
  switch (error) {
    case "+CME ERROR: 10":
    case "+CME ERROR: 13":
      return "no-sim";
    case "+CME ERROR: 30":
      return "no-network";
    case "+CME ERROR: 31":
      return "timed-out";
    default:
      return "refused";
  }
}
