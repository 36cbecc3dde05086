import type { EventEntry } from "../../firmware/events/event-log.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { StoredContent, StoredEntry } from "./stored-log.js";

export function valueContent(epochSeconds: number, forward: number, reverse: number): StoredContent {
  return [forward, reverse, epochSeconds];
}

export function valueText([forward, reverse, epochSeconds]: StoredContent): string {
  return `${forward} forward, ${reverse} reverse at ${epochSeconds}`;
}

/** What tells one moment of the wall clock, or without a date of the time since power came, from all others. */
export function momentOf(seconds: number, isDated: boolean): number {
  return isDated ? seconds : -seconds;
}

/** A mark that parts power periods without a date shares its moment with the value that follows. */
export function valueEntryOf({
  sequence,
  cause,
  timeTrust,
  epochSeconds,
  forwardPulses,
  reversePulses,
}: MeterRecord): StoredEntry {
  const content = valueContent(epochSeconds, forwardPulses, reversePulses);
  const isDated = timeTrust !== "unset";
  if (cause === "start" && !isDated) return { sequence, content };
  return { sequence, content, moment: momentOf(epochSeconds, isDated) };
}

export function eventContent(event: string, detail: number, epochSeconds: number): StoredContent {
  return [event, detail, epochSeconds];
}

export function eventText([event, detail, epochSeconds]: StoredContent): string {
  return `${event} ${detail} at ${epochSeconds}`;
}

export function eventEntryOf({ sequence, event, detail, epochSeconds }: EventEntry): StoredEntry {
  return { sequence, content: eventContent(event, detail, epochSeconds) };
}
