import { expect, it } from "@jest/globals";
import { describeOnRv32 } from "../on-rv32.js";
import { engines, householdOptions, simulate } from "./run-meter.js";

/** A confirmable GET; the message IDs of one such message after another differ. */
function getRequest(messageId: number, ...rest: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x40, 0x01, messageId >> 8, messageId & 0xff), ...rest]);
}

/** Sixteen options of 29 bytes. */
const largeOptions = Buffer.concat(
  Array.from({ length: 16 }, (_, index) =>
    Buffer.from([index === 0 ? 0xbd : 0x0d, 16, ...Buffer.alloc(29, 0x31)]),
  ),
);

describeOnRv32("on the chip's memory a meter in a contact lives through", () => {
  it.each([
    ["a request with 100 empty options", 1, Buffer.alloc(100)],
    ["a request with 500 empty options", 1, Buffer.alloc(500)],
    ["a dozen requests of 500 bytes", 12, Buffer.alloc(496, Buffer.from([0xb0]))],
    ["a dozen requests with as many and as large options as are taken", 12, largeOptions],
    ["a dozen reads of the whole meter", 12, Buffer.from("b333343234", "hex")],
  ])(
    "%s",
    async (_, copies, options) => {
      const simulation = simulate({ ...householdOptions(0.02, 11), engine: engines.rv32 });
      const { headEnd } = simulation;
      const receive = headEnd.receive.bind(headEnd);
      let messageId = 0;
      headEnd.receive = (datagram, from, reply) => {
        receive(datagram, from, reply);
        for (let copy = 0; copy < copies; copy++) reply(getRequest(++messageId, options));
      };
      const { report, differences } = await simulation.run();
      expect(messageId).toBeGreaterThan(copies);
      expect(differences).toEqual([]);
      expect(report.headEnd).toMatchObject(report.truth);
    },
    120_000,
  );
});
