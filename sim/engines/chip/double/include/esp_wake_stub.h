#ifndef TALLY_DOUBLE_ESP_WAKE_STUB_H
#define TALLY_DOUBLE_ESP_WAKE_STUB_H

#include "esp_sleep.h"

/* Sleeps on with the sources as they are; the stub runs at the next wake. Does not return. */
void esp_wake_stub_sleep(esp_deep_sleep_wake_stub_fn_t stub);

#endif
