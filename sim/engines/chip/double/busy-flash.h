/*
 * While its flash is written or erased the chip fetches nothing from there: of the interrupts only those are served whose
 * handlers lie in RAM.
 */
#ifndef TALLY_BUSY_FLASH_H
#define TALLY_BUSY_FLASH_H

void flashSetBusy(int isBusy);
int flashIsBusy(void);

/* Ends the run where a function that an interrupt calls lies in flash while that is busy. */
void flashRequireInRam(const void *function);

#endif
