/*
 * The pulse decoder under test: carries out what it reads on standard input and writes readings to standard output.
 *
 *   's' u32 sensor, debounce polls, magnet polls, one-sided pulses, forward, reverse, u8 contacts
 *   'n' u8 contacts        starts anew with the same options, all counters 0
 *   'c' u32 sensor, debounce polls, magnet polls, one-sided pulses
 *   'p' u8 contacts        one poll
 *   'a' u8 contacts, u32 polls
 *   'r'                    writes the reading, six u32
 */
#include <stdio.h>
#include <stdlib.h>

#include "pulse-decoder.h"

static void take(void *target, size_t byteLength) {
  if (fread(target, 1, byteLength, stdin) != byteLength) exit(EXIT_FAILURE);
}

static uint32_t contacts(void) {
  uint8_t byte;
  take(&byte, 1);
  return byte;
}

int main(void) {
  struct pulseDecoder decoder;
  struct pulseDecoderOptions options;
  struct pulseReading reading;
  uint32_t words[2];
  for (int command = getchar(); command != EOF; command = getchar()) {
    switch (command) {
      case 's':
        take(&options, sizeof options);
        take(words, sizeof words);
        pulseDecoderStart(&decoder, &options, contacts());
        decoder.forward = words[0];
        decoder.reverse = words[1];
        break;
      case 'n':
        pulseDecoderStart(&decoder, &options, contacts());
        break;
      case 'c':
        take(&options, sizeof options);
        pulseDecoderConfigure(&decoder, &options);
        break;
      case 'p':
        pulseDecoderPoll(&decoder, contacts());
        break;
      case 'a': {
        const uint32_t state = contacts();
        take(words, sizeof words[0]);
        pulseDecoderAdvance(&decoder, state, words[0]);
        break;
      }
      case 'r':
        if (!pulseDecoderRead(&decoder, &reading)) return EXIT_FAILURE;
        fwrite(&reading, sizeof reading, 1, stdout);
        break;
      default:
        return EXIT_FAILURE;
    }
  }
  return EXIT_SUCCESS;
}
