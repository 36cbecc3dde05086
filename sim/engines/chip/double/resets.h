/* What a start of the chip does to each part of it. */
#ifndef TALLY_RESETS_H
#define TALLY_RESETS_H

void gpioReset(void);
void builtinReset(void);
void adcReset(void);
void randomReset(void);
void taskWatchdogReset(void);
void espTimersReset(void);
void timersReset(void);
void messagesReset(void);

#endif
