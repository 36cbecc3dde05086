/*
 * The line as the serial port of a virtio console (Virtual I/O Device 1.1, sections 2.6, 4.2 and 5.3), which takes a
 * whole frame at a time; the machine's 16550 would take each byte by itself, and most of a run's time.
 */
#include "transport.h"

#include <stdint.h>
#include <string.h>

#include "failure.h"

/* QEMU's `virt` has eight places for virtio devices, each with an interrupt of its own. */
#define PLACES 8
#define PLACE(index) ((volatile uint32_t *)(0x10001000 + 0x1000 * (index)))
#define FIRST_INTERRUPT 1

/* Registers, as words. */
enum {
  MAGIC = 0x000 / 4,
  VERSION = 0x004 / 4,
  DEVICE = 0x008 / 4,
  DRIVER_FEATURES = 0x020 / 4,
  DRIVER_FEATURES_SELECT = 0x024 / 4,
  QUEUE_SELECT = 0x030 / 4,
  QUEUE_LENGTH = 0x038 / 4,
  QUEUE_READY = 0x044 / 4,
  QUEUE_NOTIFY = 0x050 / 4,
  INTERRUPT_STATUS = 0x060 / 4,
  INTERRUPT_ACKNOWLEDGE = 0x064 / 4,
  STATUS = 0x070 / 4,
  QUEUE_DESCRIPTORS = 0x080 / 4,
  QUEUE_DRIVER = 0x090 / 4,
  QUEUE_DEVICE = 0x0a0 / 4,
};

#define MAGIC_VALUE 0x74726976u
#define MODERN 2u
#define CONSOLE 3u
/* In the upper half of the features: a device of version 1 of the standard. */
#define VERSION_1 1u
enum { ACKNOWLEDGED = 1, DRIVER = 2, DRIVER_OK = 4, FEATURES_OK = 8 };

/* The interrupt controller, as far as the first hart is concerned. */
#define INTERRUPT_PRIORITY ((volatile uint32_t *)0x0c000000)
#define INTERRUPT_ENABLE ((volatile uint32_t *)0x0c002000)
#define INTERRUPT_CLAIM ((volatile uint32_t *)0x0c200004)
#define EXTERNAL_INTERRUPT (1u << 11)

/* A queue with room for one buffer at a time. */
#define QUEUE_BUFFERS 1
enum { RECEIVE = 0, SEND = 1, QUEUES = 2 };
#define WRITTEN_BY_DEVICE 2u

struct queue {
  _Alignas(16) struct {
    uint64_t address;
    uint32_t byteLength;
    uint16_t flags;
    uint16_t next;
  } descriptors[QUEUE_BUFFERS];
  _Alignas(16) volatile struct {
    uint16_t flags;
    uint16_t count;
    uint16_t ring[QUEUE_BUFFERS];
  } available;
  _Alignas(16) volatile struct {
    uint16_t flags;
    uint16_t count;
    struct {
      uint32_t index;
      uint32_t byteLength;
    } ring[QUEUE_BUFFERS];
  } used;
};

static struct queue queues[QUEUES];
static volatile uint32_t *device;

/* What has been received and not been taken. */
static uint8_t received[4096];
static size_t receivedStart;
static size_t receivedEnd;

static inline void orderMemory(void) { __asm__ volatile("fence" ::: "memory"); }

static void openQueue(int index) {
  struct queue *const queue = &queues[index];
  device[QUEUE_SELECT] = (uint32_t)index;
  device[QUEUE_LENGTH] = QUEUE_BUFFERS;
  device[QUEUE_DESCRIPTORS] = (uint32_t)(uintptr_t)queue->descriptors;
  device[QUEUE_DRIVER] = (uint32_t)(uintptr_t)&queue->available;
  device[QUEUE_DEVICE] = (uint32_t)(uintptr_t)&queue->used;
  device[QUEUE_READY] = 1;
}

/* Hands a buffer to the device. */
static void offer(int index, const void *buffer, size_t byteLength, uint16_t flags) {
  struct queue *const queue = &queues[index];
  queue->descriptors[0].address = (uintptr_t)buffer;
  queue->descriptors[0].byteLength = (uint32_t)byteLength;
  queue->descriptors[0].flags = flags;
  queue->available.ring[0] = 0;
  orderMemory();
  queue->available.count++;
  orderMemory();
  device[QUEUE_NOTIFY] = (uint32_t)index;
}

/* Sleeps until the device is done with the buffer; returns how many bytes it wrote. Interrupts are never taken. */
static size_t await(int index) {
  struct queue *const queue = &queues[index];
  while (queue->used.count != queue->available.count) {
    __asm__ volatile("csrs mie, %0\n wfi\n csrc mie, %0" ::"r"(EXTERNAL_INTERRUPT));
    device[INTERRUPT_ACKNOWLEDGE] = device[INTERRUPT_STATUS];
    *INTERRUPT_CLAIM = *INTERRUPT_CLAIM;
  }
  orderMemory();
  return queue->used.ring[0].byteLength;
}

void transportOpen(void) {
  int index = 0;
  while (index < PLACES && (PLACE(index)[MAGIC] != MAGIC_VALUE || PLACE(index)[DEVICE] != CONSOLE)) index++;
  if (index == PLACES || PLACE(index)[VERSION] != MODERN) fail("the machine has no serial port of virtio");
  device = PLACE(index);
  device[STATUS] = 0;
  device[STATUS] = ACKNOWLEDGED | DRIVER;
  device[DRIVER_FEATURES_SELECT] = 1;
  device[DRIVER_FEATURES] = VERSION_1;
  device[STATUS] = ACKNOWLEDGED | DRIVER | FEATURES_OK;
  openQueue(RECEIVE);
  openQueue(SEND);
  INTERRUPT_PRIORITY[FIRST_INTERRUPT + index] = 1;
  *INTERRUPT_ENABLE = 1u << (FIRST_INTERRUPT + index);
  device[STATUS] = ACKNOWLEDGED | DRIVER | FEATURES_OK | DRIVER_OK;
  offer(RECEIVE, received, sizeof received, WRITTEN_BY_DEVICE);
}

void transportWrite(const void *source, size_t byteLength) {
  offer(SEND, source, byteLength, 0);
  await(SEND);
}

size_t transportRead(void *target, size_t least, size_t most) {
  size_t length = 0;
  while (length < least) {
    if (receivedStart == receivedEnd) {
      if (receivedEnd > 0) offer(RECEIVE, received, sizeof received, WRITTEN_BY_DEVICE);
      receivedStart = 0;
      receivedEnd = await(RECEIVE);
    }
    const size_t waiting = receivedEnd - receivedStart;
    const size_t count = waiting < most - length ? waiting : most - length;
    memcpy((uint8_t *)target + length, received + receivedStart, count);
    receivedStart += count;
    length += count;
  }
  return length;
}
