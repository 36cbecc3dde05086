export class ChipBoot {
  get runningSlot() {
    return native("xs_tally_boot_runningSlot").call(this);
  }

  get isTrial() {
    return native("xs_tally_boot_isTrial").call(this);
  }

  markValid() {
    if (!native("xs_tally_boot_markValid").call(this))
      throw new Error("the running image cannot be marked valid");
  }

  rollBack() {
    native("xs_tally_boot_rollBack").call(this);
    throw new Error("there is no valid image to go back to");
  }
}
