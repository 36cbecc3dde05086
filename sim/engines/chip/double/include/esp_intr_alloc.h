#ifndef TALLY_DOUBLE_ESP_INTR_ALLOC_H
#define TALLY_DOUBLE_ESP_INTR_ALLOC_H

/* The handler lies in RAM and is served while flash is being written. */
#define ESP_INTR_FLAG_IRAM (1 << 10)

#endif
