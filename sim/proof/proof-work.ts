import { VisitableMeter } from "../../firmware/local/visitable-meter.js";
import type { Meter } from "../../firmware/meter.js";
import { readStatus } from "../../firmware/readings/meter-status.js";
import { settingTable } from "../../firmware/settings/setting-table.js";
import { SettingsStore } from "../../firmware/settings/settings-store.js";
import { ContactMemory } from "../../firmware/duties/contact/contact-memory.js";
import { adoptNetworkTime } from "../../firmware/time/network-time.js";
import { DeliveryLog } from "../../firmware/uplink/delivery-log.js";
import { Outbox } from "../../firmware/uplink/outbox.js";
import { require } from "./invariant.js";
import type { MeterState } from "./meter-state.js";
import { provenSettings } from "./proven-settings.js";

/** What a report takes on the air: longer than the meter may leave what is due to be recorded. */
const reportMilliseconds = 12_000;
/** Changes of settings, each at a start of its own, in which the store's ring goes round. */
const changesUntilErased = 60;

/** What the proof's duty does in the middle of a run, with the firmware's own parts, and holds them to. */
export class ProofWork {
  readonly #state: MeterState;

  constructor(state: MeterState) {
    this.#state = state;
  }

  /** A contact with the head-end: the time is set, a report is sent and perhaps acknowledged. */
  contact(meter: Meter, pulses: number, isAcknowledged: boolean): void {
    const { ledger, story, board } = this.#state;
    const { metering, retained, settings } = meter;
    metering.checkpoint("before-radio");
    retained.save();
    adoptNetworkTime(meter, {
      epochMilliseconds: board.epochMilliseconds,
      otherMilliseconds: undefined,
    });
    this.#state.passPulses(pulses, 0);
    const delivery = this.openDelivery(meter);
    const { product } = settings;
    const outbox = new Outbox({ metering, delivery, product, memory: new ContactMemory(retained) });
    const report = outbox.next({
      // It is stored first: otherwise an acknowledged index could be lost with the battery.
      status: readStatus(meter),
      serialNumber: meter.serialNumber,
      productName: product.name,
      pulseWeightMillilitres: settings.metering.pulseWeightMillilitres,
      lastContact: 0,
    });
    board.waitAwake(reportMilliseconds);
    if (!isAcknowledged) return;
    const { forwardPulses, reversePulses } = report.source.status;
    const acknowledged = {
      intervalSequence: report.lastSequence,
      forward: forwardPulses,
      reverse: reversePulses,
    };
    ledger.pendingWatermarks.push(acknowledged);
    const isStored = outbox.acknowledge(report);
    story?.(`acknowledged up to interval ${report.lastSequence} at ${board.ticks} ms`);
    require(isStored || !this.#state.isFlashHealthy, "store-refused", () => "the watermark was refused");
    if (isStored) ledger.watermark = acknowledged;
    ledger.pendingWatermarks = [];
  }

  /** As many settings, moves of the valve and contacts, one after the other. */
  visit(meter: Meter, rounds: number): void {
    for (let round = 0; round < rounds; round++) {
      this.change(meter, settingTable.reportWindowStartSeconds.id, round);
      this.moveValve(meter, round % 2 === 0);
      this.contact(meter, 1, true);
    }
  }

  /** Changes a setting, as the service port does. */
  change(meter: Meter, id: number, value: number): void {
    const visited = new VisitableMeter(meter);
    this.#store(visited.store, id, value);
    this.#state.story?.(`setting ${id} is ${value} now`);
    meter.note("setting-changed", id);
    visited.refresh();
  }

  /** The journal's part in a move of the valve. */
  moveValve(meter: Meter, isOpen: boolean): void {
    meter.metering.recordValveStart();
    meter.metering.recordValveEnd(isOpen ? "open" : "closed");
    meter.note("valve-moved", isOpen ? 1 : 0);
  }

  openDelivery({ storage }: Meter): DeliveryLog {
    const delivery = new DeliveryLog(storage);
    const { intervalSequence, forwardPulses, reversePulses } = delivery.watermark;
    this.#state.ledger.seeWatermark({ intervalSequence, forward: forwardPulses, reverse: reversePulses });
    return delivery;
  }

  /**
   * In some runs in which a cut has reached their log as many changes follow as it takes for every sector to be erased:
   * none may take one along.
   */
  verifySettings(): void {
    this.#state.ledger.seeSettings(this.#searchSettings().overrides);
    const { tornPrograms, tornErases } = this.#state.board.partition("settings");
    if (!this.#state.wearsSettings || tornPrograms + tornErases === 0) return;
    for (let change = 0; change < changesUntilErased; change++)
      this.#store(this.#searchSettings(), settingTable.reportWindowStartSeconds.id, change);
    this.#state.ledger.seeSettings(this.#searchSettings().overrides);
  }

  /** As a start opens the store that knows nothing of its positions. */
  #searchSettings(): SettingsStore {
    const { board } = this.#state;
    return new SettingsStore({
      openPartition: (log) => board.partition(log),
      positions: () => undefined,
      mayEraseAhead: board.batteryMillivolts >= provenSettings.eraseAheadMillivolts,
      hasSlept: false,
    });
  }

  #store(store: SettingsStore, id: number, value: number): void {
    const { ledger, isFlashHealthy } = this.#state;
    ledger.seeSettings(store.overrides);
    ledger.pendingSettings.push({ id, value });
    const isStored = store.store(id, value);
    require(isStored || !isFlashHealthy, "store-refused", () => `setting ${id} was refused`);
    if (isStored) ledger.settings.set(id, value);
    ledger.pendingSettings = [];
  }
}
