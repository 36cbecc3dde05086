/** A change of one file of hal/esp32 that breaks the chip, and the test that has to notice. */
export interface PlantedBug {
  /** What is wrong then. */
  readonly name: string;
  /** Below hal/esp32. */
  readonly file: string;
  /** Stands in it once. */
  readonly from: string;
  readonly to: string;
  /** Below tests, without its ending. */
  readonly test: string;
  /** A part of the test's whole name. */
  readonly named: string;
}
