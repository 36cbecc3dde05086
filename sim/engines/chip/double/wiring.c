#include "wiring.h"

#include <stdio.h>
#include <string.h>

static struct wire wires[SOC_GPIO_PIN_COUNT];
static struct uartWires uarts[MOST_UARTS];
static int uartCount;
static esp_partition_t partitions[MOST_PARTITIONS];
static int partitionCount;
static int hasPullUps;

static const struct {
  const char *name;
  enum wireKind kind;
} kinds[] = {
    {"output", WIRE_OUTPUT},       {"input", WIRE_INPUT},          {"analog", WIRE_ANALOG},
    {"battery", WIRE_BATTERY},     {"contact-a", WIRE_CONTACT_A},  {"contact-b", WIRE_CONTACT_B},
    {"cable-loop", WIRE_CABLE_LOOP}, {"button", WIRE_BUTTON},      {"supply-warning", WIRE_SUPPLY_WARNING},
};

static enum wireKind kindOf(const char *name) {
  for (size_t index = 0; index < sizeof kinds / sizeof *kinds; index++)
    if (strcmp(kinds[index].name, name) == 0) return kinds[index].kind;
  return WIRE_NONE;
}

/* pin:GPIO:KIND:NAME:ACTIVE LOW:MULTIPLIER:DIVISOR */
static int takePin(const char *option) {
  int gpio;
  char kind[WIRE_NAME_BYTES];
  struct wire wire = {0};
  if (sscanf(option, "pin:%d:%31[^:]:%31[^:]:%u:%u:%u", &gpio, kind, wire.name, &wire.isActiveLow, &wire.multiplier,
             &wire.divisor) != 6)
    return 0;
  if (gpio < 0 || gpio >= SOC_GPIO_PIN_COUNT) return 0;
  wire.kind = kindOf(kind);
  wires[gpio] = wire;
  return 1;
}

/* uart:NAME:TRANSMIT:RECEIVE:DIRECTION */
static int takeUart(const char *option) {
  struct uartWires wired;
  if (uartCount == MOST_UARTS) return 0;
  if (sscanf(option, "uart:%31[^:]:%d:%d:%d", wired.name, &wired.transmit, &wired.receive, &wired.direction) != 4)
    return 0;
  uarts[uartCount++] = wired;
  return 1;
}

/* partition:LABEL:TYPE:SUBTYPE:OFFSET:SIZE:ENCRYPTED */
static int takePartition(const char *option) {
  int type, subtype, encrypted;
  esp_partition_t partition = {.erase_size = 4096};
  if (partitionCount == MOST_PARTITIONS) return 0;
  if (sscanf(option, "partition:%16[^:]:%d:%d:%u:%u:%d", partition.label, &type, &subtype, &partition.address,
             &partition.size, &encrypted) != 6)
    return 0;
  partition.type = (esp_partition_type_t)type;
  partition.subtype = (esp_partition_subtype_t)subtype;
  partition.encrypted = encrypted != 0;
  partitions[partitionCount++] = partition;
  return 1;
}

int wiringTake(const char *option) {
  if (strcmp(option, "pull-ups:external") == 0) return hasPullUps = 1;
  return takePin(option) || takeUart(option) || takePartition(option);
}

const struct wire *wireAt(int gpio) { return &wires[gpio]; }

int wirePin(enum wireKind kind) {
  for (int gpio = 0; gpio < SOC_GPIO_PIN_COUNT; gpio++)
    if (wires[gpio].kind == kind) return gpio;
  return -1;
}

int wiringHasPullUps(void) { return hasPullUps; }

const struct uartWires *wiringUart(int transmit, int receive) {
  for (int index = 0; index < uartCount; index++)
    if (uarts[index].transmit == transmit && uarts[index].receive == receive) return &uarts[index];
  return NULL;
}

const esp_partition_t *wiringPartitions(int *count) {
  *count = partitionCount;
  return partitions;
}
