/**
 * All numbers and places that a meter keeps in flash and in retained memory, as they are: a newer firmware reads what an
 * older one has written. Lines may be added to the list; one that changes is a meter in the field that reads wrong after
 * an update.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { contactReasons, contactStages } from "../../../firmware/contracts/contact-outcome.js";
import { duties } from "../../../firmware/duties.js";
import { eventNames } from "../../../firmware/events/event-names.js";
import { recordCauses, valveStates } from "../../../firmware/legal/register/meter-record.js";
import { products } from "../../../firmware/products/products.js";
import { settingNames, settingTable } from "../../../firmware/settings/setting-table.js";
import { logs } from "../../../firmware/storage/logs.js";
import { retainedRooms } from "../../../firmware/storage/retained-rooms.js";
import { projectFolder } from "../../structure/source-files.js";
import { storedRecords } from "./stored-records.js";
import { storedSlices } from "./stored-slices.js";

const list = "tests/firmware/stored/stored-format.txt";

function storedFormat(): string {
  const sections: Readonly<Record<string, readonly string[]>> = {
    "causes of records": numbered(recordCauses),
    "states of the valve": numbered(valveStates),
    events: numbered(eventNames),
    "stages of a contact": numbered(contactStages),
    "reasons of a contact, from 1": numbered(contactReasons, 1),
    "duties, by their places": numbered(duties.map(({ name }) => name)),
    "products, by their places": numbered(products.map(({ name }) => name)),
    logs: Object.values(logs).map(({ name, kind }) => `${kind} ${name}`),
    "rooms of retained memory": Object.entries(retainedRooms).map(
      ([name, { index, offset, byteLength }]) => `${index} ${name}, ${byteLength} bytes at ${offset}`,
    ),
    settings: settingNames.map(settingLine),
    "slices of retained memory: each word as 1, then with all its bits": storedSlices(),
    "records in flash: log, sector:slot, bytes": storedRecords(),
  };
  return Object.entries(sections)
    .map(([title, lines]) => [`# ${title}`, ...lines, ""].join("\n"))
    .join("\n");
}

function numbered(names: readonly string[], first = 0): string[] {
  return names.map((name, index) => `${index + first} ${name}`);
}

function settingLine(name: (typeof settingNames)[number]): string {
  const { id, lowest, highest, divisorOf, default: plain, protection, group } = settingTable[name];
  const divides = divisorOf === undefined ? "" : `, divides ${divisorOf}`;
  const given = plain === undefined ? "" : `, else ${plain}`;
  return `${id} ${name} (${group}, ${protection}): ${lowest} to ${highest}${divides}${given}`;
}

it("the list knows every slice that has a room", () => {
  const known = storedSlices().flatMap((line) => /^([\w-]+) version/.exec(line)?.[1] ?? []);
  expect([...known, "positions"].sort()).toEqual(Object.keys(retainedRooms).sort());
});

it(`what a meter stores stands where ${list} says`, () => {
  expect(storedFormat()).toBe(readFileSync(join(projectFolder, list), "utf8"));
});
