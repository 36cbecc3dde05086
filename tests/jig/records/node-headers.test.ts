import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";

import { headerSettings } from "../../../jig/records/node-headers.js";

const before = `class ObjectWrap {
 public:
  ObjectWrap() {
    refs_ = 0;
  }
  virtual ~ObjectWrap() {
    if (persistent().IsEmpty())
      return;
  }
`;
const since = before
  .replace("refs_ = 0;\n", "refs_ = 0;\n    AddCleanupHook();\n")
  .replace("~ObjectWrap() {\n", "~ObjectWrap() {\n    RemoveCleanupHook();\n");

describe("what npm is told of Node's headers", () => {
  let prefix: string;
  beforeEach(() => {
    prefix = mkdtempSync(join(tmpdir(), "tally-headers-"));
  });
  afterEach(() => {
    rmSync(prefix, { recursive: true });
  });

  /** With a header of this text in an installation of Node. */
  function settings(text: string, environment: NodeJS.ProcessEnv = {}): Record<string, string> {
    mkdirSync(join(prefix, "include", "node"), { recursive: true });
    writeFileSync(join(prefix, "include", "node", "node_object_wrap.h"), text);
    return headerSettings(prefix, join(prefix, "changed"), environment);
  }

  it("is nothing where Node came without: npm finds them itself", () => {
    expect(headerSettings(prefix, prefix, {})).toEqual({});
  });

  it("is where they are", () => {
    expect(settings(before)).toEqual({ npm_config_nodedir: prefix });
  });

  it("leaves out the hooks that make Node 24 abort", () => {
    expect(since).not.toBe(before);
    const { CXXFLAGS = "", ...others } = settings(since, { CXXFLAGS: "-g" });
    expect(others).toEqual({ npm_config_nodedir: prefix });
    const [, path = ""] = /^-g -include '(.*)'$/.exec(CXXFLAGS) ?? [];
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
