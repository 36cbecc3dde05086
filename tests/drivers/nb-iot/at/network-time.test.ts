import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseClock, parseUniversalTime } from "../../../../drivers/nb-iot/at/network-time.js";

function universal(text: string): number {
  const time = parseClock(text);
  return typeof time === "string" ? NaN : time.shownMilliseconds - time.zoneMilliseconds;
}

describe("the modem's clock", () => {
  it.each([
    ["20/11/03,06:25:06+32", "2020-11-02T22:25:06Z"],
    ['"20/11/03,06:25:06+32"', "2020-11-02T22:25:06Z"],
    ["2026/10/02,23:50:20+00", "2026-10-02T23:50:20Z"],
    ["24/02/29,23:59:59-20", "2024-03-01T04:59:59Z"],
    ["26/01/01,00:15:00+01", "2026-01-01T00:00:00Z"],
    ["25/03/01,05:44:00+23", "2025-02-28T23:59:00Z"],
    ["26/07/01,12:00:00", "2026-07-01T12:00:00Z"],
    ["20/11/03,06:25:06+8", "2020-11-03T04:25:06Z"],
    ["20/11/03,06:25:06-96", "2020-11-04T06:25:06Z"],
  ])("reads %s as %s, if it shows local time", (text, iso) => {
    expect(universal(text)).toBe(Date.parse(iso));
  });

  it.each(["70/01/01,00:00:07+00", "1970/01/01,00:00:07+00", "09/12/31,23:59:59", "80/01/06,00:00:00+00"])(
    "takes %s for a clock that nobody has set",
    (text) => {
      expect(parseClock(text)).toBe("not-set");
    },
  );

  it.each([
    "",
    "26/13/01,00:00:00+00",
    "26/02/29,00:00:00+00",
    "26/01/00,00:00:00+00",
    "26/01/01,24:00:00+00",
    "26/01/01,00:00:00+97",
    "26/01/01,00:00:00-100",
    "26/01/01,00:00:00+",
    "26/01/01,00:00:00Z",
    "2070/01/01,00:00:00+00",
    "9999/01/01,00:00:00+00",
  ])("can't read %p", (text) => {
    expect(parseClock(text)).toBe("unreadable");
  });

  it("agrees with the calendar on every day and in every zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 2) / 1000, max: Date.UTC(2069, 11, 30) / 1000 }),
        fc.integer({ min: -48, max: 56 }),
        (epochSeconds, quarters) => {
          const local = new Date((epochSeconds + quarters * 900) * 1000).toISOString();
          const zone = `${quarters < 0 ? "-" : "+"}${String(Math.abs(quarters)).padStart(2, "0")}`;
          const text = `${local.slice(2, 10).replaceAll("-", "/")},${local.slice(11, 19)}${zone}`;
          expect(universal(text)).toBe(epochSeconds * 1000);
        },
      ),
      { seed: 660 },
    );
  });
});

describe("the network's news of the time", () => {
  it.each([
    ['+CTZEU: "+8",1,"2026/10/02,23:50:20"', "2026-10-02T23:50:20Z"],
    ['+CTZEU: "+32",0,"26/10/02,23:50:20"', "2026-10-02T23:50:20Z"],
    ['+CTZEU: "-20",0,"2026/10/02,23:50:20"', "2026-10-02T23:50:20Z"],
  ])("are read from %s, in UTC whatever the zone", (line, iso) => {
    expect(parseUniversalTime(line)).toBe(Date.parse(iso));
  });

  it.each([
    '+CTZEU: "+8",1',
    '+CTZEU: "+8",1,"2026/13/02,23:50:20"',
    '+CTZEU: "+8",1,"1970/01/01,00:00:20"',
    '+CTZEU: "+8"',
    '+CTZE: "+8",1,"2026/10/02,23:50:20"',
    "+CTZEU: ",
  ])("are none in %s", (line) => {
    expect(parseUniversalTime(line)).toBeUndefined();
  });
});
