class Slots {
  static get imageHash() {
    return native("xs_tally_boot_imageHash").call(this);
  }
  static markValid() {
    return native("xs_tally_boot_markValid").call(this);
  }
  static rollBack() {
    native("xs_tally_boot_rollBack").call(this);
  }
}

export class ChipBoot {
  get runningSlot() {
    return native("xs_tally_boot_runningSlot").call(this);
  }

  get imageHash() {
    const hash = Slots.imageHash;
    if (hash === undefined) throw new Error("the running image cannot be read");
    return hash;
  }

  get isTrial() {
    return native("xs_tally_boot_isTrial").call(this);
  }

  markValid() {
    if (!Slots.markValid()) throw new Error("the running image cannot be marked valid");
  }

  rollBack() {
    Slots.rollBack();
    throw new Error("there is no valid image to go back to");
  }
}
