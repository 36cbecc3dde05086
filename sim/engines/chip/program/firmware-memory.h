/* The variables of the firmware's C: in the chip's RAM, which is gone with every start, and in RTC memory. */
#ifndef TALLY_FIRMWARE_MEMORY_H
#define TALLY_FIRMWARE_MEMORY_H

/* Remembers them as they are; to be called before the first start. */
void firmwareMemoryKeep(void);

/* A start gives RAM its first values again, and RTC memory too unless a deep sleep was before it. */
void firmwareMemoryReset(int hasSlept);

#endif
