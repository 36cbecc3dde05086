/** The unit is at fault. The message is one line; it fails the phase. */
export class UnitFault extends Error {
  override readonly name: string = "UnitFault";
}

/** The station, its wiring or an instrument is at fault, not the unit. The message is one line and says what to do. */
export class StationFault extends Error {
  override readonly name: string = "StationFault";
}
