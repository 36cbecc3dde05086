/** What the legally relevant part tells of by itself; the event log has the meanings of the details. */
export type LegalEvent = "magnet" | "sensor-fault" | "battery-low";

/** Where it is told. */
export interface LegalEvents {
  /** @param epochSeconds UTC; 0 while the meter has no date */
  append(event: LegalEvent, detail: number, epochSeconds: number): boolean;
}
