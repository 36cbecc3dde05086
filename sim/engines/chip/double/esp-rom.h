#ifndef TALLY_ESP_ROM_H
#define TALLY_ESP_ROM_H

/* What somebody waits for busily is over. */
void romDelayOver(void);

#endif
