#include "pads.h"

#include <string.h>

#include "busy-flash.h"
#include "chip-time.h"
#include "device.h"
#include "pulse-decoder.h"
#include "wiring.h"

/* For a pull-up of some 45 kOhm and a line of up to 200 pF: three time constants. */
#define CHARGING_MICROSECONDS 27u

static struct pad pads[SOC_GPIO_PIN_COUNT];
static int isButtonPressed;
static int isButtonStuck;
static int hasSupplyFailed;
static uint64_t waitedMicroseconds;

struct pad *padAt(int gpio) {
  if (!GPIO_IS_VALID_GPIO(gpio)) fault("there is no GPIO %d", gpio);
  return &pads[gpio];
}

void padsPressButton(int isPressed) { isButtonPressed = isPressed || isButtonStuck; }

void padsStickButton(int isStuck) { isButtonPressed = isButtonStuck = isStuck; }

int padsIsButtonPressed(void) { return isButtonPressed; }

void padsForget(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) pads[gpio].handle = 0;
}

void padsFailSupply(int hasFailed) { hasSupplyFailed = hasFailed; }

void padsWait(uint32_t waited) { waitedMicroseconds += waited; }

/* A bootloader, or an image before this one, may have left it so. */
static int hasPullDownAtStart(int gpio) { return GPIO_IS_VALID_OUTPUT_GPIO(gpio); }

void padsPowerOn(void) { memset(pads, 0, sizeof pads); }

void padsReset(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    const struct pad was = pads[gpio];
    struct pad pad = {0};
    if (was.isLowPower || was.isHeld) {
      pad.isLowPower = was.isLowPower;
      pad.isHeld = was.isHeld;
      pad.hasPullUp = was.hasPullUp;
      pad.pulledAtMicroseconds = was.pulledAtMicroseconds;
      pad.isInput = was.isLowPower && was.isInput;
    }
    pad.isPulledDown = was.isLowPower || was.isHeld ? was.isPulledDown : hasPullDownAtStart(gpio);
    pad.isUsb = gpio == USB_INT_PHY0_DM_GPIO_NUM || gpio == USB_INT_PHY0_DP_GPIO_NUM;
    pads[gpio] = pad;
  }
}

void padsSleep(int hasLowPowerDomain) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    struct pad *pad = &pads[gpio];
    const int mayWake = pad->wakeLevel != GPIO_INTR_DISABLE;
    pad->handle = 0;
    if (pad->isLowPower && hasLowPowerDomain) continue;
    pad->isHeld = pad->isHeld || mayWake;
    pad->isInput = 0;
    if (!pad->isHeld) pad->hasPullUp = 0;
  }
}

/* What the software makes of a pin, in vain while that is held. */
int padIsHeld(int gpio) {
  struct pad *pad = padAt(gpio);
  if (pad->isHeld) pad->isChangedInVain = 1;
  return pad->isHeld;
}

void padRelease(int gpio) {
  padAt(gpio)->isHeld = 0;
  padAt(gpio)->isChangedInVain = 0;
}

static uint64_t microseconds(void) { return chipMicroseconds() + waitedMicroseconds; }

void padPullUp(int gpio, int isOn) {
  struct pad *pad = padAt(gpio);
  if (isOn && !pad->hasPullUp) pad->pulledAtMicroseconds = microseconds();
  pad->hasPullUp = isOn;
}

/* A line that C reads right after it has opened it. */
static int isCharged(const struct pad *pad) {
  return pad->hasPullUp && microseconds() - pad->pulledAtMicroseconds >= CHARGING_MICROSECONDS;
}

static int contactLevel(const struct pad *pad, int isClosed) {
  return !isClosed && (wiringHasPullUps() || isCharged(pad));
}

static int inputLevel(const struct pad *pad, const struct wire *wire) {
  const int isActive = pad->handle != 0 && deviceNumber(DEVICE_READ, pad->handle, 0) != 0;
  return wire->isActiveLow ? !isActive && pad->hasPullUp : isActive;
}

int padLevel(int gpio) {
  const struct pad *pad = padAt(gpio);
  const struct wire *wire = wireAt(gpio);
  const uint32_t contacts = contactsNow();
  switch (wire->kind) {
    case WIRE_CONTACT_A:
      return contactLevel(pad, (contacts & PULSE_CONTACT_A) != 0);
    case WIRE_CONTACT_B:
      return contactLevel(pad, (contacts & PULSE_CONTACT_B) != 0);
    case WIRE_CABLE_LOOP:
      return contactLevel(pad, (contacts & PULSE_LOOP_OPEN) == 0);
    case WIRE_BUTTON:
      return !isButtonPressed && isCharged(pad);
    case WIRE_SUPPLY_WARNING:
      return !hasSupplyFailed && pad->hasPullUp;
    case WIRE_INPUT:
      return inputLevel(pad, wire);
    default:
      return pad->isOutput ? (int)pad->latch : 0;
  }
}

int padRead(int gpio) {
  const struct pad *pad = padAt(gpio);
  if (pad->isChangedInVain) fault("GPIO %d is held: what was set does not reach it", gpio);
  if (pad->isPulledDown) fault("GPIO %d is read while its pull-down is on", gpio);
  padRefuseUsb(gpio);
  return pad->isInput ? padLevel(gpio) : 0;
}

void padRefuseUsb(int gpio) {
  if (padAt(gpio)->isUsb) fault("GPIO %d is a pin of the USB port, which has not been told to let go of it", gpio);
}

void padsInterruptAt(int gpio) {
  struct pad *pad = padAt(gpio);
  if (pad->interrupt == NULL || !pad->isInterruptEnabled || pad->interruptType != GPIO_INTR_ANYEDGE) return;
  pad->isInterruptHeldOff = flashIsBusy();
  if (!pad->isInterruptHeldOff) pad->interrupt(pad->interruptArgument);
}

void padsServe(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if (pads[gpio].isInterruptHeldOff) padsInterruptAt(gpio);
}

void padsInterrupt(double handle) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if (handle != 0 && pads[gpio].handle == handle) padsInterruptAt(gpio);
}

int padsWake(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    const gpio_int_type_t level = pads[gpio].wakeLevel;
    if (level != GPIO_INTR_DISABLE && padLevel(gpio) == (level == GPIO_INTR_HIGH_LEVEL)) return 1;
  }
  return 0;
}

int padsWatchContacts(void) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++) {
    const enum wireKind kind = wireAt(gpio)->kind;
    const int isContact = kind == WIRE_CONTACT_A || kind == WIRE_CONTACT_B;
    if (isContact && pads[gpio].wakeLevel != GPIO_INTR_DISABLE) return 1;
  }
  return 0;
}
