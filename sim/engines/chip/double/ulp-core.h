/* The core of the low-power domain, whichever kind: its program is part of the process, and polls by a timer. */
#ifndef TALLY_ULP_CORE_H
#define TALLY_ULP_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "chip-time.h"
#include "esp_err.h"

struct poller *ulpPoller(void);

esp_err_t ulpLoad(const uint8_t *program, size_t byteLength);
void ulpStart(uint32_t periodMicroseconds);
void ulpStop(void);

/*
 * The chip sleeps and starts again. A start takes longer than a poll, but none in the simulator: a sleep shorter than
 * that would look as if the core had stopped, so that it polls once.
 */
void ulpSleep(void);
void ulpStartAfterSleep(void);

/* Power came: nothing runs, and the memory holds anything. */
void ulpPowerOn(void);

/* The program has asked to wake the main core since this was called last. */
int ulpTakeWake(void);
void ulpWake(void);

/* Pins as the core has them. */
void ulpEnableInput(int gpio, int isOn);
void ulpEnablePullUp(int gpio, int isOn);
uint32_t ulpLevel(int gpio);

#endif
