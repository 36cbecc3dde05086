import { requireRange } from "../../../hal/base/ranges.js";
import type { Random } from "../../kernel/random.js";
import { DayRhythm } from "./day-rhythm.js";
import type { PartOfDayWeights } from "./end-uses.js";
import { addFlow, type FlowChange, MeteredFlow } from "./metered-flow.js";
import { OutsideTemperature } from "./outside-temperature.js";
import { poisson } from "./poisson.js";
import type { PulseSource } from "./pulse-source.js";

/**
 * The gas of a household, from published figures. No licensed series of a residential gas meter was found to compare
 * with: what a single home burns within a day may look otherwise; the sums over a year are held by tests.
 *
 * - Heating: degree days to the usual British base of 15.5 °C (CIBSE TM41); heated from 7 to 9 and 16 to 23 o'clock,
 *   on weekends from 7 to 23 o'clock (SAP 2012, table 9).
 * - Hot water: 40 L and 28 L a person and day, heated from 15 to 52 °C (Energy Saving Trust, "Measurement of domestic
 *   hot water consumption in dwellings", 2008).
 * - In all: the home loses as much heat as brings a household of two or three to the 12,000 kWh a year that Ofgem's
 *   Typical Domestic Consumption Values gave as medium from 2020 to 2023.
 * - Gas: 39.5 MJ/m3, corrected by 1.02264 (as British bills do).
 *
 * Burners, cycles, cooking and every spread are our own choice of something ordinary.
 */
const kilowattHoursPerCubicMetre = (39.5 * 1.02264) / 3.6;
const heatingBaseCelsius = 15.5;
/** Gas that the boiler burns for each kelvin below the base. */
const lossKilowattsPerKelvin = 0.19;
const boilerKilowatts = 24;
const boilerCycleSeconds = 360;
const hotWaterLitres = 40;
const hotWaterLitresPerPerson = 28;
/** 4.187 kJ/(L K) over 37 K, and an efficiency of 80 %. */
const hotWaterKilowattHoursPerLitre = (4.187 * 37) / 3600 / 0.8;
const drawsPerPerson = 7;
const hobKilowatts = 1.8;
const mealsPerDay = 1.6;
const mealSeconds = 1080;

const hour = 3_600_000;
const hotWaterWeights: PartOfDayWeights = { asleep: 0.03, gettingUp: 4, atHome: 1, goingToBed: 1.5 };
const mealWeights: PartOfDayWeights = { asleep: 0, gettingUp: 0.6, atHome: 1, goingToBed: 0.1 };

export interface GasHouseholdOptions {
  readonly random: Random;
  /** UTC, whole seconds; the household lives by UTC. */
  readonly startEpochSeconds: number;
  /** 1 to 50. */
  readonly persons: number;
  /** 10 unless given; from 0.001, in whole microlitres. */
  readonly litresPerPulse?: number;
  /** What the meter lets through at most (Qmax), in m3/h; 6 unless given, which is a G4's. */
  readonly overloadFlow?: number;
}

/**
 * The gas a household burns, without end: a boiler that heats the rooms by the weather, a water heater and a hob.
 * @throws {RangeError} when an option is out of range.
 */
export function createGasHousehold({
  random,
  startEpochSeconds,
  persons,
  litresPerPulse = 10,
  overloadFlow = 6,
}: GasHouseholdOptions): PulseSource {
  requireRange(persons, 1, 50, "persons");
  const outside = new OutsideTemperature(random);
  return new MeteredFlow({
    startEpochSeconds,
    litresPerPulse,
    overloadFlow,
    planDay: (midnight, changes) => {
      const date = new Date(startEpochSeconds * 1000 + midnight);
      const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
      planHeating(outside.celsiusOn(date), isWeekend, random, midnight, changes);
      for (let person = 0; person < persons; person++)
        planHotWater(new DayRhythm(random, isWeekend), persons, random, midnight, changes);
      planCooking(new DayRhythm(random, isWeekend), random, midnight, changes);
    },
  });
}

/** Spreads the day's heat over the hours of heating, in cycles of the burner. */
function planHeating(
  celsius: number,
  isWeekend: boolean,
  random: Random,
  midnight: number,
  changes: FlowChange[],
): void {
  const kilowattHours = Math.max(0, heatingBaseCelsius - celsius) * 24 * lossKilowattsPerKelvin;
  const burnSeconds = (kilowattHours / boilerKilowatts) * 3600;
  const periods = isWeekend ? [[7, 23] as const] : [[7, 9] as const, [16, 23] as const];
  const heatingHours = periods.reduce((sum, [from, to]) => sum + to - from, 0);
  for (const [from, to] of periods) {
    const share = (burnSeconds * (to - from)) / heatingHours;
    const cycles = Math.ceil(share / boilerCycleSeconds);
    const slot = ((to - from) * hour) / Math.max(1, cycles);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const duration = Math.min(slot, Math.round((share / cycles) * 1000));
      const start = midnight + from * hour + cycle * slot + random.next() * (slot - duration);
      addFlow(changes, Math.floor(start), duration, flowOf(boilerKilowatts));
    }
  }
}

/** One person's draws of hot water; the household's own share is divided among them. */
function planHotWater(
  rhythm: DayRhythm,
  persons: number,
  random: Random,
  midnight: number,
  changes: FlowChange[],
): void {
  const litres = hotWaterLitres / persons + hotWaterLitresPerPerson;
  const meanSeconds = ((litres * hotWaterKilowattHoursPerLitre) / boilerKilowatts / drawsPerPerson) * 3600;
  for (let draws = poisson(drawsPerPerson, random); draws > 0; draws--) {
    const duration = Math.round(random.exponential(meanSeconds) * 1000);
    const start = midnight + rhythm.timeOf(hotWaterWeights, random);
    addFlow(changes, start, duration, flowOf(boilerKilowatts));
  }
}

function planCooking(rhythm: DayRhythm, random: Random, midnight: number, changes: FlowChange[]): void {
  for (let meals = poisson(mealsPerDay, random); meals > 0; meals--) {
    const duration = Math.round(mealSeconds * random.uniform(0.3, 1.7) * 1000);
    addFlow(changes, midnight + rhythm.timeOf(mealWeights, random), duration, flowOf(hobKilowatts));
  }
}

/** The gas that a burner takes, in mL/s. */
function flowOf(kilowatts: number): number {
  return Math.round(((kilowatts / kilowattHoursPerCubicMetre) * 1e6) / 3600);
}

/** Kilowatt hours in so many cubic metres of gas. */
export function kilowattHoursOf(cubicMetres: number): number {
  return cubicMetres * kilowattHoursPerCubicMetre;
}
