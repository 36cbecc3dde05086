/*
 * The HAL's boundary as frames over the transport. The program calls, the simulator replies; all numbers are
 * little-endian, every f64 exact.
 *
 *   call:   u32 length of the rest, u8 operation, f64 a, f64 b, f64 c, u8 1 when bytes follow, bytes
 *   reply:  u32 length of the rest, u8 kind, then by kind: nothing, f64, bytes, or u8 event, f64 ticks, f64 a, f64 b
 */
#ifndef TALLY_PORT_H
#define TALLY_PORT_H

#include <stddef.h>
#include <stdint.h>

/* What a call or a reply can carry besides its fixed part; both sides know it. */
#define PORT_CONTENT_BYTES (64u * 1024)

/* Of sim/chip/boundary/port.ts, those that the program itself has to do with. */
enum {
  OPERATION_IDLE = 0,
  OPERATION_FLASH_GEOMETRY = 11,
  OPERATION_FLASH_READ = 12,
  OPERATION_PULSE_READ = 21,
  OPERATION_RETAINED_READ = 32,
  OPERATION_BOOT_SLOT = 50,
  OPERATION_BOOT_IMAGE_HASH = 54,
  OPERATION_RANDOM = 62,
  OPERATION_SERIAL_NUMBER = 90,
  OPERATION_HARDWARE_ID = 93,
  OPERATION_METERING_CHECKSUM = 94,
  OPERATION_PANIC = 99,
  OPERATION_PULSE_TIMELINE = 100,
  OPERATION_PULSE_DIFFERENCE = 101,
  OPERATION_PROFILE = 102,
};

enum replyKind {
  REPLY_UNDEFINED = 0,
  REPLY_NUMBER = 1,
  REPLY_BYTES = 2,
  REPLY_EVENT = 3, /* answers OPERATION_IDLE */
  REPLY_ABORT = 4, /* this run is over: the power failed in the middle of the call */
  REPLY_END = 5,   /* the program is not needed any more */
};

enum {
  EVENT_WAKE = 1,
  EVENT_PROFILE = 200, /* tell the profile; not the application's */
};

/*
 * The bytes of OPERATION_IDLE: what the run has cost so far. Memory is at its peak and beyond that of the loaded
 * modules; garbage counts until it is collected. Instructions are those of the application and the engine, without
 * the line to the simulator and the pulse decoder, for which a chip has native drivers, and without what collections
 * spend on the loaded modules (collections.h); 0 where none are counted.
 */
struct costs {
  double slots;
  double chunkBytes;
  double stackSlots;
  double savedBytes; /* what a wake copies back */
  double instructions;
  double collections;
  double loadedInstructions; /* of collections, on the loaded modules */
};

struct call {
  uint8_t operation;
  double a;
  double b;
  double c;
  const uint8_t *bytes; /* NULL when there are none, which is not the same as no length */
  size_t byteLength;
};

struct reply {
  enum replyKind kind;
  double number;
  const uint8_t *bytes; /* valid until the next call */
  size_t byteLength;
  uint8_t event;
  double ticks;
  double a;
  double b;
};

struct reply portCall(const struct call *call);

/* Everything that the last event set going has ended: says what that took, waits for the next. */
struct reply portIdle(struct costs costs);

#endif
