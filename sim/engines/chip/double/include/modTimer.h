/* The SDK's timers, in milliseconds of the scheduler's clock. */
#ifndef TALLY_DOUBLE_MOD_TIMER_H
#define TALLY_DOUBLE_MOD_TIMER_H

typedef struct modTimerRecord *modTimer;
typedef void (*modTimerCallback)(modTimer timer, void *reference, int referenceSize);

/* Copies what `reference` points to. A second interval of 0: once. NULL when there is no memory. */
modTimer modTimerAdd(int firstInterval, int secondInterval, modTimerCallback callback, void *reference,
                     int referenceSize);
/* Also from the timer's own callback. */
void modTimerRemove(modTimer timer);

#endif
