import type { Hardware } from "../../hal/hardware.js";
import type { Modem, ModemRemedy } from "../../drivers/nb-iot/modem.js";
import { CoapEndpoint } from "../wire/coap/endpoint.js";
import { narrowbandTransmission } from "../wire/coap/transmission.js";
import { Lwm2mClient } from "../wire/lwm2m/client.js";
import { ObjectServer } from "../wire/lwm2m/object-server.js";
import { type ContactOutcome, contactOutcome, delivered } from "../contracts/contact-outcome.js";
import type { Metering } from "../legal/metering.js";
import type { SliceSource } from "../legal/retained/slice.js";
import { type ReadMeter, readStatus } from "../readings/meter-status.js";
import type { ReadingSource } from "../readings/reading.js";
import type { ToldReadings } from "../readings/readings.js";
import type { Outbox } from "./outbox.js";
import type { CommunicationSettings } from "../settings/setting-table.js";
import { crcOfText } from "../settings/settings-memory.js";
import { RegistrationMemory } from "./registration-memory.js";
import { objectList, resourcesAt } from "./resources.js";
import { ModemChannel } from "./modem-channel.js";
import { adoptNetworkTime, type TimedMeter } from "../time/network-time.js";
import { pause } from "../time/pause.js";

/** What a contact has to know of the kind of meter. */
export interface ContactedProduct extends ToldReadings {
  readonly name: string;
  readonly headEndHost: string;
  readonly headEndPort: number;
}

/** What a contact asks of the meter, and tells it. */
export interface ContactingMeter extends TimedMeter, ReadMeter {
  readonly hardware: Pick<Hardware, "clock" | "crypto" | "power">;
  readonly metering: Metering;
  readonly retained: SliceSource;
  readonly settings: {
    readonly product: ContactedProduct;
    readonly metering: { readonly pulseWeightMillilitres: number };
    readonly communication: CommunicationSettings;
  };
  readonly serialNumber: string;
}

/** How much a contact may spend on a network, or a server, that does not answer. */
export interface ContactPatience {
  /** How long the modem may search for its network. */
  readonly attachMilliseconds: number;
  /** MAX_RETRANSMIT (RFC 7252, 4.8). */
  readonly maximumRetransmissions: number;
  readonly remedy: ModemRemedy;
}

/** The way to the head-end. */
interface Connection {
  readonly channel: ModemChannel;
  readonly endpoint: CoapEndpoint;
  readonly client: Lwm2mClient;
}

/** How an update ends that a server has answered, otherwise than by 2.04. */
const refusals: readonly string[] = Object.freeze(["not-registered", "refused", "bad-response", "reset"]);

/** Send requests that one session makes at most; what is left waits for the next contact. */
const mostReports = 60;

/**
 * One contact with the head-end, over a modem that whoever opened it retires: attach, network time, registration,
 * reports until all is acknowledged, and a moment in which the head-end may ask.
 */
export class Session {
  #meter: ContactingMeter;
  #modem: Modem;
  #outbox: Outbox;
  #lastContact: ContactOutcome;
  #patience: ContactPatience;
  /** So many seconds the head-end wants to be left alone; 0 when it did not say so. */
  waitSeconds = 0;

  /** @param lastContact how the contact before this one ended, for the head-end to know */
  constructor(
    meter: ContactingMeter,
    modem: Modem,
    outbox: Outbox,
    lastContact: ContactOutcome,
    patience: ContactPatience,
  ) {
    this.#patience = patience;
    this.#meter = meter;
    this.#modem = modem;
    this.#outbox = outbox;
    this.#lastContact = lastContact;
  }

  /** One stage after the other, so that each has let go of its memory when the next one needs its own. */
  async run(): Promise<ContactOutcome> {
    const modem = this.#modem;
    const started = await modem.start(this.#patience.remedy);
    if (!started.ok) return contactOutcome("start", started.code);
    const connection = await this.connect();
    if (typeof connection === "number") return connection;
    const { channel, endpoint, client } = connection;
    try {
      let outcome = await this.register(client);
      if (outcome === delivered) outcome = await this.deliver(client, channel);
      if (outcome === delivered) await this.awaitCommands();
      this.waitSeconds = client.waitSeconds;
      return outcome;
    } finally {
      endpoint.close();
      await channel.close();
    }
  }

  private async connect(): Promise<Connection | ContactOutcome> {
    const modem = this.#modem;
    const { hardware, settings } = this.#meter;
    const { product, communication } = settings;
    const attached = await modem.attach(this.#patience.attachMilliseconds);
    if (!attached.ok) return contactOutcome("attach", attached.code);
    await this.setTime();
    const opened = await modem.openSocket(product.headEndHost, product.headEndPort);
    if (!opened.ok) return contactOutcome("socket", opened.code);
    const channel = new ModemChannel(opened.value);
    const endpoint = new CoapEndpoint({
      channel,
      clock: hardware.clock,
      random: hardware.crypto,
      transmission: {
        ...narrowbandTransmission,
        ackTimeoutSeconds: communication.acknowledgementSeconds,
        maximumRetransmissions: this.#patience.maximumRetransmissions,
      },
      server: new ObjectServer({ read: (path) => resourcesAt(path, product, this.source()) }),
    });
    return { channel, endpoint, client: new Lwm2mClient(endpoint) };
  }

  /** What the meter tells now, written down before anybody is told of it. */
  private source(): ReadingSource {
    const { settings, serialNumber } = this.#meter;
    return {
      status: readStatus(this.#meter),
      serialNumber,
      productName: settings.product.name,
      pulseWeightMillilitres: settings.metering.pulseWeightMillilitres,
      lastContact: this.#lastContact,
    };
  }

  /** The moment in which the head-end may ask. */
  private awaitCommands(): Promise<void> {
    const { hardware, settings } = this.#meter;
    return pause(hardware.clock, settings.communication.commandWindowSeconds * 1000);
  }

  private async setTime(): Promise<void> {
    const time = await this.#modem.networkTime();
    if (time.ok && time.value !== undefined) adoptNetworkTime(this.#meter, time.value);
  }

  /** Updates the registration, or makes a new one; `delivered` when the head-end knows us now. */
  private async register(client: Lwm2mClient): Promise<ContactOutcome> {
    const { retained, settings, serialNumber, hardware } = this.#meter;
    const memory = new RegistrationMemory(retained);
    const lifetimeSeconds = settings.communication.registrationLifetimeSeconds;
    const { ticks } = hardware.clock;
    const until = ticks + lifetimeSeconds * 1000;
    const name = endpointName(serialNumber);
    const objects = objectList(settings.product);
    // An update tells the server nothing of either: a new name, or objects of a new firmware, are registered anew.
    const contentCrc = crcOfText(name + objects);
    if (memory.location !== "" && ticks < memory.untilTicks && memory.contentCrc === contentCrc) {
      const updated = await client.update(memory.location.split("/"));
      if (updated.ok) {
        memory.untilTicks = until;
        return delivered;
      }
      const isRefused = refusals.includes(updated.code);
      if (!isRefused || client.waitSeconds > 0) return contactOutcome("update", updated.code);
      // Servers say in many ways that they have lost it: with 4.04, 4.00, 4.05, a reset.
      memory.location = "";
    }
    const registered = await client.register({
      endpointName: name,
      lifetimeSeconds,
      objects,
    });
    if (!registered.ok) return contactOutcome("register", registered.code);
    memory.location = registered.value.join("/");
    memory.contentCrc = contentCrc;
    memory.untilTicks = until;
    return delivered;
  }

  private async deliver(client: Lwm2mClient, channel: ModemChannel): Promise<ContactOutcome> {
    const outbox = this.#outbox;
    const { commandWindowSeconds } = this.#meter.settings.communication;
    let outcome: ContactOutcome = delivered;
    for (let count = 0; count < mostReports; count++) {
      const report = outbox.next(this.source());
      const mayRelease = !report.isMore && commandWindowSeconds === 0;
      channel.release = mayRelease ? "after-reply" : "none";
      const sent = await client.send(report.payload);
      if (!sent.ok) return contactOutcome("send", sent.code);
      if (!outbox.acknowledge(report)) outcome = contactOutcome("send", "flash-failed");
      if (!report.isMore) return outcome;
    }
    return contactOutcome("send", "more-left");
  }
}

/** How the head-end names this meter (LwM2M 1.1 Core, 7.3.1). */
export function endpointName(serialNumber: string): string {
  return `urn:dev:ops:TALLY-${serialNumber}`;
}
