import { CoapEndpoint, type CoapEndpointOptions } from "../../../../firmware/wire/coap/endpoint.js";
import { ScriptedChannel } from "./scripted-channel.js";
import { VirtualClock } from "../../../virtual-clock.js";

export interface Fixture {
  readonly clock: VirtualClock;
  readonly channel: ScriptedChannel;
  readonly endpoint: CoapEndpoint;
}

/** An endpoint whose random bytes are all `randomByte`: 0 draws the shortest timeouts, 255 the longest. */
export function createFixture(options: Partial<CoapEndpointOptions> = {}, randomByte = 0): Fixture {
  const clock = new VirtualClock();
  const channel = new ScriptedChannel(clock);
  const random = { fillRandom: (target: Uint8Array) => void target.fill(randomByte) };
  return { clock, channel, endpoint: new CoapEndpoint({ channel, clock, random, ...options }) };
}

/** Keeps a promise's value where a test can look at it without waiting. */
export function watch<Value>(promise: Promise<Value>): { value: Value | undefined } {
  const watched: { value: Value | undefined } = { value: undefined };
  void promise.then((value) => {
    watched.value = value;
  });
  return watched;
}
