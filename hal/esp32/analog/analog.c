#include "esp_adc/adc_cali.h"
#include "esp_adc/adc_cali_scheme.h"
#include "esp_adc/adc_oneshot.h"
#include "xsmc.h"

#include "builtinCommon.h"
#include "xsHost.h"

struct analogLine {
  adc_cali_handle_t calibration;
  adc_channel_t channel;
  int gpio;
};

/* ADC1 is one for all its pins. */
static adc_oneshot_unit_handle_t unit;
static int unitUsers;

static const adc_atten_t attenuations[] = {ADC_ATTEN_DB_0, ADC_ATTEN_DB_2_5, ADC_ATTEN_DB_6, ADC_ATTEN_DB_12};

/* Each chip has one of the two schemes, from what was burnt into it at the factory (adc_cali_scheme.h). */
static esp_err_t calibrate(struct analogLine *line, adc_atten_t attenuation) {
#if ADC_CALI_SCHEME_CURVE_FITTING_SUPPORTED
  const adc_cali_curve_fitting_config_t config = {
      .unit_id = ADC_UNIT_1,
      .chan = line->channel,
      .atten = attenuation,
      .bitwidth = ADC_BITWIDTH_DEFAULT,
  };
  return adc_cali_create_scheme_curve_fitting(&config, &line->calibration);
#else
  const adc_cali_line_fitting_config_t config = {
      .unit_id = ADC_UNIT_1,
      .atten = attenuation,
      .bitwidth = ADC_BITWIDTH_DEFAULT,
  };
  return adc_cali_create_scheme_line_fitting(&config, &line->calibration);
#endif
}

static void forgetCalibration(adc_cali_handle_t calibration) {
#if ADC_CALI_SCHEME_CURVE_FITTING_SUPPORTED
  adc_cali_delete_scheme_curve_fitting(calibration);
#else
  adc_cali_delete_scheme_line_fitting(calibration);
#endif
}

static esp_err_t takeUnit(void) {
  const adc_oneshot_unit_init_cfg_t config = {.unit_id = ADC_UNIT_1};
  const esp_err_t error = unitUsers > 0 ? ESP_OK : adc_oneshot_new_unit(&config, &unit);
  if (error == ESP_OK) unitUsers++;
  return error;
}

static void giveUnit(void) {
  if (--unitUsers == 0) adc_oneshot_del_unit(unit);
}

void xs_tally_analog_destructor(void *data) {
  struct analogLine *line = data;
  if (line == NULL) return;
  forgetCalibration(line->calibration);
  giveUnit();
  builtinFreePin((uint32_t)line->gpio);
  c_free(line);
}

static int openLine(struct analogLine *line, adc_atten_t attenuation) {
  const adc_oneshot_chan_cfg_t config = {.atten = attenuation, .bitwidth = ADC_BITWIDTH_DEFAULT};
  if (calibrate(line, attenuation) != ESP_OK) return 0;
  if (takeUnit() == ESP_OK) {
    if (adc_oneshot_config_channel(unit, line->channel, &config) == ESP_OK) return 1;
    giveUnit();
  }
  forgetCalibration(line->calibration);
  return 0;
}

void xs_tally_analog_open(xsMachine *the) {
  struct analogLine line = {.gpio = xsmcToInteger(xsArg(0))};
  const adc_atten_t attenuation = attenuations[xsmcToInteger(xsArg(1))];
  adc_unit_t owner;
  if (adc_oneshot_io_to_channel(line.gpio, &owner, &line.channel) != ESP_OK || owner != ADC_UNIT_1) return;
  if (!builtinIsPinFree((uint32_t)line.gpio)) return;
  struct analogLine *kept = c_malloc(sizeof line);
  if (kept == NULL || !openLine(&line, attenuation)) {
    c_free(kept);
    return;
  }
  *kept = line;
  builtinUsePin((uint32_t)line.gpio);
  xsmcSetHostData(xsThis, kept);
}

void xs_tally_analog_isOpen(xsMachine *the) { xsmcSetBoolean(xsResult, xsmcGetHostData(xsThis) != NULL); }

void xs_tally_analog_read(xsMachine *the) {
  const struct analogLine *line = xsmcGetHostDataValidate(xsThis, xs_tally_analog_destructor);
  int millivolts = 0;
  if (adc_oneshot_get_calibrated_result(unit, line->calibration, line->channel, &millivolts) != ESP_OK)
    xsUnknownError("the ADC gives no result");
  xsmcSetInteger(xsResult, millivolts);
}

void xs_tally_analog_close(xsMachine *the) {
  xs_tally_analog_destructor(xsmcGetHostDataValidate(xsThis, xs_tally_analog_destructor));
  xsmcSetHostData(xsThis, NULL);
}
