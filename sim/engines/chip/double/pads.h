/*
 * The chip's pins: what the software has made of each, and which level a wire gives it then. Contacts, buttons and
 * switches only close to ground: without a pull-up, or before that has charged the line, their pin is low.
 */
#ifndef TALLY_PADS_H
#define TALLY_PADS_H

#include <stdint.h>

#include "driver/gpio.h"

struct pad {
  uint32_t latch; /* of the output */
  int isOutput;
  int isInput;
  int hasPullUp;
  int isPulledDown;
  /* The domain that has the pin: the chip's matrix, or the low-power domain's. */
  int isLowPower;
  /* By deep sleep: what the software makes of the pin does not reach it. */
  int isHeld;
  int isChangedInVain;
  /* The USB port has it: at each start, where it is one of its two. */
  int isUsb;
  double handle; /* of the simulated board, 0 while the pin is not open there */
  gpio_int_type_t interruptType;
  int isInterruptEnabled;
  int isInterruptHeldOff;
  gpio_isr_t interrupt;
  void *interruptArgument;
  /* For which level the pin ends a sleep; GPIO_INTR_DISABLE for none. */
  gpio_int_type_t wakeLevel;
  /* When that was switched on. */
  uint64_t pulledAtMicroseconds;
};

struct pad *padAt(int gpio);

/* As a wire drives it, whether or not the software looks. */
int padLevel(int gpio);

/* What a read of the input gives: 0 while it is off. */
int padRead(int gpio);

/*
 * After a start of the chip nobody has configured any pin, except that the low-power domain keeps its own until power
 * goes, and that those which deep sleep holds stay as they are until somebody lets go of them.
 */
void padsReset(void);
void padsPowerOn(void);
/* Deep sleep, in which the low-power domain's pins keep what they are only with its power, or held. */
void padsSleep(int hasLowPowerDomain);

/* The board has let go of all pins. */
void padsForget(void);

/* The button is held down, or the supply fails. */
void padsPressButton(int isPressed);
int padsIsButtonPressed(void);
/* From now on it is pressed whatever the board says, or no longer. */
void padsStickButton(int isStuck);
void padsFailSupply(int hasFailed);

void padPullUp(int gpio, int isOn);
int padIsHeld(int gpio);

/* Ends the run where the USB port has the pin: the software has left it its function. */
void padRefuseUsb(int gpio);
void padRelease(int gpio);

/* Whoever reads pins has waited for a moment, too short for the world to notice. */
void padsWait(uint32_t microseconds);

/* Runs the interrupt of the pin that the board knows by this handle. */
void padsInterrupt(double handle);
void padsInterruptAt(int gpio);

/* Runs those that were held off while flash was written. */
void padsServe(void);

/* True when a pin has the level that it is to end a sleep for. */
int padsWake(void);

/* True when one of them is a contact's. */
int padsWatchContacts(void);

#endif
