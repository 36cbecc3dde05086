import type { Clock, TimerHandle, TimeTrust, WallTime } from "../../clock.js";

/** The real-time counter of the low-power domain, and timers of the event loop. Make one only. */
export class ChipClock implements Clock {
  readonly ticks: number;
  readonly wallTime: WallTime;
  setWallTime(epochMilliseconds: number, trust: TimeTrust): void;
  setTimer(callback: () => void, delayMilliseconds: number): TimerHandle;
  clearTimer(handle: TimerHandle): void;
}
