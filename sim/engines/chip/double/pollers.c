#include "pollers.h"

#include <stddef.h>

#include "chip-time.h"
#include "esp-timer.h"
#include "sdkconfig.h"
#include "ulp-core.h"

void pollersConnect(void) {
#if CONFIG_ULP_COPROC_ENABLED
  pollersSet(espTimerPoller(), ulpPoller());
#else
  pollersSet(espTimerPoller(), NULL);
#endif
}
