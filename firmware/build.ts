import type { ModemConstructor } from "../drivers/nb-iot/modem.js";
import type { DutyDeclaration } from "./duties/duty.js";
import type { Product } from "./products/product.js";

/** What an image is made of beside the firmware itself: chosen by the composition root. */
export interface Build {
  /** What a meter is that has not been told in its settings. */
  readonly product: Product;
  /** The class of the modem that is soldered to the board. */
  readonly Modem: ModemConstructor;
  /** In the order of their priority; products name those that they have. */
  readonly duties: readonly DutyDeclaration[];
}
