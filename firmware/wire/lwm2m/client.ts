import type { Outcome } from "../../../hal/outcome.js";
import { asciiBytes } from "../../../hal/base/text.js";
import type { CoapEndpoint, CoapRequest } from "../coap/endpoint.js";
import type { CoapFailure, CoapOutcome, CoapResponse } from "../coap/exchange.js";
import { optionInteger, optionTexts } from "../coap/options.js";
import { Code, ContentFormat, formatCode, OptionNumber } from "../coap/registry.js";

/**
 * Why the server did not do what was asked, beside the failures of CoAP.
 * - `not-registered`: the server does not know this registration (4.04): register anew.
 * - `refused`: any other answer; `detail` holds its code, for instance `4.03`.
 */
export type Lwm2mFailure = CoapFailure | "not-registered" | "refused";

/** RFC 7252, 5.10.5. */
const defaultMaxAgeSeconds = 60;

export type Lwm2mOutcome<Value> = Outcome<Value, Lwm2mFailure>;

export interface Lwm2mRegistration {
  /** Names this meter to the server, for instance `urn:dev:ops:...`; ASCII. */
  readonly endpointName: string;
  /** The server forgets a registration that is not updated for this long. */
  readonly lifetimeSeconds: number;
  /** The objects offered, in CoRE link format (RFC 6690). */
  readonly objects: string;
}

/** Path of a registration at the server, as segments. */
export type RegistrationLocation = readonly string[];

/**
 * The device's side of LwM2M's registration interface (OMA LwM2M 1.1 Core, 6.2) and of Send, over UDP in queue
 * mode.
 */
export class Lwm2mClient {
  /** So many seconds the server wants to be left alone, as its last refusal said; 0 when it did not say so. */
  waitSeconds = 0;
  #endpoint: CoapEndpoint;

  constructor(endpoint: CoapEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Registers; the location names the registration from then on. */
  register(registration: Lwm2mRegistration): Promise<Lwm2mOutcome<RegistrationLocation>> {
    const answered = this.#endpoint.request({
      method: "post",
      path: ["rd"],
      query: [
        `ep=${registration.endpointName}`,
        `lt=${registration.lifetimeSeconds}`,
        "lwm2m=1.1",
        "b=U",
        "Q",
      ],
      contentFormat: ContentFormat.linkFormat,
      payload: asciiBytes(registration.objects),
    });
    return answered.then((outcome) => locationIn(this.noteWait(outcome)));
  }

  /** Keeps a registration alive, which also opens the server's window for its queued commands. */
  update(
    location: RegistrationLocation,
    changes: { readonly lifetimeSeconds?: number } = {},
  ): Promise<Lwm2mOutcome<undefined>> {
    const { lifetimeSeconds } = changes;
    const query = lifetimeSeconds === undefined ? [] : [`lt=${lifetimeSeconds}`];
    return this.change({ method: "post", path: location, query });
  }

  /** Reports values unasked: a SenML pack in CBOR. */
  send(payload: Uint8Array): Promise<Lwm2mOutcome<undefined>> {
    const contentFormat = ContentFormat.senmlCbor;
    return this.change({ method: "post", path: ["dp"], contentFormat, payload });
  }

  private change(request: CoapRequest): Promise<Lwm2mOutcome<undefined>> {
    return this.#endpoint.request(request).then((outcome) => changed(this.noteWait(outcome)));
  }

  /** 5.03 and 4.29 say with Max-Age when to try again (RFC 7252, 5.9.3.4; RFC 8516, 3), 60 s unless they do. */
  private noteWait(outcome: CoapOutcome): CoapOutcome {
    this.waitSeconds = 0;
    if (!outcome.ok) return outcome;
    const { code, options } = outcome.value;
    if (code === Code.serviceUnavailable || code === Code.tooManyRequests)
      this.waitSeconds = optionInteger(options, OptionNumber.maxAge) ?? defaultMaxAgeSeconds;
    return outcome;
  }
}

function locationIn(outcome: CoapOutcome): Lwm2mOutcome<RegistrationLocation> {
  if (!outcome.ok) return outcome;
  if (outcome.value.code !== Code.created) return refusal(outcome.value);
  const location = optionTexts(outcome.value.options, OptionNumber.locationPath);
  if (location.length === 0) return { ok: false, code: "bad-response", detail: "no location" };
  return { ok: true, value: location };
}

function changed(outcome: CoapOutcome): Lwm2mOutcome<undefined> {
  if (!outcome.ok) return outcome;
  if (outcome.value.code === Code.changed) return { ok: true, value: undefined };
  if (outcome.value.code === Code.notFound) return { ok: false, code: "not-registered" };
  return refusal(outcome.value);
}

function refusal(response: CoapResponse): { ok: false; code: "refused"; detail: string } {
  return { ok: false, code: "refused", detail: formatCode(response.code) };
}
