import type { Hardware } from "../hal/hardware.js";
import type { SleepRequest } from "../hal/power.js";
import { stackBase } from "../hal/base/stack-base.js";
import type { Build } from "./build.js";
import { Meter } from "./meter.js";

/** How long a meter that can't even record sleeps before it tries again. */
const retryMilliseconds = 60 * 60_000;

/**
 * One run of the application: wake, do what is due, sleep. On the chip it starts again at the next wake.
 * @throws whatever stopped the run; that restarts the chip, and the run after it only counts and records.
 */
export async function main(hardware: Hardware, build: Build): Promise<void> {
  let request: SleepRequest;
  try {
    await stackBase();
    const meter = new Meter(hardware, build);
    meter.begin();
    const work = meter.doWhatIsDue();
    if (work) await work;
    request = meter.end();
  } catch (error) {
    if (!hardware.failure) throw error;
    request = retryLater(hardware);
  }
  hardware.power.sleep(request);
}

/**
 * For the second failure in a row: restarts without end would empty the battery, and in sleep the pulse input counts. A
 * line that babbles is not listened to meanwhile, for each of its bytes would be another failure.
 */
function retryLater({ clock }: Hardware): SleepRequest {
  return { untilTicks: clock.ticks + retryMilliseconds, afterPulses: 0, onServiceButton: false };
}
