/**
 * The module that runs inside XS: the application on one side, `hostCall` of the XS host on the other. The host
 * calls the default export with each event.
 */
import { main } from "../../../firmware/main.js";
import { startApplication } from "../../chip/boundary/application.js";
import type { ApplicationCall } from "../../chip/boundary/port.js";
import { simulatedBuild } from "../simulated-build.js";

declare const hostCall: ApplicationCall;

export default startApplication(hostCall, (hardware) => main(hardware, simulatedBuild));
