/**
 * The module that runs inside XS: the application on one side, `boundaryCall` of the XS program on the other. The program
 * calls the default export with each event.
 */
import { main } from "../../../firmware/main.js";
import { startApplication } from "../../chip/hardware/application.js";
import type { ApplicationCall } from "../../chip/boundary/port.js";
import { simulatedBuild } from "../image/simulated-build.js";

declare const boundaryCall: ApplicationCall;

export default startApplication(boundaryCall, (hardware) => main(hardware, simulatedBuild));
