#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_system.h"
#include "mc.defines.h"
#include "../low-power/pulse-engine.h"
#include "../low-power/retained.h"
#include "xsmc.h"

#include "xsHost.h"

/* As power.js has them. */
enum wakeCause { POWER_ON, TIMER, PULSES, SERVICE, BROWN_OUT, WATCHDOG, SOFTWARE };

/* What ended the light sleep before this run of the application; WAKE_OTHER when the chip itself has started anew. */
static enum wakeReason lightReason;

void xs_tally_power_retainedByteLength(xsMachine *the) { xsmcSetInteger(xsResult, RETAINED_FIRMWARE_BYTES); }

void xs_tally_power_readRetained(xsMachine *the) {
  void *target;
  xsUnsignedValue byteLength;
  xsmcGetBufferWritable(xsArg(0), &target, &byteLength);
  c_memcpy(target, retainedMemory()->firmware, byteLength);
}

void xs_tally_power_writeRetained(xsMachine *the) {
  void *bytes;
  xsUnsignedValue byteLength;
  xsmcGetBufferReadable(xsArg(0), &bytes, &byteLength);
  c_memcpy(retainedMemory()->firmware, bytes, byteLength);
}

/* Results in what is wrong, if anything is. */
void xs_tally_power_prepare(xsMachine *the) {
  const int32_t button = xsmcToInteger(xsArg(0));
#if !MODDEF_SOFTRESET
  if (xsmcToBoolean(xsArg(1))) {
    xsmcSetString(xsResult, "light sleep needs the manifest's \"defines\": { \"softreset\": 1 }");
    return;
  }
#endif
  if (button >= 0 && !pulseEngineHasButton(button, &retainedMemory()->lines))
    xsmcSetString(xsResult, "the service button's pin cannot wake this chip");
}

static enum wakeCause causeOf(enum wakeReason reason) {
  switch (reason) {
    case WAKE_PULSES:
      return PULSES;
    case WAKE_SERVICE:
      return SERVICE;
    default:
      return TIMER;
  }
}

static enum wakeCause deepSleepCause(void) {
  const enum wakeReason reason = (enum wakeReason)retainedMemory()->wakeReason;
  if (reason != WAKE_OTHER) return causeOf(reason);
#if SOC_PM_SUPPORT_EXT1_WAKEUP
  if ((esp_sleep_get_wakeup_causes() & BIT(ESP_SLEEP_WAKEUP_EXT1)) != 0) return SERVICE;
#endif
  return TIMER;
}

static enum wakeCause wakeCause(void) {
  if (lightReason != WAKE_OTHER) return causeOf(lightReason);
  if (retainedIsFresh()) return POWER_ON;
  switch (esp_reset_reason()) {
    case ESP_RST_DEEPSLEEP:
      return deepSleepCause();
    case ESP_RST_BROWNOUT:
    case ESP_RST_PWR_GLITCH:
      return BROWN_OUT;
    case ESP_RST_INT_WDT:
    case ESP_RST_TASK_WDT:
    case ESP_RST_WDT:
      return WATCHDOG;
    default:
      return SOFTWARE;
  }
}

void xs_tally_power_wakeCause(xsMachine *the) { xsmcSetInteger(xsResult, wakeCause()); }

void xs_tally_power_wait(xsMachine *the) { esp_rom_delay_us((uint32_t)xsmcToInteger(xsArg(0))); }

void xs_tally_power_sleep(xsMachine *the) {
  const struct sleepPlan plan = {
      .untilMicroseconds = (uint64_t)xsmcToNumber(xsArg(0)) * 1000,
      .afterPulses = (uint32_t)xsmcToNumber(xsArg(1)),
      .serviceButton = xsmcToInteger(xsArg(2)),
      .isLight = xsmcToBoolean(xsArg(3)),
  };
  lightReason = pulseEngineSleep(&plan);
#if MODDEF_SOFTRESET
  /* Has the event loop put a new machine in the place of this one (build/devices/esp32/lib/main/main.c). */
  modSoftReset();
#endif
}

void xs_tally_power_restart(xsMachine *the) {
  (void)the;
  retainedMemory()->isRestartWanted = 1;
  esp_restart();
}
