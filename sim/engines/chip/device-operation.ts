/** What the double of the chip asks of its board beside the boundary's own operations; double/device.h has the same. */
export const DeviceOperation = Object.freeze({
  /** bytes: records of the trace, as program/recording.h has them */
  record: 104,
  /** result: what the contacts did since this was asked last, as `ContactFeed` has it */
  contacts: 105,
  /** a: microseconds of the world's time; `DeviceEvent.resume` comes then */
  resume: 106,
  /** a: microseconds of the chip's clock at which the sleep ends by itself, -1 for never; b: bits of `SleepWatch` */
  sleep: 107,
  /** a: index into `wakeCauses`: the chip leaves its sleep */
  start: 108,
  /** From this number on, operations of the boundary that are carried out without being part of the trace. */
  device: 128,
});

export const DeviceEvent = Object.freeze({
  resume: 201,
  /** Something may end the sleep; a: 1 while the service button is pressed */
  look: 202,
  /** a: a `Disturbance`, b: its argument */
  disturb: 203,
});

/** What can befall a chip beside what its board does to it; double/disturbances.h says what each is. */
export const Disturbance = Object.freeze({
  coreStops: 1,
  coreStopsWriting: 2,
  coreCrashes: 3,
  otherProgram: 4,
  resetReason: 5,
  oscillator: 6,
  counterRestarts: 7,
  eraseTakes: 8,
  counterBegins: 9,
  retainedGarbage: 10,
  retainedOlder: 11,
  buttonStuck: 12,
  lateInput: 13,
  imageState: 14,
});

/** What may end a sleep beside its time and the button: pins of the contacts, or the low-power core's count. */
export const SleepWatch = Object.freeze({ contacts: 1, count: 2 });
