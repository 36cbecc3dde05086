/**
 * What the event log can hold, with the meaning of the detail. The order is stored: append only.
 */
export const eventNames = Object.freeze([
  /** The battery was connected. Detail: 0. */
  "power-on",
  /** The chip was reset. Detail: 1 brown-out, 2 watchdog, 3 software. */
  "reset",
  /** The clock was set. Detail: by how many seconds it was off; 0 when it had no date. */
  "time-set",
  /** A foreign magnet holds the reeds, or has gone. Detail: 1 or 0. */
  "magnet",
  /**
   * The reeds made transitions that they can't make, one of them works alone, or their cable is cut. Detail: how many
   * times since the last such entry.
   */
  "sensor-fault",
  /** The battery has to be replaced. Detail: its voltage in mV. */
  "battery-low",
  /** The valve was moved. Detail: 1 open, 0 closed. */
  "valve-moved",
  /** The valve did not reach where it should. Detail: 0. */
  "valve-failed",
  /** Flash refused slots or sectors. Detail: how many in one run. */
  "flash-fault",
  /**
   * Flash holds what this firmware can't read or use. Detail: 0 for records of the journal, 255 for the name of a product,
   * else the id of a setting whose value is out of its range.
   */
  "unknown-record",
  /** A setting was changed. Detail: its id. */
  "setting-changed",
  /** The service port was told to lock the meter, which it then did. Detail: 0. */
  "locked",
  /** A token opened the lock for an hour. Detail: the token's counter. */
  "unlocked",
  /** Detail: the calibration epoch that is about to begin. A flash that then refuses it has the number told again. */
  "calibrated",
  /** The meter got its keys. Detail: how many. */
  "keys-written",
  /** The meter got its serial number. Detail: 0. */
  "serial-written",
  /** A wrong response or token at the service port. Detail: how many in a row. */
  "authentication-failed",
  /** A duty threw something, which is a defect, and rests. Detail: its place in the order of priority, from 1. */
  "duty-failed",
  /** Contacts with the head-end end otherwise than the last one. Detail: how, as `ContactOutcome`; 0 for delivered. */
  "contact",
  /**
   * Of one kind there were more on an earlier day than the log takes. Detail: 65,536 times the kind's place in this list,
   * plus how many were only counted, at most 65,535.
   */
  "more-of-a-kind",
] as const);
export type EventName = (typeof eventNames)[number];

/**
 * What somebody did to the meter: each has its entry, however many there are, for a register is believed by them. Whoever
 * can cause them has a key, or a meter that is not sealed yet.
 */
export const auditedEvents: readonly EventName[] = Object.freeze([
  "setting-changed",
  "locked",
  "unlocked",
  "calibrated",
  "keys-written",
  "serial-written",
]);
