#ifndef TALLY_ESP_RANDOM_H
#define TALLY_ESP_RANDOM_H

/* True while the generator gets the ADC's noise. */
int isRandomFed(void);

/* True when the end of that has stopped the ADC's bus clock, under whoever holds the ADC. */
int isAdcStopped(void);

/* Whoever takes the ADC anew starts its clock. */
void adcStarts(void);

#endif
