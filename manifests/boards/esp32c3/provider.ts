import type { BoardWiring } from "../../board.js";

/**
 * An ESP32-C3-MINI-1: the wake stub counts. Its few pins leave room for one contact, so no sense of direction, and for
 * no crystal: the date drifts with the RC oscillator between two contacts with the network.
 *
 * The modem's power key and reset sit on strapping pins, whose pull-ups hold both released while the chip starts.
 */
export const board: BoardWiring = Object.freeze({
  sensor: "single-reed",
  pulseInput: Object.freeze({ contactA: 0, contactB: undefined, cableLoop: undefined, pullUp: "external" }),
  power: Object.freeze({
    // Two equal resistors.
    battery: Object.freeze({ gpio: 3, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 }),
    supplyWarning: undefined,
    serviceButton: 1,
    sleep: "deep",
  }),
  modem: Object.freeze({
    serial: Object.freeze({ uart: 1, transmit: 7, receive: 10, direction: undefined }),
    powerKey: Object.freeze({ gpio: 8, isActiveLow: true }),
    reset: Object.freeze({ gpio: 9, isActiveLow: true }),
  }),
  service: Object.freeze({ uart: 0, transmit: 21, receive: 20, direction: undefined }),
  rails: Object.freeze([]),
  valve: Object.freeze({
    openDrive: Object.freeze({ gpio: 5, isActiveLow: false }),
    closeDrive: Object.freeze({ gpio: 6, isActiveLow: false }),
    openLimit: Object.freeze({ gpio: 18, isActiveLow: true, pull: "up" }),
    closeLimit: Object.freeze({ gpio: 19, isActiveLow: true, pull: "up" }),
    // A shunt of 1 ohm.
    current: Object.freeze({ gpio: 4, attenuationDecibels: 0 }),
    senseMillivoltsPerMilliampere: 1,
  }),
  reserved: Object.freeze([]),
});
