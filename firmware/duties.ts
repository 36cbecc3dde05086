import { contactDuty } from "./duties/contact/contact-duty.js";
import type { DutyDeclaration } from "./duties/duty.js";
import { valveDuty } from "./duties/valve/valve-duty.js";

/**
 * Every duty, in the order of priority: what protects people and water, then the radio, then everything else. Counting
 * and recording come before all of them. Append only: places are kept in retained memory.
 */
export const duties: readonly DutyDeclaration[] = Object.freeze([valveDuty, contactDuty]);
