#ifndef TALLY_ESP_RANDOM_H
#define TALLY_ESP_RANDOM_H

/* True while the generator gets the ADC's noise. */
int isRandomFed(void);

#endif
