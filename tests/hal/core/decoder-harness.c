/*
 * The pulse decoder under test: carries out what it reads on standard input and writes readings to standard output.
 *
 *   's' u32 sensor, debounce polls, magnet polls, one-sided pulses, forward, reverse, u8 contacts
 *   'n' u8 contacts        starts anew with the same options, all counters 0
 *   'c' u32 sensor, debounce polls, magnet polls, one-sided pulses
 *   'p' u8 contacts        one poll
 *   'a' u8 contacts, u32 polls
 *   'r'                    writes whether there is a reading, then the reading, six u32
 *   'q' u32 number, sensor, debounce polls, magnet polls, one-sided pulses      adopts a request
 *   'w' u32 word, value    writes one word of the decoder's memory, as a failing chip might
 *   'e'                    resumes
 *   'k' u32 mark           asks whether the total has reached it
 *
 * The last two write one u32: what the function returned.
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

static void tell(int result) {
  const uint32_t word = (uint32_t)result;
  fwrite(&word, sizeof word, 1, stdout);
}

int main(void) {
  struct pulseDecoder decoder;
  struct pulseDecoderOptions options;
  struct pulseDecoderRequest request;
  struct pulseReading reading = {0};
  uint32_t words[2];
  for (int command = getchar(); command != EOF; command = getchar()) {
    switch (command) {
      case 's':
        take(&options, sizeof options);
        take(words, sizeof words);
        pulseDecoderStart(&decoder, &options, contacts());
        pulseDecoderContinue(&decoder, words[0], words[1]);
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
        tell(pulseDecoderRead(&decoder, &reading));
        fwrite(&reading, sizeof reading, 1, stdout);
        break;
      case 'q':
        take(&request, sizeof request);
        pulseDecoderAdopt(&decoder, &request);
        break;
      case 'w':
        take(words, sizeof words);
        ((volatile uint32_t *)&decoder)[words[0]] = words[1];
        break;
      case 'e':
        tell(pulseDecoderResume(&decoder));
        break;
      case 'k':
        take(words, sizeof words[0]);
        tell(pulseDecoderHasReached(&decoder, words[0]));
        break;
      default:
        return EXIT_FAILURE;
    }
  }
  return EXIT_SUCCESS;
}
