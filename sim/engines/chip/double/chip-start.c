#include "chip-start.h"

#include "application.h"
#include "board-cause.h"
#include "cpu.h"
#include "device.h"
#include "esp_sleep.h"
#include "pads.h"

/* A light sleep has ended, and the board has been told so. */
static int isToContinue;

/* As far as the chip itself can tell. */
static enum boardCause causeOfWake(void) {
  const uint32_t causes = esp_sleep_get_wakeup_causes();
  if ((causes & BIT(ESP_SLEEP_WAKEUP_ULP)) != 0) return CAUSE_PULSES;
  if (padsIsButtonPressed()) return CAUSE_SERVICE;
  return (causes & BIT(ESP_SLEEP_WAKEUP_TIMER)) != 0 ? CAUSE_TIMER : CAUSE_PULSES;
}

void chipStart(void) { device(OPERATION_CHIP_START, applicationWakeCause(causeOfWake()), 0); }

void chipStartAgain(void) {
  isToContinue = 1;
  device(OPERATION_CHIP_START, causeOfWake(), 0);
}

int chipContinues(uint32_t boardCause) {
  const int isSleepsEnd = boardCause == CAUSE_TIMER || boardCause == CAUSE_PULSES || boardCause == CAUSE_SERVICE;
  const int continues = isToContinue && cpuIsRunning() && isSleepsEnd;
  isToContinue = 0;
  return continues;
}
