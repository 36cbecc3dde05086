#ifndef TALLY_DOUBLE_ADC_CALI_H
#define TALLY_DOUBLE_ADC_CALI_H

typedef enum { ADC_UNIT_1, ADC_UNIT_2 } adc_unit_t;
typedef int adc_channel_t;
typedef enum { ADC_ATTEN_DB_0, ADC_ATTEN_DB_2_5, ADC_ATTEN_DB_6, ADC_ATTEN_DB_12 } adc_atten_t;
typedef enum { ADC_BITWIDTH_DEFAULT } adc_bitwidth_t;
typedef struct adc_cali_scheme *adc_cali_handle_t;

#endif
