/* Where a linker of ESP-IDF puts things; those of variables are made by firmware-memory.ld, by file. */
#ifndef TALLY_DOUBLE_ESP_ATTR_H
#define TALLY_DOUBLE_ESP_ATTR_H

#define IRAM_ATTR __attribute__((section("iram_text")))
#define RTC_DATA_ATTR

#endif
