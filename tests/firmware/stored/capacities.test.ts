import { describe, expect, it } from "@jest/globals";
import { mostDuties } from "../../../firmware/duties/duty-memory.js";
import { mostEventKinds } from "../../../firmware/events/event-budget.js";
import { eventNames } from "../../../firmware/events/event-names.js";
import { recordCauses, valveStates } from "../../../firmware/legal/register/meter-record.js";
import { plainSettings } from "../../../firmware/products/products.js";
import { mostEntries } from "../../../firmware/settings/own-settings-memory.js";
import { settingNames, settingTable } from "../../../firmware/settings/setting-table.js";
import { unusableProduct } from "../../../firmware/settings/settings-memory.js";

/** A list that grows beyond the room that was left for it in retained memory or a record would spoil its neighbours. */
describe("there is room for", () => {
  it.each([
    ["every kind of event in the day's budget", eventNames.length, mostEventKinds],
    ["every kind of event in a record's byte", eventNames.length, 256],
    ["every cause in a record's byte", recordCauses.length, 256],
    ["every state of the valve in a record's three bits", valveStates.length, 8],
    ["every setting that a meter may have of its own", settingNames.length, mostEntries],
    ["every product in a byte", plainSettings.length, 256],
    [
      "the duties of every product",
      Math.max(...plainSettings.map(({ product }) => product.duties.length)),
      mostDuties,
    ],
  ])("%s", (_, count, room) => {
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual(room);
  });

  it("every setting's id, below what stands for a product's name", () => {
    const ids = settingNames.map((name) => settingTable[name].id);
    expect(Math.max(...ids)).toBeLessThan(unusableProduct);
    expect(Math.min(...ids)).toBeGreaterThan(0);
  });
});
