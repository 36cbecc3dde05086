import { type Product, SettingId, settingProblem } from "./definition.js";

export interface MeteringSettings {
  readonly pulseWeightMillilitres: number;
  readonly debounceMilliseconds: number;
  readonly magnetSeconds: number;
  readonly checkpointPulses: number;
  readonly checkpointSeconds: number;
  readonly checkpointMinimumSeconds: number;
  readonly intervalSeconds: number;
  readonly billingDay: number;
  readonly batteryLowMillivolts: number;
  readonly eraseAheadMillivolts: number;
}

export interface CommunicationSettings {
  readonly reportWindowStartSeconds: number;
  readonly reportWindowSeconds: number;
  readonly startSpreadSeconds: number;
  readonly retrySeconds: number;
  readonly retriesPerDay: number;
  readonly registrationLifetimeSeconds: number;
  readonly commandWindowSeconds: number;
  readonly periodicUpdateSeconds: number;
  readonly activeSeconds: number;
  readonly acknowledgementSeconds: number;
  readonly maximumRetransmissions: number;
}

export interface ValveSettings {
  readonly exerciseDays: number;
  readonly travelTimeoutSeconds: number;
  readonly stallMilliamperes: number;
  readonly exerciseMilliseconds: number;
}

export interface Settings {
  readonly product: Product;
  readonly metering: MeteringSettings;
  readonly communication: CommunicationSettings;
  readonly valve: ValveSettings;
}

/**
 * The product's settings with this meter's own values in place of the defaults. A value out of its range is
 * ignored: whoever stores one is told by `settingProblem`, and a damaged one must not stop the meter.
 */
export function buildSettings(product: Product, overrides: ReadonlyMap<number, number>): Settings {
  const values = new Map<number, number>();
  for (const definition of product.settings) {
    const override = overrides.get(definition.id);
    const isUsable = override !== undefined && settingProblem(definition, override) === undefined;
    values.set(definition.id, isUsable ? override : definition.value);
  }
  const value = (id: SettingId): number => {
    const found = values.get(id);
    if (found === undefined) throw new RangeError(`product ${product.name} does not define setting ${id}`);
    return found;
  };
  return Object.freeze({
    product,
    metering: Object.freeze({
      pulseWeightMillilitres: value(SettingId.pulseWeightMillilitres),
      debounceMilliseconds: value(SettingId.debounceMilliseconds),
      magnetSeconds: value(SettingId.magnetSeconds),
      checkpointPulses: value(SettingId.checkpointPulses),
      checkpointSeconds: value(SettingId.checkpointSeconds),
      checkpointMinimumSeconds: value(SettingId.checkpointMinimumSeconds),
      intervalSeconds: value(SettingId.intervalSeconds),
      billingDay: value(SettingId.billingDay),
      batteryLowMillivolts: value(SettingId.batteryLowMillivolts),
      eraseAheadMillivolts: value(SettingId.eraseAheadMillivolts),
    }),
    communication: Object.freeze({
      reportWindowStartSeconds: value(SettingId.reportWindowStartSeconds),
      reportWindowSeconds: value(SettingId.reportWindowSeconds),
      startSpreadSeconds: value(SettingId.startSpreadSeconds),
      retrySeconds: value(SettingId.retrySeconds),
      retriesPerDay: value(SettingId.retriesPerDay),
      registrationLifetimeSeconds: value(SettingId.registrationLifetimeSeconds),
      commandWindowSeconds: value(SettingId.commandWindowSeconds),
      periodicUpdateSeconds: value(SettingId.periodicUpdateSeconds),
      activeSeconds: value(SettingId.activeSeconds),
      acknowledgementSeconds: value(SettingId.acknowledgementSeconds),
      maximumRetransmissions: value(SettingId.maximumRetransmissions),
    }),
    valve: Object.freeze({
      exerciseDays: value(SettingId.valveExerciseDays),
      travelTimeoutSeconds: value(SettingId.valveTravelTimeoutSeconds),
      stallMilliamperes: value(SettingId.valveStallMilliamperes),
      exerciseMilliseconds: value(SettingId.valveExerciseMilliseconds),
    }),
  });
}
