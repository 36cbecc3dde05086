/* How the chip sleeps, and what ends that. */
#ifndef TALLY_ESP_SLEEP_H
#define TALLY_ESP_SLEEP_H

/*
 * Looks at everything that may end the sleep under way and goes on with the software where something does: with the
 * wake stub, with what follows a light sleep, or by telling the board that the chip starts.
 */
void sleepLook(void);

/* The low-power core has crashed, which ends a sleep that it may end. */
void sleepLookAfterCrash(void);

/* The chip starts: nothing is left of what was to end a sleep, except, after one, what did. */
void sleepReset(int hasSlept);

/* Power came: no sleep was before this start. */
void sleepPowerOn(void);

#endif
