import type { BoardWiring } from "../../board.js";

/** An ESP32-C6-WROOM-1: the LP core counts; a 32 kHz crystal keeps the time. */
export const board: BoardWiring = Object.freeze({
  sensor: "dual-reed",
  pulseInput: Object.freeze({ contactA: 2, contactB: 3, cableLoop: undefined, pullUp: "internal" }),
  power: Object.freeze({
    // Two equal resistors.
    battery: Object.freeze({ gpio: 6, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 }),
    supplyWarning: undefined,
    serviceButton: 7,
    sleep: "deep",
  }),
  modem: Object.freeze({
    serial: Object.freeze({ uart: 1, transmit: 18, receive: 19, direction: undefined }),
    powerKey: Object.freeze({ gpio: 20, isActiveLow: false }),
    reset: Object.freeze({ gpio: 21, isActiveLow: false }),
  }),
  service: Object.freeze({ uart: 0, transmit: 16, receive: 17, direction: undefined }),
  rails: Object.freeze([
    // Two equal resistors.
    Object.freeze({
      name: "logic",
      input: Object.freeze({ gpio: 5, attenuationDecibels: 12 }),
      multiplier: 2,
      divisor: 1,
    }),
  ]),
  valve: Object.freeze({
    openDrive: Object.freeze({ gpio: 22, isActiveLow: false }),
    closeDrive: Object.freeze({ gpio: 23, isActiveLow: false }),
    openLimit: Object.freeze({ gpio: 10, isActiveLow: true, pull: "up" }),
    closeLimit: Object.freeze({ gpio: 11, isActiveLow: true, pull: "up" }),
    // A shunt of 1 ohm.
    current: Object.freeze({ gpio: 4, attenuationDecibels: 0 }),
    senseMillivoltsPerMilliampere: 1,
  }),
  reserved: Object.freeze([
    Object.freeze({ gpio: 0, use: "32 kHz crystal" }),
    Object.freeze({ gpio: 1, use: "32 kHz crystal" }),
  ]),
});
