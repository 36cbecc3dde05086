import type { BoardWiring } from "../../board.js";

/** An ESP32-S3-WROOM-1: the ULP-RISC-V counts; a 32 kHz crystal keeps the time. */
export const board: BoardWiring = Object.freeze({
  sensor: "dual-reed",
  pulseInput: Object.freeze({ contactA: 4, contactB: 5, cableLoop: undefined, pullUp: "internal" }),
  power: Object.freeze({
    // Two equal resistors.
    battery: Object.freeze({ gpio: 1, multiplier: 2, divisor: 1, enable: undefined, settleMicroseconds: 0 }),
    supplyWarning: undefined,
    serviceButton: 6,
    sleep: "deep",
  }),
  modem: Object.freeze({
    serial: Object.freeze({ uart: 1, transmit: 17, receive: 18, direction: undefined }),
    powerKey: Object.freeze({ gpio: 8, isActiveLow: false }),
    reset: Object.freeze({ gpio: 9, isActiveLow: false }),
  }),
  service: Object.freeze({ uart: 0, transmit: 43, receive: 44, direction: undefined }),
  rails: Object.freeze([
    // Two equal resistors.
    Object.freeze({
      name: "logic",
      input: Object.freeze({ gpio: 7, attenuationDecibels: 12 }),
      multiplier: 2,
      divisor: 1,
    }),
  ]),
  valve: Object.freeze({
    openDrive: Object.freeze({ gpio: 10, isActiveLow: false }),
    closeDrive: Object.freeze({ gpio: 11, isActiveLow: false }),
    openLimit: Object.freeze({ gpio: 12, isActiveLow: true, pull: "up" }),
    closeLimit: Object.freeze({ gpio: 13, isActiveLow: true, pull: "up" }),
    // A shunt of 1 ohm.
    current: Object.freeze({ gpio: 2, attenuationDecibels: 0 }),
    senseMillivoltsPerMilliampere: 1,
  }),
  reserved: Object.freeze([
    Object.freeze({ gpio: 15, use: "32 kHz crystal" }),
    Object.freeze({ gpio: 16, use: "32 kHz crystal" }),
  ]),
});
