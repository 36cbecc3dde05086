/** A mean over a stretch of time. */
export interface SupplyReading {
  readonly microamperes: number;
  readonly millivolts: number;
}

/** What a pulse source plays into the meter's contacts, one turn of the wheel a pulse. */
export interface PulseTrain {
  readonly forward: number;
  /** After the forward pulses. */
  readonly reverse: number;
  /** Pulses a second. */
  readonly hertz: number;
}

/** A supply in place of the battery that also measures what the unit draws. */
export interface Supply {
  switch(isOn: boolean): Promise<void>;
  /** Takes as long as the mean is over. */
  measure(milliseconds: number): Promise<SupplyReading>;
}

export interface PulseGenerator {
  /** Ends when the last pulse has been played. */
  play(train: PulseTrain): Promise<void>;
}

/** A magnet that can be held to the case. */
export interface Magnet {
  hold(isHeld: boolean): Promise<void>;
}

/** What is clipped to a slot. Each method throws a `StationFault` that names the instrument when it doesn't answer. */
export interface Instruments {
  readonly supply: Supply;
  readonly pulses: PulseGenerator;
  readonly magnet: Magnet;
}
