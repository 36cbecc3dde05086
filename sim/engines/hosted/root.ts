/**
 * The module that runs inside XS: the application on one side, `hostCall` of the XS host on the other. The host
 * calls the default export with each event.
 */
import { main } from "../../../firmware/main.js";
import { startApplication } from "../../boundary/application.js";
import type { PortCall } from "../../boundary/port.js";

declare const hostCall: PortCall;

export default startApplication(hostCall, main);
