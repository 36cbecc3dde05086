/*
 * What the double asks of the simulated board. Numbers from DEVICE on are operations of sim/chip/boundary/port.ts that
 * the board carries out and the trace does not have: on this engine the trace is made one level up, of what the
 * firmware asks of its hardware (sim/engines/chip/record/). The others are of sim/engines/chip/device-operation.ts.
 */
#ifndef TALLY_DEVICE_H
#define TALLY_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#include "port.h"

enum {
  OPERATION_RECORD = 104,
  OPERATION_CONTACTS = 105,
  OPERATION_RESUME = 106,
  OPERATION_CHIP_SLEEP = 107,
  OPERATION_CHIP_START = 108,
  DEVICE = 128,
  DEVICE_SET_TIMER = DEVICE + 1,
  DEVICE_CLEAR_TIMER = DEVICE + 2,
  DEVICE_FLASH_OPEN = DEVICE + 10,
  DEVICE_FLASH_READ = DEVICE + 12,
  DEVICE_FLASH_PROGRAM = DEVICE + 13,
  DEVICE_FLASH_ERASE = DEVICE + 14,
  DEVICE_BATTERY_MILLIVOLTS = DEVICE + 31,
  DEVICE_RESTART = DEVICE + 35,
  DEVICE_WATCHDOG_FEED = DEVICE + 40,
  DEVICE_BOOT_SLOT = DEVICE + 50,
  DEVICE_BOOT_IS_TRIAL = DEVICE + 51,
  DEVICE_BOOT_MARK_VALID = DEVICE + 52,
  DEVICE_BOOT_ROLL_BACK = DEVICE + 53,
  DEVICE_BOOT_IMAGE_HASH = DEVICE + 54,
  DEVICE_SEAL_READ = DEVICE + 55,
  DEVICE_SEAL_BURN = DEVICE + 56,
  DEVICE_AES128 = DEVICE + 60,
  DEVICE_SHA256 = DEVICE + 61,
  DEVICE_RANDOM = DEVICE + 62,
  DEVICE_OUTPUT_OPEN = DEVICE + 70,
  DEVICE_WRITE = DEVICE + 71,
  DEVICE_INPUT_OPEN = DEVICE + 72,
  DEVICE_READ = DEVICE + 73,
  DEVICE_ANALOG_OPEN = DEVICE + 74,
  DEVICE_ANALOG_READ = DEVICE + 75,
  DEVICE_PIN_CLOSE = DEVICE + 76,
  DEVICE_SERIAL_OPEN = DEVICE + 80,
  DEVICE_SERIAL_READ = DEVICE + 81,
  DEVICE_SERIAL_WRITE = DEVICE + 82,
  DEVICE_SERIAL_CLOSE = DEVICE + 83,
  DEVICE_SERIAL_NUMBER = DEVICE + 90,
  DEVICE_HARDWARE_ID = DEVICE + 93,
  DEVICE_METERING_CHECKSUM = DEVICE + 94,
};

/* Events of the board that are the double's own, beside those of the boundary. */
enum {
  EVENT_TIMER = 2,
  EVENT_SERIAL_READABLE = 3,
  EVENT_SERIAL_ERROR = 4,
  EVENT_DIGITAL_READABLE = 5,
  EVENT_BROWN_OUT = 6,
  /* A wait that was asked for by OPERATION_RESUME is over. */
  EVENT_RESUME = 201,
  /* Something may end the chip's sleep; a: 1 while the button is pressed. */
  EVENT_LOOK = 202,
  /* a: an enum disturbance, b: its argument */
  EVENT_DISTURB = 203,
};

/* Carries out `call`. Does not return to the chip's software when that has ended meanwhile: power failed, or a reset. */
struct reply deviceCall(const struct call *call);

/* From now on `function` is called before each call. */
void deviceCallFirst(void (*function)(void));

/* The same with two numbers and no bytes. */
struct reply device(uint8_t operation, double a, double b);

/* The same, with a text. */
struct reply deviceText(uint8_t operation, double a, double b, const char *text);

/* The number that the board answers; 0 where it answers nothing. */
double deviceNumber(uint8_t operation, double a, double b);

/* The handle of the pin or port, or the number of the partition, that was opened last. */
double deviceHandle(void);
void deviceOpened(double handle);

/* Ends the run: the software has broken a rule of the chip, or of the SDK. */
_Noreturn void fault(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
