import { daySeconds } from "../../hal/base/time-units.js";
import { badBlockModes } from "../world/flash/bad-sectors.js";
import { Random } from "../kernel/random.js";
import type { Outage } from "../world/network/network-conditions.js";
import {
  type ChaosOptions,
  type ChaosFaultKind,
  faultKinds,
  type FaultOdds,
  type FaultSelection,
} from "./chaos-options.js";
import { drawMoment } from "./moments.js";
import type {
  FaultAction,
  FaultPlan,
  Moment,
  NestedCut,
  PlannedFault,
  ResetCause,
  ReverseEpisode,
} from "./planned-fault.js";
import { logUniform, uniform } from "./ranges.js";

const resetCauses: readonly ResetCause[] = Object.freeze(["brown-out", "watchdog", "software"]);
/** A cut of this length is over before anybody could have noticed it. */
const blinkSeconds = 0.05;
/** From here on a run is long enough to end in calm days. */
const shortestConvergingDays = 8;

/**
 * Draws what will happen to the meter of a seed. Nothing but the arguments decides; a shorter run begins with the
 * same faults, and leaving out a kind leaves the others as they were.
 */
export function planFaults(
  seed: number,
  days: number,
  options: ChaosOptions,
  selection: FaultSelection,
): FaultPlan {
  const random = new Random(`chaos ${seed}`);
  const faultsEndSeconds = (days >= shortestConvergingDays ? days - options.calmDays : days) * daySeconds;
  const draw = new PlanDraw(random, faultsEndSeconds, options);
  const counts = new Map<ChaosFaultKind, number>();
  const has = (kind: ChaosFaultKind): boolean => selection.has(kind);
  const faults = drawFaults(draw).filter(({ kind }) => has(kind));
  const outages = has("outages") ? draw.outages() : [];
  const reverseEpisodes = has("reverseFlow") ? draw.reverseEpisodes() : [];
  const datagrams = has("datagramFaults") ? draw.datagrams() : undefined;
  const drift = has("crystalDrift") ? draw.drift() : 0;
  const bounce = has("reedBounce") ? draw.bounce() : undefined;
  for (const kind of faultKinds) counts.set(kind, faults.filter((fault) => fault.kind === kind).length);
  counts.set("outages", outages.length);
  counts.set("reverseFlow", reverseEpisodes.length);
  counts.set("datagramFaults", datagrams ? 1 : 0);
  counts.set("crystalDrift", drift === 0 ? 0 : 1);
  counts.set("reedBounce", bounce === undefined ? 0 : 1);
  return {
    seed,
    days,
    faultsEndSeconds,
    persons: random.fork("persons").integer(options.persons.low, options.persons.high),
    faults: faults.sort((one, other) => one.atSeconds - other.atSeconds),
    outages,
    reverseEpisodes,
    datagrams,
    driftPartsPerMillion: drift,
    longestBounceMicroseconds: bounce,
    counts,
  };
}

function drawFaults(draw: PlanDraw): PlannedFault[] {
  return [
    ...draw.powerCuts(),
    ...draw.resets(),
    ...draw.flashFaults(),
    ...draw.modemFreezes(),
    ...draw.modemGarbage(),
    ...draw.simLosses(),
    ...draw.headEndRestarts(),
    ...draw.clockJumps(),
    ...draw.magnets(),
    ...draw.valveJams(),
  ];
}

/** The draws of one seed, each kind from its own stream. */
class PlanDraw {
  #random: Random;
  #endSeconds: number;
  #options: ChaosOptions;

  constructor(random: Random, endSeconds: number, options: ChaosOptions) {
    this.#random = random;
    this.#endSeconds = endSeconds;
    this.#options = options;
  }

  powerCuts(): PlannedFault[] {
    const { powerCuts: odds, reportSeconds } = this.#options;
    return this.#faults("powerCuts", odds, (random) => {
      const moment = drawMoment(random, odds, reportSeconds);
      const offSeconds = logUniform(random, odds.offSeconds);
      const isWarned = random.chance(odds.warningOdds);
      const warning = logUniform(random, odds.warningMilliseconds) / 1000;
      const nested: NestedCut[] = [];
      while (random.chance(odds.nestedOdds))
        nested.push({
          moment: drawMoment(
            random,
            { ...odds, flashOdds: odds.nestedFlashOdds, callOdds: 1 - odds.nestedFlashOdds },
            reportSeconds,
          ),
          offSeconds: logUniform(random, odds.offSeconds) % 60,
        });
      // A cut inside an operation comes without a warning: the application would have to be waiting to hear of it.
      const warningSeconds =
        isWarned && moment.when !== "flash" && moment.when !== "call" ? warning : undefined;
      return { kind: "powerCuts", what: "cut", moment, offSeconds, warningSeconds, nested };
    });
  }

  resets(): PlannedFault[] {
    const { resets: odds, reportSeconds } = this.#options;
    return this.#faults("resets", odds, (random) => ({
      kind: "resets",
      what: "reset",
      moment: drawMoment(random, odds, reportSeconds),
      cause: resetCauses[random.integer(0, resetCauses.length - 1)] ?? "watchdog",
    }));
  }

  flashFaults(): PlannedFault[] {
    const odds = this.#options.flashFaults;
    return this.#faults("flashFaults", odds, (random) => ({
      kind: "flashFaults",
      what: "bad-sector",
      partitionPick: random.next(),
      sectorPick: random.next(),
      mode: badBlockModes[random.integer(0, badBlockModes.length - 1)] ?? "program-error",
      isImmediate: random.chance(odds.immediateOdds),
    }));
  }

  modemFreezes(): PlannedFault[] {
    const odds = this.#options.modemFreezes;
    return this.#faults("modemFreezes", odds, (random) => ({
      kind: "modemFreezes",
      what: "freeze",
      moment: this.#reportMoment(random, odds.reportOdds),
    }));
  }

  modemGarbage(): PlannedFault[] {
    const odds = this.#options.modemGarbage;
    return this.#faults("modemGarbage", odds, (random) => {
      const bytes = new Uint8Array(random.integer(1, odds.mostBytes));
      random.fill(bytes);
      return { kind: "modemGarbage", what: "garbage", moment: this.#reportMoment(random, 1), bytes };
    });
  }

  simLosses(): PlannedFault[] {
    const odds = this.#options.simLosses;
    return this.#faults("simLosses", odds, (random) => ({
      kind: "simLosses",
      what: "sim",
      durationSeconds: logUniform(random, odds.durationSeconds),
    }));
  }

  headEndRestarts(): PlannedFault[] {
    const odds = this.#options.headEndRestarts;
    return this.#faults("headEndRestarts", odds, (random) => ({
      kind: "headEndRestarts",
      what: "head-end",
      moment: this.#reportMoment(random, odds.reportOdds),
    }));
  }

  clockJumps(): PlannedFault[] {
    const odds = this.#options.clockJumps;
    return this.#faults("clockJumps", odds, (random) => {
      const offset = Math.round(logUniform(random, odds.offsetSeconds)) * (random.chance(0.5) ? 1 : -1);
      const durationSeconds = logUniform(random, odds.durationSeconds);
      if (!random.chance(odds.clockLossOdds))
        return { kind: "clockJumps", what: "network-time", offsetSeconds: offset, durationSeconds };
      return {
        kind: "clockJumps",
        what: "cut",
        moment: { when: "now" },
        offSeconds: blinkSeconds,
        warningSeconds: undefined,
        nested: [],
      };
    });
  }

  magnets(): PlannedFault[] {
    const odds = this.#options.magnets;
    return this.#faults("magnets", odds, (random) => ({
      kind: "magnets",
      what: "magnet",
      durationSeconds: logUniform(random, odds.durationSeconds),
    }));
  }

  valveJams(): PlannedFault[] {
    const odds = this.#options.valveJams;
    return this.#faults("valveJams", odds, (random) => ({
      kind: "valveJams",
      what: "valve",
      angle: random.chance(odds.openOdds) ? 1 : random.next(),
      durationSeconds: logUniform(random, odds.durationSeconds),
    }));
  }

  outages(): Outage[] {
    const odds = this.#options.outages;
    return this.#times("outages", odds, (fromSeconds, random) => ({
      fromSeconds,
      toSeconds: Math.min(this.#endSeconds, fromSeconds + logUniform(random, odds.durationSeconds)),
    }));
  }

  reverseEpisodes(): ReverseEpisode[] {
    const odds = this.#options.reverseFlow;
    return this.#times("reverseFlow", odds, (atSeconds, random) => ({
      atSeconds,
      pulses: random.integer(odds.pulses.low, odds.pulses.high),
    }));
  }

  datagrams(): FaultPlan["datagrams"] {
    const odds = this.#options.datagramFaults;
    const random = this.#random.fork("datagramFaults");
    if (!random.chance(odds.seedOdds)) return undefined;
    return {
      uplinkLossOdds: uniform(random, odds.lossOdds),
      downlinkLossOdds: uniform(random, odds.lossOdds),
      duplicationOdds: uniform(random, odds.duplicationOdds),
      longestDelaySeconds: uniform(random, odds.longestDelaySeconds),
    };
  }

  drift(): number {
    const odds = this.#options.crystalDrift;
    const random = this.#random.fork("crystalDrift");
    if (!random.chance(odds.seedOdds)) return 0;
    return logUniform(random, odds.partsPerMillion) * (random.chance(0.5) ? 1 : -1);
  }

  bounce(): number | undefined {
    const odds = this.#options.reedBounce;
    const random = this.#random.fork("reedBounce");
    return random.chance(odds.seedOdds) ? Math.round(uniform(random, odds.longestMicroseconds)) : undefined;
  }

  /** In the middle of a report by these odds, else any moment. */
  #reportMoment(random: Random, odds: number): Moment {
    const delaySeconds = uniform(random, this.#options.reportSeconds);
    return random.chance(odds) ? { when: "report", delaySeconds } : { when: "now" };
  }

  #faults(kind: ChaosFaultKind, odds: FaultOdds, action: (random: Random) => FaultAction): PlannedFault[] {
    return this.#times(kind, odds, (atSeconds, random) => ({ ...action(random), atSeconds }));
  }

  /** A Poisson process; each event's details come from a stream of its own. */
  #times<Item>(
    kind: ChaosFaultKind,
    { seedOdds, perDay }: FaultOdds,
    item: (atSeconds: number, random: Random) => Item,
  ): Item[] {
    const random = this.#random.fork(kind);
    if (!random.chance(seedOdds)) return [];
    const meanSeconds = daySeconds / logUniform(random, perDay);
    const items: Item[] = [];
    let at = random.exponential(meanSeconds);
    for (; at < this.#endSeconds; at += random.exponential(meanSeconds))
      items.push(item(at, random.fork(String(items.length))));
    return items;
  }
}
