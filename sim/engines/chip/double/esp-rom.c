#include "esp_rom_crc.h"
#include "esp_rom_sys.h"

#include "cpu.h"
#include "device.h"
#include "esp-rom.h"
#include "pads.h"

/* Shorter ones let lines charge, and no more: in the simulator's world nothing happens meanwhile. */
#define NOTABLE_MICROSECONDS 1000u

static int isOver;

void romDelayOver(void) { isOver = 1; }

void esp_rom_delay_us(uint32_t microseconds) {
  padsWait(microseconds);
  if (microseconds >= NOTABLE_MICROSECONDS) romWait(microseconds);
}

void romWait(uint32_t microseconds) {
  isOver = 0;
  device(OPERATION_RESUME, microseconds, 0);
  while (!isOver) cpuWait();
}

uint32_t esp_rom_crc32_le(uint32_t crc, const uint8_t *bytes, uint32_t byteLength) {
  crc = ~crc;
  for (uint32_t index = 0; index < byteLength; index++) {
    crc ^= bytes[index];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}
