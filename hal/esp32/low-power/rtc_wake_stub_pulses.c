#include "rtc_wake_stub_pulses.h"

#include "sdkconfig.h"

/* A failed assertion or a message in the log would jump into flash. */
#undef CONFIG_HAL_DEFAULT_ASSERTION_LEVEL
#define CONFIG_HAL_DEFAULT_ASSERTION_LEVEL 0
#define LOG_LOCAL_LEVEL 0

#include "esp_rom_sys.h"
#include "esp_sleep.h"
#include "esp_wake_stub.h"
#include "hal/gpio_ll.h"
#include "hal/rtc_cntl_ll.h"
#include "hal/rtc_timer_ll.h"
#include "pulse-engine.h"
#include "soc/soc_caps.h"

#if SOC_RTCIO_PIN_COUNT > 0
#include "hal/rtc_io_ll.h"
#endif

/* Compiled here, so that it lies in RTC memory too. */
#include "../../core/pulse-decoder.c"

#define SETTLING_POLLS 40

struct wakeStub wakeStub;

int wakeStubIsLow(int32_t pin) {
  if (pin == NO_PIN) return 0;
#if SOC_RTCIO_PIN_COUNT > 0
  return rtcio_ll_get_level(pin) == 0;
#else
  return gpio_ll_get_level(&GPIO, pin) == 0;
#endif
}

uint32_t wakeStubContacts(void) {
  uint32_t contacts = 0;
  if (wakeStubIsLow(wakeStub.contactA)) contacts |= PULSE_CONTACT_A;
  if (wakeStubIsLow(wakeStub.contactB)) contacts |= PULSE_CONTACT_B;
  if (wakeStub.cableLoop != NO_PIN && !wakeStubIsLow(wakeStub.cableLoop)) contacts |= PULSE_LOOP_OPEN;
  return contacts;
}

static void notePoll(uint32_t contacts) {
  const uint64_t cycle = rtc_timer_ll_get_cycle_count(0);
  wakeStub.retained->contacts = contacts;
  wakeStub.retained->pollCycle[0] = (uint32_t)cycle;
  wakeStub.retained->pollCycle[1] = (uint32_t)(cycle >> 32);
}

void wakeStubPoll(void *unused) {
  (void)unused;
  const uint32_t contacts = wakeStubContacts();
  pulseDecoderPoll(&wakeStub.retained->decoder, contacts);
  notePoll(contacts);
}

void wakeStubCatchUp(void) {
  struct retained *retained = wakeStub.retained;
  const uint64_t last = (uint64_t)retained->pollCycle[1] << 32 | retained->pollCycle[0];
  const uint64_t now = rtc_timer_ll_get_cycle_count(0);
  /* A reset may begin the counter anew and leave the memory alone. */
  const uint64_t passed = now < last ? now : now - last;
  /* Cut to 32 bits, more than seven hours: by then everything that standing still can bring about has come. */
  const uint32_t cycles = passed > UINT32_MAX ? UINT32_MAX : (uint32_t)passed;
  pulseDecoderAdvance(&retained->decoder, retained->contacts, cycles / wakeStub.cyclesPerPoll);
  notePoll(retained->contacts);
}

void wakeStubSettle(void) {
  const struct pulseDecoder *decoder = &wakeStub.retained->decoder;
  for (int polls = 0; polls < SETTLING_POLLS; polls++) {
    wakeStubPoll(NULL);
    if (wakeStub.retained->contacts == decoder->contacts) return;
    esp_rom_delay_us(PULSE_POLL_MICROSECONDS);
  }
}

enum wakeReason wakeStubReason(void) {
  if (wakeStub.hasMark && pulseDecoderHasReached(&wakeStub.retained->decoder, wakeStub.mark)) return WAKE_PULSES;
  if (wakeStubIsLow(wakeStub.serviceButton)) return WAKE_SERVICE;
  if (rtc_timer_ll_get_cycle_count(0) >= wakeStub.untilCycle) return WAKE_TIMER;
  return WAKE_OTHER;
}

/* On an ESP32-C3 deep sleep resets the registers of the pins, while it holds the pins themselves (sleep_modes.c). */
static void openPin(int32_t pin) {
#if SOC_RTCIO_PIN_COUNT > 0
  (void)pin;
#else
  if (pin != NO_PIN) gpio_ll_input_enable(&GPIO, (uint32_t)pin);
#endif
}

/*
 * Wake-ups are by level, so each contact waits for the level that it has not got; a contact that has changed since it
 * was read wakes the chip at once.
 */
#if SOC_RTCIO_PIN_COUNT > 0
/* EXT0 takes one pin of either level; EXT1, all low or any high, is the same for one pin (esp_sleep.h). */
static void armContacts(uint32_t contacts) {
  if (wakeStub.contactA != NO_PIN)
    rtcio_ll_ext0_set_wakeup_pin(wakeStub.contactA, (contacts & PULSE_CONTACT_A) != 0);
  rtc_cntl_ll_ext1_clear_wakeup_status();
  if (wakeStub.contactB == NO_PIN) return;
  const uint32_t pin = 1u << wakeStub.contactB;
  rtc_cntl_ll_ext1_set_wakeup_pins(pin, (contacts & PULSE_CONTACT_B) != 0 ? pin : 0);
}
#else
static void armContact(int32_t pin, int isClosed) {
  if (pin == NO_PIN) return;
  gpio_ll_wakeup_enable_on_hp_periph_powerdown_sleep(&GPIO, (uint32_t)pin,
                                                     isClosed ? GPIO_INTR_HIGH_LEVEL : GPIO_INTR_LOW_LEVEL);
}

static void armContacts(uint32_t contacts) {
  armContact(wakeStub.contactA, (contacts & PULSE_CONTACT_A) != 0);
  armContact(wakeStub.contactB, (contacts & PULSE_CONTACT_B) != 0);
  rtc_cntl_ll_gpio_clear_wakeup_status();
}
#endif

void wakeStubRun(void) {
  esp_default_wake_deep_sleep();
  openPin(wakeStub.contactA);
  openPin(wakeStub.contactB);
  openPin(wakeStub.cableLoop);
  openPin(wakeStub.serviceButton);
  wakeStubCatchUp();
  wakeStubSettle();
  const enum wakeReason reason = wakeStubReason();
  if (reason != WAKE_OTHER) {
    wakeStub.retained->wakeReason = reason;
    return;
  }
  armContacts(wakeStub.retained->contacts);
  rtc_timer_ll_set_wakeup_time(0, wakeStub.untilCycle);
  esp_wake_stub_sleep(wakeStubRun);
}
