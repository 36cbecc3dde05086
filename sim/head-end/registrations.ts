import type { Outcome } from "../../hal/outcome.js";
import type { Random } from "../kernel/random.js";
import type { Scheduler } from "../kernel/world.js";
import type { CoapRequest } from "./coap-server.js";
import { parseObjectLinks } from "./link-format.js";

export interface DeviceRegistration {
  readonly id: string;
  readonly endpoint: string;
  /** The address that the last registration or update came from. */
  readonly from: string;
  readonly lifetimeSeconds: number;
  /** Virtual time; infinite for a lifetime of 0 (LwM2M server object, resource 1). */
  readonly expiresAtMicroseconds: number;
  readonly queueMode: boolean;
  /** Ids of the objects that the device says it has. */
  readonly objects: ReadonlySet<number>;
}

export type RegistrationError = "bad-request" | "unsupported-version" | "unknown-registration";

/** LwM2M 1.1 core, section 6.2.1: the default of `lt`. */
const defaultLifetimeSeconds = 86_400;
const linkFormat = 40;

/** The registrations of an LwM2M 1.1 server: one for each endpoint, found by id or by the sender's address. */
export class Registrations {
  #scheduler: Scheduler;
  #random: Random;
  #byId = new Map<string, DeviceRegistration>();
  #idByEndpoint = new Map<string, string>();
  #idByAddress = new Map<string, string>();

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler;
    this.#random = random;
  }

  /** `POST /rd`. An earlier registration of the same endpoint is replaced. */
  register(request: CoapRequest): Outcome<DeviceRegistration, RegistrationError> {
    const parameters = readParameters(request.queries, ["ep", "lt", "lwm2m", "b", "Q", "sms"]);
    if (!parameters.ok) return parameters;
    const { endpoint, version } = parameters.value;
    if (!endpoint) return badRequest("no endpoint name");
    if (!version) return badRequest("no LwM2M version");
    if (version !== "1.1") return { ok: false, code: "unsupported-version", detail: `LwM2M ${version}` };
    const objects = readObjects(request);
    if (!objects.ok) return objects;
    this.remove(this.#idByEndpoint.get(endpoint) ?? "");
    const lifetimeSeconds = parameters.value.lifetimeSeconds ?? defaultLifetimeSeconds;
    const registration = {
      id: this.#freshId(),
      endpoint,
      from: request.from,
      lifetimeSeconds,
      expiresAtMicroseconds: this.#expiry(lifetimeSeconds),
      queueMode: parameters.value.queueMode,
      objects: objects.value,
    };
    this.#store(registration);
    return { ok: true, value: registration };
  }

  /** `POST /rd/<id>`: begins the lifetime anew, and takes the sender's new address. */
  update(id: string, request: CoapRequest): Outcome<DeviceRegistration, RegistrationError> {
    const known = this.#alive(id);
    if (!known) return { ok: false, code: "unknown-registration" };
    const parameters = readParameters(request.queries, ["lt", "b", "Q", "sms"]);
    if (!parameters.ok) return parameters;
    const objects = request.payload.length > 0 ? readObjects(request) : undefined;
    if (objects && !objects.ok) return objects;
    const lifetimeSeconds = parameters.value.lifetimeSeconds ?? known.lifetimeSeconds;
    this.remove(id);
    const registration = {
      ...known,
      from: request.from,
      lifetimeSeconds,
      expiresAtMicroseconds: this.#expiry(lifetimeSeconds),
      queueMode: parameters.value.queueMode || known.queueMode,
      objects: objects ? objects.value : known.objects,
    };
    this.#store(registration);
    return { ok: true, value: registration };
  }

  /** `DELETE /rd/<id>`. Returns false when there is no such registration. */
  remove(id: string): boolean {
    const known = this.#alive(id);
    if (!known) return false;
    this.#forget(known);
    return true;
  }

  /** The live registration whose device last registered or updated from this address. */
  at(from: string): DeviceRegistration | undefined {
    return this.#alive(this.#idByAddress.get(from) ?? "");
  }

  clear(): void {
    this.#byId.clear();
    this.#idByEndpoint.clear();
    this.#idByAddress.clear();
  }

  #store(registration: DeviceRegistration): void {
    this.#byId.set(registration.id, registration);
    this.#idByEndpoint.set(registration.endpoint, registration.id);
    this.#idByAddress.set(registration.from, registration.id);
  }

  #alive(id: string): DeviceRegistration | undefined {
    const registration = this.#byId.get(id);
    if (registration && registration.expiresAtMicroseconds <= this.#scheduler.nowMicroseconds) {
      this.#forget(registration);
      return undefined;
    }
    return registration;
  }

  #forget({ id, endpoint, from }: DeviceRegistration): void {
    this.#byId.delete(id);
    if (this.#idByEndpoint.get(endpoint) === id) this.#idByEndpoint.delete(endpoint);
    // The network may have given the address to another device meanwhile.
    if (this.#idByAddress.get(from) === id) this.#idByAddress.delete(from);
  }

  #expiry(lifetimeSeconds: number): number {
    return lifetimeSeconds === 0 ? Infinity : this.#scheduler.nowMicroseconds + lifetimeSeconds * 1e6;
  }

  /** Random rather than counted, so that an id from before a restart stays unknown. */
  #freshId(): string {
    for (;;) {
      const id = this.#random.uint32().toString(36);
      if (!this.#byId.has(id)) return id;
    }
  }
}

interface Parameters {
  readonly endpoint: string | undefined;
  readonly version: string | undefined;
  readonly lifetimeSeconds: number | undefined;
  readonly queueMode: boolean;
}

/** LwM2M 1.1 core, sections 6.2.1 and 6.2.2. */
function readParameters(
  queries: readonly string[],
  allowed: readonly string[],
): Outcome<Parameters, RegistrationError> {
  const values = new Map<string, string | undefined>();
  for (const query of queries) {
    const equals = query.indexOf("=");
    const name = equals < 0 ? query : query.slice(0, equals);
    if (!allowed.includes(name) || values.has(name)) return badRequest(`unexpected parameter ${query}`);
    values.set(name, equals < 0 ? undefined : query.slice(equals + 1));
  }
  const lifetime = values.get("lt");
  if (values.has("lt") && !/^\d{1,10}$/.test(lifetime ?? "")) return badRequest("lifetime is not a number");
  // Version 1.1 moved the queue mode out of the binding (`UQ`) into the parameter `Q`.
  if (values.has("b") && !/^[UTSN]+$/.test(values.get("b") ?? "")) return badRequest("unknown binding");
  if (values.get("Q") !== undefined) return badRequest("parameter Q takes no value");
  return {
    ok: true,
    value: {
      endpoint: values.get("ep"),
      version: values.get("lwm2m"),
      lifetimeSeconds: lifetime === undefined ? undefined : Number(lifetime),
      queueMode: values.has("Q"),
    },
  };
}

function readObjects(request: CoapRequest): Outcome<ReadonlySet<number>, RegistrationError> {
  if (request.contentFormat !== linkFormat) return badRequest("the object list is not in link format");
  const objects = parseObjectLinks(request.payload);
  return objects.ok ? objects : badRequest(objects.detail ?? "");
}

function badRequest(detail: string): { ok: false; code: RegistrationError; detail: string } {
  return { ok: false, code: "bad-request", detail };
}
