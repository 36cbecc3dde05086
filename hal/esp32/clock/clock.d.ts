import type { Clock, TimerHandle, TimeTrust, WallTime } from "../../clock.js";

/**
 * The counter of the low-power domain, by what each start measures of its oscillator, and timers of the event loop. Make
 * one only.
 */
export class ChipClock implements Clock {
  readonly ticks: number;
  readonly wallTime: WallTime;
  setWallTime(epochMilliseconds: number, trust: TimeTrust): void;
  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle;
  clearTimer(handle: TimerHandle): void;
}
