/* Where a linker of ESP-IDF puts things; the sections that matter here are made by firmware-memory.ld, by file. */
#ifndef TALLY_DOUBLE_ESP_ATTR_H
#define TALLY_DOUBLE_ESP_ATTR_H

#define IRAM_ATTR
#define RTC_DATA_ATTR

#endif
