import type { Outcome } from "../../hal/outcome.js";

/**
 * Reads the object list of a registration: RFC 6690 link format, such as
 * `</>;rt="oma.lwm2m";ct=112,</3/0>,</3424>;ver=1.1`.
 * @returns the ids of the objects listed, with or without instances.
 */
export function parseObjectLinks(payload: Uint8Array): Outcome<ReadonlySet<number>, "link-format"> {
  const text = Buffer.from(payload).toString();
  const link = /<([^<>]*)>(?:;[^",;=<>]+(?:=(?:"[^"]*"|[^",;<>]+))?)*(,|$)/y;
  const objects = new Set<number>();
  let separator = ",";
  while (separator === ",") {
    const match = link.exec(text);
    if (!match) return { ok: false, code: "link-format", detail: `no link format: ${text.slice(0, 60)}` };
    const object = /^\/(\d{1,5})(?:\/\d{1,5})?$/.exec(match[1] ?? "");
    if (object) objects.add(Number(object[1]));
    separator = match[2] ?? "";
  }
  if (objects.size === 0) return { ok: false, code: "link-format", detail: "no object listed" };
  return { ok: true, value: objects };
}
