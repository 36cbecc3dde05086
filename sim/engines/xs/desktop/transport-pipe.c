#include "transport.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure.h"

static int input;
static int output;

void transportOpen(void) {
  input = dup(STDIN_FILENO);
  output = dup(STDOUT_FILENO);
  /* A stray print must not garble the frames. */
  if (input < 0 || output < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
    fail("no standard input and output: %s", strerror(errno));
}

void transportWrite(const void *source, size_t byteLength) {
  const uint8_t *from = source;
  while (byteLength > 0) {
    const ssize_t count = write(output, from, byteLength);
    if (count < 0) {
      if (errno == EINTR) continue;
      exit(EXIT_SUCCESS); /* The simulator ended without saying so: so do we. */
    }
    from += count;
    byteLength -= (size_t)count;
  }
}

size_t transportRead(void *target, size_t least, size_t most) {
  size_t length = 0;
  while (length < least) {
    const ssize_t count = read(input, (uint8_t *)target + length, most - length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) exit(EXIT_SUCCESS);
    length += (size_t)count;
  }
  return length;
}
