import type { Scheduler } from "../../kernel/world.js";
import type { ModemBehaviour } from "./modem-behaviour.js";
import type { NetworkTime } from "../network/subscriber.js";

/** The modem's calendar: starts at 1970 with every power-up, and is set by the network. */
export class ModemClock {
  #scheduler: Scheduler;
  #tells: ModemBehaviour["clockTells"];
  #zeroMilliseconds = 0;
  #zoneQuarterHours = 0;

  constructor(scheduler: Scheduler, tells: ModemBehaviour["clockTells"]) {
    this.#scheduler = scheduler;
    this.#tells = tells;
    this.lose();
  }

  /** UTC, as the modem believes. */
  get epochMilliseconds(): number {
    return this.#zeroMilliseconds + this.#scheduler.nowMicroseconds / 1_000;
  }

  /** For +CCLK: local time, or what the part takes for it, and its distance from UTC in quarters of an hour (3GPP TS 27.007, 8.15). */
  get text(): string {
    const ahead = this.#tells === "utc" ? 0 : this.#zoneQuarterHours * 900_000;
    const { year, month, day, time } = calendar(this.epochMilliseconds + ahead);
    return `${year.slice(2)}/${month}/${day},${time}${signed(this.#zoneQuarterHours, 2)}`;
  }

  set(time: NetworkTime): void {
    this.#zeroMilliseconds = time.epochMilliseconds - this.#scheduler.nowMicroseconds / 1_000;
    this.#zoneQuarterHours = time.zoneQuarterHours;
  }

  /** The calendar has lost its power. */
  lose(): void {
    this.#zeroMilliseconds = -this.#scheduler.nowMicroseconds / 1_000;
    this.#zoneQuarterHours = 0;
  }
}

/** The line AT+CTZR=`report` asks for (3GPP TS 27.007, 8.41), without daylight saving. */
export function timeZoneLine(
  report: 1 | 2 | 3,
  { epochMilliseconds, zoneQuarterHours }: NetworkTime,
): string {
  const zone = `"${signed(zoneQuarterHours, 1)}"`;
  if (report === 1) return `+CTZV: ${zone}`;
  const shown = report === 2 ? epochMilliseconds + zoneQuarterHours * 900_000 : epochMilliseconds;
  const { year, month, day, time } = calendar(shown);
  return `${report === 2 ? "+CTZE" : "+CTZEU"}: ${zone},0,"${year}/${month}/${day},${time}"`;
}

function calendar(epochMilliseconds: number): { year: string; month: string; day: string; time: string } {
  const text = new Date(epochMilliseconds).toISOString();
  const [date = "", clock = ""] = text.split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return { year, month, day, time: clock.slice(0, 8) };
}

function signed(value: number, digits: number): string {
  return (value < 0 ? "-" : "+") + Math.abs(value).toString().padStart(digits, "0");
}
