import type { Outcome } from "../../../hal/outcome.js";
import { asciiBytes } from "../../../hal/base/text.js";
import type { CoapEndpoint } from "../coap/endpoint.js";
import type { CoapFailure, CoapOutcome, CoapResponse } from "../coap/exchange.js";
import { optionTexts } from "../coap/options.js";
import { Code, ContentFormat, formatCode, OptionNumber } from "../coap/registry.js";

/**
 * Why the server did not do what was asked, beside the failures of CoAP.
 * - `not-registered`: the server does not know this registration (4.04): register anew.
 * - `refused`: any other answer; `detail` holds its code, for instance `4.03`.
 */
export type Lwm2mFailure = CoapFailure | "not-registered" | "refused";

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
    return answered.then(locationIn);
  }

  /** Keeps a registration alive, which also opens the server's window for its queued commands. */
  update(
    location: RegistrationLocation,
    changes: { readonly lifetimeSeconds?: number } = {},
  ): Promise<Lwm2mOutcome<undefined>> {
    const { lifetimeSeconds } = changes;
    const query = lifetimeSeconds === undefined ? [] : [`lt=${lifetimeSeconds}`];
    return this.#endpoint.request({ method: "post", path: location, query }).then(changed);
  }

  /** Reports values unasked: a SenML pack in CBOR. */
  send(payload: Uint8Array): Promise<Lwm2mOutcome<undefined>> {
    const contentFormat = ContentFormat.senmlCbor;
    return this.#endpoint.request({ method: "post", path: ["dp"], contentFormat, payload }).then(changed);
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
