#include "bootloader_random.h"
#include "esp_random.h"
#include "xsHost.h"
#include "xsmc.h"

/*
 * Without a radio running the generator only has what the ADC's noise feeds it (bootloader_random.h), so that is
 * switched on for the while. Nobody may hold the ADC meanwhile: on an ESP32-C3 switching it off stops the clock of the ADC
 * too (bootloader_random_esp32c3.c), and a conversion without it never ends.
 */
void xs_tally_crypto_fillRandom(xsMachine *the) {
  void *target;
  xsUnsignedValue byteLength;
  xsmcGetBufferWritable(xsArg(0), &target, &byteLength);
  bootloader_random_enable();
  esp_fill_random(target, byteLength);
  bootloader_random_disable();
}
