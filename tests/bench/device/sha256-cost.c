/*
 * What a block of SHA-256 (FIPS 180-4, section 6.2) costs in plain C on RV32, counted by the processor's minstret.
 * Prints the digest of "abc" and the instructions of one block, call and return included. Runs bare on QEMU's machine
 * `virt` with `-icount shift=0`.
 */
#include <stdint.h>

#include "bare.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t turned(uint32_t word, unsigned bits) { return word >> bits | word << (32 - bits); }

static __attribute__((noinline)) void digestBlock(uint32_t state[8], const uint8_t block[64]) {
  uint32_t schedule[64];
  for (int index = 0; index < 16; index++)
    schedule[index] = (uint32_t)block[4 * index] << 24 | (uint32_t)block[4 * index + 1] << 16 |
                      (uint32_t)block[4 * index + 2] << 8 | block[4 * index + 3];
  for (int index = 16; index < 64; index++) {
    const uint32_t near = schedule[index - 2];
    const uint32_t far = schedule[index - 15];
    schedule[index] = (turned(near, 17) ^ turned(near, 19) ^ near >> 10) + schedule[index - 7] +
                      (turned(far, 7) ^ turned(far, 18) ^ far >> 3) + schedule[index - 16];
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int index = 0; index < 64; index++) {
    const uint32_t one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + constants[index] +
                         schedule[index];
    const uint32_t two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + one;
    d = c;
    c = b;
    b = a;
    a = one + two;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

static void print(const char *text) {
  while (*text) *UART = (uint8_t)*text++;
}

static void printHexadecimal(uint32_t word) {
  for (int shift = 28; shift >= 0; shift -= 4) *UART = (uint8_t) "0123456789abcdef"[word >> shift & 15];
}

__attribute__((noreturn)) void run(void) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  /* "abc", the bit that ends it, its length in bits. */
  uint8_t block[64] = {'a', 'b', 'c', 0x80};
  block[63] = 24;
  const uint32_t before = retired();
  digestBlock(state, block);
  const uint32_t instructions = retired() - before - 1;
  print("digest ");
  for (int index = 0; index < 8; index++) printHexadecimal(state[index]);
  print("\ninstructions ");
  printHexadecimal(instructions);
  print("\n");
  *POWER = POWER_OFF;
  for (;;) {
  }
}
