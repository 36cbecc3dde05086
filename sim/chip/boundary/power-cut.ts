/** Thrown out of a `PortCall` when the simulated power fails in the middle of it: the application is gone. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
}
