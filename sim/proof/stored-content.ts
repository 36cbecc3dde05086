import type { EventEntry } from "../../firmware/events/event-log.js";
import type { MeterRecord } from "../../firmware/legal/register/meter-record.js";
import type { StoredContent, StoredEntry } from "./stored-log.js";

export function valueContent(epochSeconds: number, forward: number, reverse: number): StoredContent {
  return [forward, reverse, epochSeconds];
}

export function valueText([forward, reverse, epochSeconds]: StoredContent): string {
  return `${forward} forward, ${reverse} reverse at ${epochSeconds}`;
}

export function valueEntryOf({
  sequence,
  epochSeconds,
  forwardPulses,
  reversePulses,
}: MeterRecord): StoredEntry {
  const content = valueContent(epochSeconds, forwardPulses, reversePulses);
  return { sequence, content, moment: epochSeconds };
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
