/* Of the SDK's platform (xs/platforms/esp/xsHost.h): places of constants, the machine's messages, another machine. */
#ifndef TALLY_DOUBLE_XS_HOST_H
#define TALLY_DOUBLE_XS_HOST_H

#include <stdint.h>

#include "xs.h"

#undef ICACHE_RODATA_ATTR
#define ICACHE_RODATA_ATTR

typedef void (*modMessageDeliver)(void *the, void *reference, uint8_t *message, uint16_t length);

/* Both return something else than 0 when the queue is full. */
int modMessagePostToMachine(xsMachine *the, uint8_t *message, uint16_t length, modMessageDeliver deliver, void *reference);
int modMessagePostToMachineFromISR(xsMachine *the, modMessageDeliver deliver, void *reference);

/* Has the event loop make another machine once what is under way has ended. */
void modSoftReset(void);

#endif
