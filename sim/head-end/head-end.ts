import type { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import { type CoapRequest, type CoapResponse, CoapServer, type ReplySender } from "./coap-server.js";
import type { HeadEndFaultKind, HeadEndFault } from "./fault.js";
import { Readings } from "./readings.js";
import { type RegistrationError, Registrations } from "./registrations.js";
import { readReport, type ReportContent } from "./report.js";
import { decodeSenml } from "./senml.js";

export interface HeadEndOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Length of the meters' intervals. */
  readonly expectedPeriodSeconds: number;
  /** UTC at virtual time 0, in seconds since 1970; default 0. */
  readonly startEpochSeconds?: number;
  /** Share of requests whose response comes apart from the acknowledgement, 0 to 1; default 0.05. */
  readonly separateResponseProbability?: number;
}

/** An accepted report. */
export interface Report extends ReportContent {
  readonly endpoint: string;
  readonly from: string;
  readonly receivedEpochSeconds: number;
  /** Everything known of the device, with this report taken in. */
  readonly device: Readings;
}

const post = "0.02";
const deletion = "0.04";
const senmlCbor = 112;
/** A diagnostic repeats parts of the request: it has to stay well below one datagram. */
const diagnosticLength = 60;

/**
 * The utility's end of the line: an LwM2M 1.1 server over CoAP that takes registrations and Sends, keeps the
 * readings, and notes down whatever a correct meter would not do.
 */
export class HeadEnd {
  /** Called after each report was taken in. */
  onReport: ((report: Report) => void) | undefined;
  /** Called as each fault is noted. */
  onFault: ((fault: HeadEndFault) => void) | undefined;
  #options: HeadEndOptions;
  #server: CoapServer;
  #registrations: Registrations;
  #devices = new Map<string, Readings>();
  #faults: string[] = [];
  #isSilent = false;

  /** @throws {RangeError} when the period is not a whole number of at least 1 s. */
  constructor(options: HeadEndOptions) {
    const { scheduler, random, expectedPeriodSeconds } = options;
    if (!Number.isSafeInteger(expectedPeriodSeconds) || expectedPeriodSeconds < 1)
      throw new RangeError(
        `expectedPeriodSeconds ${expectedPeriodSeconds} must be a whole number of at least 1`,
      );
    this.#options = options;
    this.#registrations = new Registrations(scheduler, random.fork("registrations"));
    this.#server = new CoapServer({
      scheduler,
      random: random.fork("coap"),
      separateResponseProbability: options.separateResponseProbability ?? 0.05,
      onRequest: (request) => this.#answer(request),
      onFault: (from, text) => {
        this.#recordFault(from, "protocol", text);
      },
    });
  }

  /**
   * Takes a datagram as the network delivers it; a malformed one is counted and recorded, never thrown.
   * @param from the sender's address as the network shows it
   * @param reply sends a datagram back to the sender, now or later
   */
  receive(datagram: Uint8Array, from: string, reply: ReplySender): void {
    if (!this.#isSilent) this.#server.receive(datagram, from, reply);
  }

  /** The server is gone for good: it takes nothing more, and answers nothing. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  /** The server starts anew: registrations and exchanges are gone, the database of readings stays. */
  restart(): void {
    this.#server.restart();
    this.#registrations.clear();
  }

  /** A device that has registered at least once. */
  device(endpoint: string): Readings | undefined {
    return this.#devices.get(endpoint);
  }

  /** Every device that has registered at least once, in the order of their first registrations. */
  get devices(): readonly Readings[] {
    return [...this.#devices.values()];
  }

  /** Sends accepted, CoAP duplicates not counted. */
  get reports(): number {
    return this.#sum((device) => device.reports);
  }

  /** Intervals stored. */
  get intervals(): number {
    return this.#sum((device) => device.intervals.size);
  }

  /** Intervals that came again with the same values and were dropped. */
  get repeats(): number {
    return this.#sum((device) => device.repeats);
  }

  /** Intervals that overlap others in spite of de-duplication. */
  get duplicateIntervals(): number {
    return this.#sum((device) => device.duplicateIntervals);
  }

  /** Whole periods within the window that are without data, over all devices. */
  missingIntervals(fromEpochSeconds: number, toEpochSeconds: number): number {
    return this.#sum((device) => device.missingIntervals(fromEpochSeconds, toEpochSeconds));
  }

  /** What went against the protocols or contradicts itself, each with the endpoint or address it came from. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  get malformedDatagrams(): number {
    return this.#server.malformed;
  }

  /** CoAP requests that came again and were answered again without being processed. */
  get duplicateRequests(): number {
    return this.#server.duplicates;
  }

  get separateResponses(): number {
    return this.#server.separateResponses;
  }

  /** Separate responses that the client answered by a reset. */
  get resetResponses(): number {
    return this.#server.resets;
  }

  #answer(request: CoapRequest): CoapResponse {
    const [root, id, ...rest] = request.path;
    if (root === "rd" && rest.length === 0) {
      if (request.code === post)
        return id === undefined ? this.#register(request) : this.#update(id, request);
      if (request.code === deletion && id !== undefined) return this.#deregister(id);
      return this.#refuse(request, "4.05", `method ${request.code} on a registration`);
    }
    if (root === "dp" && id === undefined) {
      if (request.code === post) return this.#takeSend(request);
      return this.#refuse(request, "4.05", `method ${request.code} on the Send resource`);
    }
    return this.#refuse(request, "4.04", `no resource /${request.path.join("/")}`);
  }

  #register(request: CoapRequest): CoapResponse {
    const registered = this.#registrations.register(request);
    if (!registered.ok) return this.#refuse(request, codeFor(registered.code), registered.detail ?? "");
    const { endpoint, id } = registered.value;
    if (!this.#devices.has(endpoint)) this.#devices.set(endpoint, this.#newReadings(endpoint));
    return { code: "2.01", locationPath: ["rd", id] };
  }

  #update(id: string, request: CoapRequest): CoapResponse {
    const updated = this.#registrations.update(id, request);
    if (updated.ok) return { code: "2.04" };
    // An update can come too late by nobody's fault, after an expiry or a restart.
    if (updated.code === "unknown-registration") return { code: "4.04" };
    return this.#refuse(request, codeFor(updated.code), updated.detail ?? "");
  }

  #deregister(id: string): CoapResponse {
    return { code: this.#registrations.remove(id) ? "2.02" : "4.04" };
  }

  #takeSend(request: CoapRequest): CoapResponse {
    const registration = this.#registrations.at(request.from);
    if (!registration) return { code: "4.04" };
    const device = this.#devices.get(registration.endpoint);
    if (!device) throw new Error(`registration of ${registration.endpoint} without a device`);
    if (request.contentFormat !== senmlCbor)
      return this.#refuse(request, "4.15", `content format ${request.contentFormat ?? "missing"}`);
    const receivedEpochSeconds = this.#nowEpochSeconds;
    const records = decodeSenml(request.payload, Math.floor(receivedEpochSeconds));
    if (!records.ok) return this.#refuse(request, "4.00", records.detail ?? "");
    const report = readReport(records.value);
    if (!report.ok) return this.#refuse(request, "4.00", report.detail ?? "");
    for (const object of new Set(records.value.map(({ path }) => Number(path.split("/")[1])))) {
      if (!registration.objects.has(object))
        this.#recordFault(device.endpoint, "protocol", `object ${object} reported, but not registered`);
    }
    device.store(report.value, receivedEpochSeconds);
    const { endpoint } = device;
    this.onReport?.({ ...report.value, endpoint, from: request.from, receivedEpochSeconds, device });
    return { code: "2.04" };
  }

  /** Answers a request that a correct meter would not make. */
  #refuse(request: CoapRequest, code: string, detail: string): CoapResponse {
    const registration = this.#registrations.at(request.from);
    const source = registration?.endpoint ?? request.from;
    this.#recordFault(source, "protocol", `refused with ${code}: ${detail}`);
    return { code, diagnostic: detail.slice(0, diagnosticLength) };
  }

  #newReadings(endpoint: string): Readings {
    const { expectedPeriodSeconds } = this.#options;
    return new Readings({
      endpoint,
      expectedPeriodSeconds,
      onFault: (kind, text, dates) => {
        this.#recordFault(endpoint, kind, text, dates);
      },
    });
  }

  #recordFault(source: string, kind: HeadEndFaultKind, text: string, dates: readonly number[] = []): void {
    this.#faults.push(`${source}: ${text}`);
    this.onFault?.({ kind, source, text, dates });
  }

  #sum(count: (device: Readings) => number): number {
    let sum = 0;
    for (const device of this.#devices.values()) sum += count(device);
    return sum;
  }

  get #nowEpochSeconds(): number {
    return (this.#options.startEpochSeconds ?? 0) + this.#options.scheduler.nowMicroseconds / 1e6;
  }
}

function codeFor(error: RegistrationError): string {
  switch (error) {
    case "bad-request":
      return "4.00";
    case "unsupported-version":
      return "4.12";
    case "unknown-registration":
      return "4.04";
  }
}
