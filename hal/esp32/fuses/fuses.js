class Fuses {
  static get isSealed() {
    return native("xs_tally_fuses_isSealed").call(this);
  }
  static burnSeal() {
    return native("xs_tally_fuses_burnSeal").call(this);
  }
  static get hardwareId() {
    return native("xs_tally_fuses_hardwareId").call(this);
  }
}

export class ChipSeal {
  get isSealed() {
    return Fuses.isSealed;
  }

  burn() {
    return Fuses.burnSeal();
  }
}

export function readHardwareId() {
  const { hardwareId } = Fuses;
  if (hardwareId === undefined) throw new Error("the chip's number cannot be read");
  return hardwareId;
}
