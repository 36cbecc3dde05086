import { describe, expect, it } from "@jest/globals";
import { valueContent, valueText } from "../../../sim/proof/stored-content.js";
import { StoredLog } from "../../../sim/proof/stored-log.js";

const first = valueContent(1000, 5, 0);
const second = valueContent(2000, 7, 0);

function createLog(): StoredLog {
  return new StoredLog({ label: "day", lost: "value-lost", altered: "value-altered", text: valueText });
}

describe("what a log owes", () => {
  it("is an entry that was being stored, once it has been shown", () => {
    const log = createLog();
    log.attempt(first);
    log.see({ sequence: 1, content: first }, 0);
    expect(() => {
      log.compare([], 1, 0);
    }).toThrow("day 1 (5 forward, 0 reverse at 1000) is gone");
  });

  it("is not one that was absent when the attempt was decided", () => {
    const log = createLog();
    log.attempt(first);
    log.see({ sequence: 1, content: first }, 0);
    log.attempt(second);
    log.settle();
    log.compare([{ sequence: 1, content: first }], 1, 0);
    expect(() => {
      log.see({ sequence: 2, content: second }, 0);
    }).toThrow("day 2 is 7 forward, 0 reverse at 2000, which nobody stored");
  });

  it("may be found late in a log that is empty, where nothing can overrule it", () => {
    const log = createLog();
    log.attempt(first);
    log.settle();
    log.see({ sequence: 1, content: first }, 0);
    expect(log.lastSequence).toBe(1);
  });
});
