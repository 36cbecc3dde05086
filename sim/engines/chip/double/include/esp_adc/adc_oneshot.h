#ifndef TALLY_DOUBLE_ADC_ONESHOT_H
#define TALLY_DOUBLE_ADC_ONESHOT_H

#include "esp_adc/adc_cali.h"
#include "esp_err.h"

typedef struct adc_oneshot_unit *adc_oneshot_unit_handle_t;

typedef struct {
  adc_unit_t unit_id;
} adc_oneshot_unit_init_cfg_t;

typedef struct {
  adc_atten_t atten;
  adc_bitwidth_t bitwidth;
} adc_oneshot_chan_cfg_t;

/* Refused while somebody has the unit. */
esp_err_t adc_oneshot_new_unit(const adc_oneshot_unit_init_cfg_t *config, adc_oneshot_unit_handle_t *unit);
esp_err_t adc_oneshot_del_unit(adc_oneshot_unit_handle_t unit);
esp_err_t adc_oneshot_config_channel(adc_oneshot_unit_handle_t unit, adc_channel_t channel,
                                     const adc_oneshot_chan_cfg_t *config);
esp_err_t adc_oneshot_io_to_channel(int gpio, adc_unit_t *unit, adc_channel_t *channel);
esp_err_t adc_oneshot_get_calibrated_result(adc_oneshot_unit_handle_t unit, adc_cali_handle_t calibration,
                                            adc_channel_t channel, int *millivolts);

#endif
