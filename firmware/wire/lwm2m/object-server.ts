import { CborEncoder } from "../cbor/encoder.js";
import { asciiBytes } from "../../../hal/base/text.js";
import type { CoapReply } from "../coap/endpoint.js";
import type { CoapMessage } from "../coap/message.js";
import { optionInteger, optionTexts } from "../coap/options.js";
import { Code, ContentFormat, OptionNumber } from "../coap/registry.js";
import { type SenmlValue, writeSenmlRecord } from "./senml.js";

/** Object, object instance, resource and resource instance, from the left; 1 to 4 numbers. */
export type ObjectPath = readonly number[];

export interface ResourceReading {
  /** The resource's full path. */
  readonly path: ObjectPath;
  readonly value: SenmlValue;
}

export interface ObjectServerOptions {
  /**
   * The readable resources at `path` and below, undefined when nothing is there. A path of 3 or 4 numbers that
   * names one single value gives one reading of the same path.
   */
  read(path: ObjectPath): readonly ResourceReading[] | undefined;
  /** Longer answers are refused with 5.00, as there is no block-wise transfer. Default 400. */
  readonly maximumPayloadByteLength?: number;
}

const defaultMaximumPayloadByteLength = 400;

/** Answers the LwM2M server's Reads. Nothing can be written, created, deleted or executed here. */
export class ObjectServer {
  #options: ObjectServerOptions;

  constructor(options: ObjectServerOptions) {
    this.#options = options;
  }

  handle(request: CoapMessage): CoapReply {
    const path = parsePath(optionTexts(request.options, OptionNumber.uriPath));
    const readings = path && this.#options.read(path);
    if (path === undefined || readings === undefined || readings.length === 0) return { code: Code.notFound };
    if (request.code !== Code.get) return { code: Code.methodNotAllowed };

    const accept = optionInteger(request.options, OptionNumber.accept) ?? ContentFormat.senmlCbor;
    const payload = encodeReadings(path, readings, accept);
    if (payload === undefined) return { code: Code.notAcceptable };
    if (payload.length > (this.#options.maximumPayloadByteLength ?? defaultMaximumPayloadByteLength))
      return { code: Code.internalServerError };
    return { code: Code.content, contentFormat: accept, payload };
  }
}

function encodeReadings(
  path: ObjectPath,
  readings: readonly ResourceReading[],
  contentFormat: number,
): Uint8Array | undefined {
  if (contentFormat === ContentFormat.senmlCbor) return senmlPack(path, readings);
  const single = readings[0];
  if (contentFormat !== ContentFormat.plainText || single?.path.length !== path.length) return undefined;
  const text = plainText(single.value);
  return text === undefined ? undefined : asciiBytes(text);
}

/** The path that was asked for is the base name; the rest of each resource's path is its name. */
function senmlPack(path: ObjectPath, readings: readonly ResourceReading[]): Uint8Array {
  const requested = `/${path.join("/")}`;
  const encoder = new CborEncoder();
  encoder.array(readings.length);
  for (let index = 0; index < readings.length; index++) {
    const reading = readings[index] as ResourceReading;
    const name = reading.path.slice(path.length).join("/");
    const baseName = name === "" ? requested : `${requested}/`;
    writeSenmlRecord(encoder, {
      ...(index === 0 ? { baseName } : {}),
      ...(name === "" ? {} : { name }),
      value: reading.value,
    });
  }
  return encoder.finish();
}

/** A value as plain text; undefined for data, which we offer in SenML only. */
function plainText({ type, value }: SenmlValue): string | undefined {
  switch (type) {
    case "integer":
    case "float":
      return String(value);
    case "boolean":
      return value ? "1" : "0";
    case "string":
      return value;
    case "data":
      return undefined;
  }
}

/** Undefined unless the segments are 1 to 4 plain decimal numbers of at most 16 bits. */
function parsePath(segments: readonly string[]): ObjectPath | undefined {
  if (segments.length === 0 || segments.length > 4) return undefined;
  const path: number[] = [];
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as string;
    const number = Number(segment);
    if (!Number.isInteger(number) || number < 0 || number > 0xffff || String(number) !== segment)
      return undefined;
    path.push(number);
  }
  return path;
}
