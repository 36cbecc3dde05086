import type { CommandName } from "../../firmware/contracts/service-commands.js";
import type { ResponseError } from "../../firmware/contracts/service-protocol.js";
import { StationFault, UnitFault } from "../attempt/faults.js";
import { inWords } from "../attempt/words.js";

/** The meter understood a request and won't or can't carry it out. */
export class MeterRefusal extends UnitFault {
  override readonly name = "MeterRefusal";
  readonly error: ResponseError;

  constructor(command: CommandName, error: ResponseError) {
    super(`${inWords(command)} was refused: ${error.message} (${error.code})`);
    this.error = error;
  }
}

/** An answer was lost, and the request may have been carried out: only the phase knows whether it can be sent again. */
export class AnswerLost extends UnitFault {
  override readonly name = "AnswerLost";
}

/** Nobody answers. */
export class NoAnswer extends StationFault {
  override readonly name = "NoAnswer";
}

/** The port itself has gone. */
export class PortLost extends StationFault {
  override readonly name = "PortLost";
}
