/** One number that a product can be configured with. */
export interface SettingDefinition {
  /** Stored in the meter's flash: never reused, never renumbered. */
  readonly id: SettingId;
  /** Its name with the unit last. */
  readonly name: string;
  readonly value: number;
  readonly lowest: number;
  readonly highest: number;
  /** The value must divide this, if given. */
  readonly divisorOf?: number;
}

/** A kind of meter, as data. */
export interface Product {
  readonly name: string;
  /** The LwM2M object of the measured medium: 3424 for water, 3423 for gas. */
  readonly meterObject: number;
  /**
   * Whether the meter opens and exercises its valve by itself. Never with gas: a valve that shuts under a flame and
   * opens again lets gas out unburnt.
   */
  readonly movesValve: boolean;
  /** What it does by itself, by the names of the duties. */
  readonly duties: readonly string[];
  readonly headEndHost: string;
  readonly headEndPort: number;
  readonly apn: string;
  readonly settings: readonly SettingDefinition[];
}

export const SettingId = Object.freeze({
  pulseWeightMillilitres: 1,
  debounceMilliseconds: 2,
  magnetSeconds: 3,
  checkpointPulses: 10,
  checkpointSeconds: 11,
  checkpointMinimumSeconds: 12,
  intervalSeconds: 13,
  billingDay: 14,
  batteryLowMillivolts: 20,
  eraseAheadMillivolts: 21,
  reportWindowStartSeconds: 30,
  reportWindowSeconds: 31,
  startSpreadSeconds: 32,
  retrySeconds: 33,
  retriesPerDay: 34,
  registrationLifetimeSeconds: 35,
  commandWindowSeconds: 36,
  periodicUpdateSeconds: 37,
  activeSeconds: 38,
  acknowledgementSeconds: 39,
  maximumRetransmissions: 40,
  valveExerciseDays: 50,
  valveTravelTimeoutSeconds: 51,
  valveStallMilliamperes: 52,
  valveExerciseMilliseconds: 53,
} as const);
export type SettingId = (typeof SettingId)[keyof typeof SettingId];

/**
 * Says what is wrong with `value` for a setting, in one line with the allowed range; undefined when nothing is.
 */
export function settingProblem(definition: SettingDefinition, value: number): string | undefined {
  const { name, lowest, highest, divisorOf } = definition;
  const isInRange = Number.isInteger(value) && value >= lowest && value <= highest;
  if (!isInRange) return `${name} must be a whole number from ${lowest} to ${highest}, not ${value}`;
  if (divisorOf === undefined || divisorOf % value === 0) return undefined;
  return `${name} must be from ${lowest} to ${highest} and divide ${divisorOf}, which ${value} does not`;
}
