import type { BoardWiring } from "../../board.js";

/**
 * An ESP32-WROOM-32E: the wake stub counts; a 32 kHz crystal keeps the time. The two wake-up units serve the contact
 * and the service button, so there is one contact only, and no sense of direction.
 */
export const board: BoardWiring = Object.freeze({
  sensor: "single-reed",
  pulseInput: Object.freeze({ contactA: 25, contactB: undefined, cableLoop: undefined, pullUp: "external" }),
  power: Object.freeze({
    // Two equal resistors.
    battery: Object.freeze({ gpio: 34, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 }),
    supplyWarning: undefined,
    serviceButton: 26,
    sleep: "deep",
  }),
  modem: Object.freeze({
    serial: Object.freeze({ uart: 1, transmit: 17, receive: 16, direction: undefined }),
    powerKey: Object.freeze({ gpio: 18, isActiveLow: false }),
    reset: Object.freeze({ gpio: 19, isActiveLow: false }),
  }),
  service: Object.freeze({ uart: 0, transmit: 1, receive: 3, direction: undefined }),
  rails: Object.freeze([
    // Two equal resistors.
    Object.freeze({
      name: "logic",
      input: Object.freeze({ gpio: 39, attenuationDecibels: 12 }),
      multiplier: 2,
      divisor: 1,
    }),
  ]),
  valve: Object.freeze({
    openDrive: Object.freeze({ gpio: 21, isActiveLow: false }),
    closeDrive: Object.freeze({ gpio: 22, isActiveLow: false }),
    openLimit: Object.freeze({ gpio: 23, isActiveLow: true, pull: "up" }),
    closeLimit: Object.freeze({ gpio: 27, isActiveLow: true, pull: "up" }),
    // A shunt of 1 ohm.
    current: Object.freeze({ gpio: 35, attenuationDecibels: 0 }),
    senseMillivoltsPerMilliampere: 1,
  }),
  reserved: Object.freeze([
    Object.freeze({ gpio: 32, use: "32 kHz crystal" }),
    Object.freeze({ gpio: 33, use: "32 kHz crystal" }),
  ]),
});
