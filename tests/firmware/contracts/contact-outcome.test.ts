import { describe, expect, it } from "@jest/globals";
import {
  contactOutcome,
  contactOutcomeText,
  contactReasons,
  contactStages,
  delivered,
} from "../../../firmware/contracts/contact-outcome.js";

const all = contactStages.flatMap((stage) => contactReasons.map((reason) => ({ stage, reason })));

describe("how a contact ended", () => {
  it("is a number of its own for each stage and reason, which fits a byte", () => {
    const numbers = all.map(({ stage, reason }) => contactOutcome(stage, reason));
    expect(new Set(numbers).size).toBe(all.length);
    expect(numbers.every((number) => number > delivered && number < 256)).toBe(true);
  });

  it("is told in words", () => {
    expect(all.map(({ stage, reason }) => contactOutcomeText(contactOutcome(stage, reason)))).toEqual(
      all.map(({ stage, reason }) => `${stage}: ${reason}`),
    );
    expect(contactOutcomeText(delivered)).toBe("delivered");
  });

  it("keeps its number where a newer firmware's is not known", () => {
    expect([contactOutcomeText(31), contactOutcomeText(255)]).toEqual(["unknown 31", "unknown 255"]);
  });

  it("has the numbers that stand in the event logs of meters", () => {
    expect([contactOutcome("contact", "cut-short"), contactOutcome("attach", "no-network")]).toEqual([1, 70]);
    expect(contactOutcome("send", "more-left")).toBe(208);
  });
});
