import { describe, expect, it } from "@jest/globals";
import { diagnosticsIn, firstErrorIn } from "../../../command/image/diagnostics.js";

describe("a diagnostic", () => {
  it.each([
    "### warning: firmware/settings/setting-table: settingTable: not frozen",
    "### error: main: generator",
    "/tally/firmware/meter.ts(12,3): error TS2322: Type 'string' is not assignable to type 'number'.",
    "/tally/modules/a.js:3: warning: a variable is not used",
    "### Error: $IDF_PATH not set.",
    "# typescript compile failure",
    "Terminated",
    "make: *** No rule to make target 'mc.xs.c'.  Stop.",
  ])("is %s", (line) => {
    expect(diagnosticsIn([line])).toEqual([line]);
  });

  it.each([
    "# xsc firmware/failures/failure-log.xsb",
    "# xsc error.xsb",
    "### 3077 instances, 2392 keys, 152 colors, 0 holes",
    "make: *** [makefile:620: drivers/a.xsb] Error 1",
    "fatal: not a git repository (or any of the parent directories): .git",
    "",
  ])("is not %j", (line) => {
    expect(diagnosticsIn([line])).toEqual([]);
  });

  it("is told once", () => {
    expect(diagnosticsIn(["### warning: a", "### warning: a"])).toEqual(["### warning: a"]);
  });
});

describe("the cause of a failed build", () => {
  it("is the first error that a compiler tells, not a warning before it", () => {
    const lines = [
      "main.c:1:2: warning: unused",
      "FAILED: CMakeFiles/retained.c.obj",
      "retained.c:9:10: fatal error: hal/rtc_timer_ll.h: No such file or directory",
      "make: *** [makefile:9: build] Error 1",
    ];
    expect(firstErrorIn(lines)).toBe(lines[2]);
  });

  it("is what failed, where no compiler has told anything", () => {
    expect(firstErrorIn(["# cc a.c", "idf.py: command not found"])).toBe("idf.py: command not found");
  });

  it("is not known where nothing was told", () => {
    expect(firstErrorIn(["# cc a.c", "make: *** [makefile:9: build] Error 1"])).toBeUndefined();
  });
});
