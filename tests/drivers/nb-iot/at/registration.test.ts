import { describe, expect, it } from "@jest/globals";
import { isRegistered, parseRegistration, refusalOf } from "../../../../drivers/nb-iot/at/registration.js";

describe("a registration line", () => {
  it("is read in its unsolicited form", () => {
    expect(parseRegistration('+CEREG: 5,"1A2B","01C3D4E5",9,,,"00000101","00111000"')).toEqual({
      status: 5,
      cause: undefined,
      activeSeconds: 10,
    });
  });

  it("is read in the form that answers a question", () => {
    const registration = parseRegistration('+CEREG: 5,1,"1A2B","01C3D4E5",9,,,"00100001","00111000"');
    expect(registration).toEqual({ status: 1, cause: undefined, activeSeconds: 60 });
  });

  it("is read with the status alone", () => {
    expect(parseRegistration("+CEREG: 2")?.status).toBe(2);
    expect(parseRegistration("+CEREG: 5,2")?.status).toBe(2);
  });

  it.each(["+CEREG:", "+CEREG: x", '+CEREG: "1"', "+CSCON: 1", ""])("is not read from %p", (line) => {
    expect(parseRegistration(line)).toBeUndefined();
  });

  it.each([0, 2, 3, 4])("with status %d is not registered", (status) => {
    expect(isRegistered({ status, cause: undefined, activeSeconds: undefined })).toBe(false);
  });
});

describe("a rejection by the network", () => {
  it.each([3, 6, 7, 8])("with EMM cause %d refuses the subscriber", (cause) => {
    expect(refusalOf(parsed(`+CEREG: 3,,,,0,${cause}`))).toBe("denied");
  });

  it.each([11, 13, 15, 22])("with EMM cause %d means no network here", (cause) => {
    expect(refusalOf(parsed(`+CEREG: 5,3,,,,0,${cause}`))).toBe("no-network");
  });

  it("with a maker's cause or none leaves hope", () => {
    expect(refusalOf(parsed("+CEREG: 3,,,,1,7"))).toBeUndefined();
    expect(refusalOf(parsed("+CEREG: 3"))).toBeUndefined();
  });

  it("counts only while the status says denied", () => {
    expect(refusalOf(parsed("+CEREG: 2,,,,0,7"))).toBeUndefined();
  });
});

function parsed(line: string) {
  const registration = parseRegistration(line);
  if (!registration) throw new Error(`unreadable: ${line}`);
  return registration;
}
