#include <stdlib.h>

#include "device.h"
#include "refusals.h"
#include "resets.h"
#include "esp-random.h"
#include "esp_adc/adc_cali_scheme.h"
#include "esp_adc/adc_oneshot.h"
#include "pads.h"
#include "sdkconfig.h"
#include "wiring.h"

/* ADC1's channels by number, as components/soc/<chip>/include/soc/adc_channel.h; and what it measures up to, in mV. */
#if CONFIG_IDF_TARGET_ESP32
static const int gpios[] = {36, 37, 38, 39, 32, 33, 34, 35};
static const int ranges[] = {950, 1250, 1750, 2450};
#elif CONFIG_IDF_TARGET_ESP32C3
static const int gpios[] = {0, 1, 2, 3, 4};
static const int ranges[] = {750, 1050, 1300, 2500};
#elif CONFIG_IDF_TARGET_ESP32C6
static const int gpios[] = {0, 1, 2, 3, 4, 5, 6};
static const int ranges[] = {1000, 1300, 1900, 3300};
#else
static const int gpios[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const int ranges[] = {950, 1250, 1750, 3100};
#endif

#define CHANNELS ((int)(sizeof gpios / sizeof *gpios))
#define NOT_CONFIGURED (-1)

struct adc_oneshot_unit {
  int isTaken;
  int attenuations[CHANNELS];
};

struct adc_cali_scheme {
  adc_atten_t attenuation;
};

static struct adc_oneshot_unit unit1;

void adcReset(void) { unit1.isTaken = 0; }

static esp_err_t makeCalibration(adc_atten_t attenuation, adc_cali_handle_t *made) {
  *made = malloc(sizeof **made);
  if (*made == NULL) return ESP_ERR_NO_MEM;
  (*made)->attenuation = attenuation;
  return ESP_OK;
}

static esp_err_t deleteCalibration(adc_cali_handle_t calibration) {
  if (calibration == NULL) return ESP_ERR_INVALID_ARG;
  free(calibration);
  return ESP_OK;
}

#if ADC_CALI_SCHEME_LINE_FITTING_SUPPORTED
esp_err_t adc_cali_create_scheme_line_fitting(const adc_cali_line_fitting_config_t *config, adc_cali_handle_t *made) {
  return makeCalibration(config->atten, made);
}

esp_err_t adc_cali_delete_scheme_line_fitting(adc_cali_handle_t calibration) { return deleteCalibration(calibration); }
#else
esp_err_t adc_cali_create_scheme_curve_fitting(const adc_cali_curve_fitting_config_t *config, adc_cali_handle_t *made) {
  return makeCalibration(config->atten, made);
}

esp_err_t adc_cali_delete_scheme_curve_fitting(adc_cali_handle_t calibration) { return deleteCalibration(calibration); }
#endif

esp_err_t adc_oneshot_new_unit(const adc_oneshot_unit_init_cfg_t *config, adc_oneshot_unit_handle_t *unit) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (config->unit_id != ADC_UNIT_1 || unit1.isTaken) return ESP_ERR_NOT_FOUND;
  unit1.isTaken = 1;
  adcStarts();
  for (int channel = 0; channel < CHANNELS; channel++) unit1.attenuations[channel] = NOT_CONFIGURED;
  *unit = &unit1;
  return ESP_OK;
}

esp_err_t adc_oneshot_del_unit(adc_oneshot_unit_handle_t unit) {
  if (unit == NULL || !unit->isTaken) return ESP_ERR_NOT_FOUND;
  unit->isTaken = 0;
  return ESP_OK;
}

esp_err_t adc_oneshot_io_to_channel(int gpio, adc_unit_t *unit, adc_channel_t *channel) {
  for (int index = 0; index < CHANNELS; index++) {
    if (gpios[index] != gpio) continue;
    *unit = ADC_UNIT_1;
    *channel = index;
    return ESP_OK;
  }
  return ESP_ERR_NOT_FOUND;
}

esp_err_t adc_oneshot_config_channel(adc_oneshot_unit_handle_t unit, adc_channel_t channel,
                                     const adc_oneshot_chan_cfg_t *config) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (unit == NULL || !unit->isTaken || channel < 0 || channel >= CHANNELS) return ESP_ERR_INVALID_ARG;
  const int gpio = gpios[channel];
  unit->attenuations[channel] = (int)config->atten;
  if (wireAt(gpio)->kind != WIRE_ANALOG || padAt(gpio)->handle != 0) return ESP_OK;
  const struct reply reply = deviceText(DEVICE_ANALOG_OPEN, 0, 0, wireAt(gpio)->name);
  if (reply.kind != REPLY_NUMBER) fault("the board can't open %s at GPIO %d", wireAt(gpio)->name, gpio);
  padAt(gpio)->handle = reply.number;
  deviceOpened(reply.number);
  return ESP_OK;
}

static int pinMillivolts(int gpio) {
  const struct wire *wire = wireAt(gpio);
  if (wire->kind == WIRE_BATTERY)
    return (int)(deviceNumber(DEVICE_BATTERY_MILLIVOLTS, 0, 0) * wire->divisor / wire->multiplier);
  return padAt(gpio)->handle == 0 ? 0 : (int)deviceNumber(DEVICE_ANALOG_READ, padAt(gpio)->handle, 0);
}

esp_err_t adc_oneshot_get_calibrated_result(adc_oneshot_unit_handle_t unit, adc_cali_handle_t calibration,
                                            adc_channel_t channel, int *millivolts) {
  if (isRefused(__func__)) return ESP_FAIL;
  if (unit == NULL || !unit->isTaken || channel < 0 || channel >= CHANNELS || calibration == NULL)
    return ESP_ERR_INVALID_ARG;
  const int attenuation = unit->attenuations[channel];
  if (attenuation == NOT_CONFIGURED || attenuation != (int)calibration->attenuation) return ESP_ERR_INVALID_ARG;
  if (isAdcStopped()) fault("the ADC has no clock: bootloader_random_disable() has stopped it, and a conversion never ends");
  if (isRandomFed()) fault("the ADC measures while it feeds the random number generator");
  const int atPin = pinMillivolts(gpios[channel]);
  *millivolts = atPin > ranges[attenuation] ? ranges[attenuation] : atPin;
  return ESP_OK;
}
