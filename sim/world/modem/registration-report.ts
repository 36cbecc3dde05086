import type { RegistrationView } from "./radio-options.js";
import type { ModemSettings } from "./settings.js";
import { decodeActive, decodePeriodicUpdate, encodeActive, periodicUpdateBits } from "./timer-strings.js";

/** The one cell of this network. */
export const cell = Object.freeze({
  trackingArea: "330A",
  identity: "0C59A504",
  /** `<AcT>` of NB-IoT (3GPP TS 27.007, 10.1.22). */
  accessTechnology: 9,
  channel: 6_447,
  channelOffset: 0,
  physicalIdentity: 176,
  band: 20,
});

/**
 * What follows `+CEREG: `, without the `<n>` of the read form:
 * `<stat>[,"tac","ci",<AcT>[,[<cause_type>],[<cause>][,"T3324","T3412"]]]` (3GPP TS 27.007, 10.1.22).
 */
export function registrationFields(settings: ModemSettings, view: RegistrationView): string {
  const { registrationReport } = settings.stored;
  const tellsCause = registrationReport === 3 || registrationReport === 5;
  const tellsTimers = registrationReport >= 4;
  if (view.status === 3 && tellsCause) return `3,,,,0,${view.cause ?? 0}`;
  if (view.status !== 1 || registrationReport < 2) return String(view.status);
  const place = `1,"${cell.trackingArea}","${cell.identity}",${cell.accessTechnology}`;
  const { activeSeconds } = view.granted;
  if (!tellsTimers || activeSeconds === undefined) return place;
  return `${place},,,"${grantedActive(settings, view)}","${grantedPeriodicUpdate(settings, view)}"`;
}

/** As the modem asked for it, where the network grants that: one duration can have several strings. */
function grantedActive({ stored }: ModemSettings, { granted }: RegistrationView): string {
  return decodeActive(stored.active) === granted.activeSeconds
    ? stored.active
    : encodeActive(granted.activeSeconds);
}

function grantedPeriodicUpdate({ stored }: ModemSettings, { granted }: RegistrationView): string {
  return decodePeriodicUpdate(stored.periodicUpdate) === granted.periodicUpdateSeconds
    ? stored.periodicUpdate
    : periodicUpdateBits(granted.periodicUpdateSeconds);
}
