#include "esp_system.h"
#include "mc.defines.h"
#include "../low-power/pulse-engine.h"
#include "../low-power/retained.h"
#include "../low-power/slow-clock.h"
#include "xsmc.h"

#include "xsHost.h"

#if !MODDEF_XS_ABORTHOOK
#error "manifest: \"defines\": { \"xs\": { \"abortHook\": 1 } } is needed"
#endif

/* Runs in a row that have failed: the run itself, and the one after it that only counts. */
#define FAILED_RUNS_AT_REST 2u
#define MOST_DOUBLINGS 4u
#define HOUR_MICROSECONDS 3600000000ull

/* Copies what is printable ASCII, and a question mark for the rest. */
static void copyText(char *target, size_t byteLength, const char *text) {
  size_t at = 0;
  for (; at < byteLength - 1 && text[at] != 0; at++)
    target[at] = text[at] >= ' ' && text[at] <= '~' ? text[at] : '?';
  target[at] = 0;
}

/* The first failure of a run is the one that tells: what follows it may be its consequence. */
static void note(const char *module, const char *reason) {
  struct failureNote *failure = &retainedMemory()->failure;
  if (failure->reason[0] != 0) return;
  copyText(failure->module, sizeof failure->module, module);
  copyText(failure->reason, sizeof failure->reason, reason);
}

/*
 * The engine restarts the chip when it gives up (c_exit in xs/platforms/esp/xsHost.h). Where it cannot even call the
 * abort hook, on a full stack, this is the only trace.
 */
static void noteRestart(void) {
  if (!retainedMemory()->isRestartWanted) note("engine", "stopped without a reason: stack overflow");
}

void xs_tally_failure_watch(xsMachine *the) {
  (void)the;
  retainedMemory()->isRestartWanted = 0;
  esp_register_shutdown_handler(noteRestart);
}

void xs_tally_failure_note(xsMachine *the) {
  /* The second conversion may move the first one's result, so that is copied at once. */
  char module[FAILURE_MODULE_BYTES];
  copyText(module, sizeof module, xsmcToString(xsArg(0)));
  note(module, xsmcToString(xsArg(1)));
}

void xs_tally_failure_restart(xsMachine *the) {
  (void)the;
  esp_restart();
}

/* What leaves no note, only its kind of reset; NULL for a reset that is no failure, or another's to tell of. */
static const char *reasonOfReset(void) {
  switch (esp_reset_reason()) {
    case ESP_RST_PANIC:
      return "processor exception";
    case ESP_RST_CPU_LOCKUP:
      return "processor lock-up";
    case ESP_RST_EFUSE:
      return "eFuse error";
    case ESP_RST_INT_WDT:
    case ESP_RST_TASK_WDT:
    case ESP_RST_WDT:
      return "watchdog: the run did not come to its end";
    default:
      return NULL;
  }
}

/*
 * A run that fails is followed by one that only counts. Where that fails too, or the hardware can't even be made, nothing is
 * left to be tried but time: an hour, and twice as long after each further try, up to 16.
 */
static void restIfNeedBe(int hasFailed) {
  struct retained *retained = retainedMemory();
  const int hasRested = retained->hasRested != 0;
  retained->hasRested = 0;
  if (!hasFailed) retained->failedRuns = 0;
  if (!hasFailed || hasRested || ++retained->failedRuns < FAILED_RUNS_AT_REST) return;
  const uint32_t doublings = retained->failedRuns - FAILED_RUNS_AT_REST;
  const uint64_t hours = 1ull << (doublings < MOST_DOUBLINGS ? doublings : MOST_DOUBLINGS);
  const struct sleepPlan plan = {
      .untilMicroseconds = slowClockMicroseconds() + hours * HOUR_MICROSECONDS,
      .serviceButton = -1,
  };
  retained->hasRested = 1;
  pulseEngineSleep(&plan);
}

/* Asked once in a run. Does not return from a rest. */
void xs_tally_failure_reason(xsMachine *the) {
  static int isResetTold;
  const struct failureNote *failure = &retainedMemory()->failure;
  if (reasonOfReset() != NULL && !isResetTold) note("chip", reasonOfReset());
  isResetTold = 1;
  restIfNeedBe(failure->reason[0] != 0);
  if (failure->reason[0] != 0) xsmcSetString(xsResult, (char *)failure->reason);
}

void xs_tally_failure_module(xsMachine *the) { xsmcSetString(xsResult, retainedMemory()->failure.module); }

void xs_tally_failure_clear(xsMachine *the) {
  (void)the;
  retainedMemory()->failure.reason[0] = 0;
}
