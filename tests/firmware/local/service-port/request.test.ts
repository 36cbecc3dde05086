import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readRequest } from "../../../../firmware/local/service-port/request.js";

const plain = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 16,
  })
  .filter((text) => !/["\\]/.test(text));
const value = fc.oneof(plain, fc.integer(), fc.boolean(), fc.constant(null));
const parameters = fc.uniqueArray(fc.tuple(plain, value), { selector: ([name]) => name, maxLength: 8 });

describe("a request", () => {
  it("is read as a JSON parser would, whatever it holds that it may hold", () => {
    fc.assert(
      fc.property(fc.oneof(plain, fc.nat()), plain, parameters, (id, method, members) => {
        const text = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"${method}","params":${textOf(members)}}`;
        const reading = readRequest(text);
        expect(reading).toEqual({
          kind: "request",
          request: { id, method, parameters: members.map(([name, each]) => ({ name, value: each })) },
        });
      }),
    );
  });

  it.each([
    ['{"jsonrpc":"2.0","id":1,"method":"identify"}', []],
    ['{ "id" : 1, "method" : "identify", "jsonrpc" : "2.0" }', []],
    ['{"jsonrpc":"2.0","id":1,"method":"identify","params":{}}', []],
    ['{"jsonrpc":"2.0","id":1,"method":"identify","params":{"a":-7}}', [{ name: "a", value: -7 }]],
  ])("may be written as %s", (text, members) => {
    expect(readRequest(text)).toEqual({
      kind: "request",
      request: { id: 1, method: "identify", parameters: members },
    });
  });

  it.each([
    "",
    "{",
    "identify",
    "[]",
    '[{"jsonrpc":"2.0","id":1,"method":"identify"}]',
    '{"jsonrpc":"2.0","id":1,"method":"identify"}}',
    '{"jsonrpc":"2.0","id":1,"method":"identify",}',
    '{"jsonrpc":"2.0","id":01,"method":"identify"}',
    '{"jsonrpc":"2.0","id":1.5,"method":"identify"}',
    '{"jsonrpc":"2.0","id":1e3,"method":"identify"}',
    '{"jsonrpc":"2.0","id":-,"method":"identify"}',
    '{"jsonrpc":"2.0","id":1234567890123456,"method":"identify"}',
    '{"jsonrpc":"2.0","id":1,"method":"ident\\u0069fy"}',
    '{"jsonrpc":"2.0","id":1,"id":2,"method":"identify"}',
    '{"jsonrpc":"2.0","id":1,"method":"identify","params":[1]}',
    '{"jsonrpc":"2.0","id":1,"method":"identify","params":{"a":{}}}',
    '{"jsonrpc":"2.0","id":1,"method":"identify","params":{"a":[]}}',
    `{"jsonrpc":"2.0","id":1,"method":"identify","params":{${'"a":{'.repeat(90)}`,
    `{"jsonrpc":"2.0","id":1,"method":"identify","params":{${[...Array(9).keys()].map((each) => `"${each}":1`).join()}}}`,
  ])("is none when it is malformed: %s", (text) => {
    expect(readRequest(text)).toEqual({ kind: "malformed" });
  });

  it.each([
    ['{"id":1,"method":"identify"}', 1],
    ['{"jsonrpc":"1.0","id":1,"method":"identify"}', 1],
    ['{"jsonrpc":"2.0","method":"identify"}', null],
    ['{"jsonrpc":"2.0","id":null,"method":"identify"}', null],
    ['{"jsonrpc":"2.0","id":"12345678901234567","method":"identify"}', null],
    ['{"jsonrpc":"2.0","id":"a"}', "a"],
    ['{"jsonrpc":"2.0","id":1,"method":7}', 1],
    ['{"jsonrpc":"2.0","id":1,"method":"identify","more":1}', 1],
  ])("is invalid when it is JSON but not a request: %s", (text, id) => {
    expect(readRequest(text)).toMatchObject({ kind: "invalid", id });
  });

  it.each([
    '{"jsonrpc":"2.0","id":1,"result":{"a":[1,{"b":"c"}]}}',
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"wrong check digits"}}',
  ])("is not what an answer is taken for: %s", (text) => {
    expect(readRequest(text)).toEqual({ kind: "answer" });
  });

  it("never throws, whatever text there is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readRequest(text);
      }),
    );
  });
});

function textOf(members: readonly (readonly [string, unknown])[]): string {
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`).join()}}`;
}
