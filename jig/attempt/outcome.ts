/** How an attempt ended. FAIL is a fault of the unit, ERROR one of the station; a timeout and an abort are neither. */
export type AttemptOutcome = "PASS" | "FAIL" | "ERROR" | "TIMEOUT" | "ABORTED";

/** How one run of a phase ended; SKIP leaves no measurement. */
export type PhaseOutcome = AttemptOutcome | "SKIP";
