import type { AddCommands } from "../kit/add-commands.js";
import { addJigCommand } from "./jig-command.js";
import { runJig } from "./jig-run.js";
import { addReportCommand, runReport } from "./report-command.js";
import { addJigUnitCommand, runJigUnit } from "./unit-command.js";
import { addVerifyCommand, runVerify } from "./verify-command.js";

/** Adds `jig` and what belongs to it to the program. */
export const addJigCommands: AddCommands = (program, surroundings, setExitCode) => {
  const jig = addJigCommand(program, async (request) => {
    setExitCode(await runJig(request, surroundings));
  });
  const verify = addVerifyCommand(jig, (request) => {
    setExitCode(runVerify(request, surroundings));
  });
  const report = addReportCommand(jig, (request) => {
    setExitCode(runReport(request, surroundings, Date.now()));
  });
  const unit = addJigUnitCommand(jig, (request) => {
    setExitCode(runJigUnit(request, surroundings));
  });
  return [jig, report, verify, unit];
};
