/** An application's error that nobody handled, or a rule of the hardware that it broke. */
export class ApplicationFault extends Error {
  override readonly name = "ApplicationFault";
}
