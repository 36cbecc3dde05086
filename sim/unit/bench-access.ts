/** A mean over a stretch of time, as a source-measure unit shows it. */
export interface BenchSupplyReading {
  readonly microamperes: number;
  readonly millivolts: number;
}

/** What a pulse source plays into the meter's contacts, one turn of the wheel a pulse. */
export interface BenchPulseTrain {
  readonly forward: number;
  /** After the forward pulses. */
  readonly reverse: number;
  /** Pulses a second, 0.1 to 10. */
  readonly hertz: number;
}

/**
 * The bench's side of one unit on the test fixture: what the instruments of a station are clipped to. Instruments
 * see what is there to be seen from outside, nothing of what the unit thinks or which fault was planted.
 */
export interface BenchAccess {
  /** Puts the battery's supply on the unit, or takes it away. A unit comes without. */
  setSupply(isOn: boolean): void;
  /** Resolves after so much of the unit's time. 0 without supply. */
  measureSupply(milliseconds: number): Promise<BenchSupplyReading>;
  /** Resolves when the last pulse has been played. @throws {RangeError} when the train is out of range. */
  playPulses(train: BenchPulseTrain): Promise<void>;
  /** Holds a magnet to the case, which closes every healthy reed, or takes it away. */
  holdMagnet(isHeld: boolean): void;
  /** Pulls the unit out of the fixture: no supply, no line, until `plugIn`. */
  unplug(): void;
  plugIn(): void;
}

/** The service line, as the station's serial port has it. */
export interface ServiceLine {
  /** Bytes towards the unit; they are lost where nobody listens. */
  send(bytes: Uint8Array): void;
  /** Called with what the unit sends. */
  onReceive: ((bytes: Uint8Array) => void) | undefined;
}

/**
 * The unit's time. It passes only while somebody waits, as fast as the host can or in step with the wall clock, so
 * that the station's own work takes none of it.
 */
export interface UnitClock {
  /** Since the unit was made. */
  readonly nowMilliseconds: number;
  /** Resolves when so much time has passed; rejects with the signal's reason when it is aborted before. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
