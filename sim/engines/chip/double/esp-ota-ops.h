/* What is known of the image that runs. */
#ifndef TALLY_ESP_OTA_OPS_H
#define TALLY_ESP_OTA_OPS_H

#include <stdint.h>

/* An esp_ota_img_states_t. */
void otaImageIs(uint32_t state);

#endif
