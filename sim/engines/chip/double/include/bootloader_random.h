#ifndef TALLY_DOUBLE_BOOTLOADER_RANDOM_H
#define TALLY_DOUBLE_BOOTLOADER_RANDOM_H

/* Feeds the generator from the ADC's noise, which nobody may measure with meanwhile. */
void bootloader_random_enable(void);
void bootloader_random_disable(void);

#endif
