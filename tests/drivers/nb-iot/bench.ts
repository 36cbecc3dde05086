import { Bc660kGl } from "../../../drivers/nb-iot/bc660k-gl/bc660k-gl.js";
import { ScriptedModem } from "./scripted-modem.js";
import { VirtualClock } from "../../virtual-clock.js";

export interface Bench {
  readonly clock: VirtualClock;
  readonly modem: ScriptedModem;
  readonly driver: Bc660kGl;
}

/** A driver on a modem that is configured already, registered, and willing. */
export function createBench(): Bench {
  const clock = new VirtualClock();
  const modem = new ScriptedModem(clock);
  modem
    .on("ATE0", "OK")
    .on("AT+QSCLK=0", "OK")
    .on("AT+QSCLK=1", "OK")
    .on("AT+CMEE?", "+CMEE: 1", "OK")
    .on("AT+QCGDEFCONT?", '+QCGDEFCONT: "IP","meters.example"', "OK")
    .on("AT+CPSMS?", '+CPSMS: 1,,,"00111000","00001111"', "OK")
    .on("AT+CEREG?", '+CEREG: 5,1,"1A2B","01C3D4E5",9,,,"00000101","00111000"', "OK")
    .on("AT+CSCON?", "+CSCON: 1,0", "OK")
    .on("AT+QNBIOTEVENT?", "+QNBIOTEVENT: 1,1", "OK")
    .on("AT+CTZR?", "+CTZR: 3", "OK")
    .on('AT+QCFG="wakeupRXD"', '+QCFG: "wakeupRXD",1', "OK")
    .on('AT+QICFG="dataformat"', '+QICFG: "dataformat",1,1', "OK")
    .on('AT+QICFG="showlength"', '+QICFG: "showlength",1', "OK")
    .on('AT+QICFG="viewmode"', '+QICFG: "viewmode",0', "OK")
    .on("AT+CFUN?", "+CFUN: 1", "OK")
    .on("AT+CPIN?", "+CPIN: READY", "OK")
    .on("AT+CGATT?", "+CGATT: 1", "OK")
    .on("AT+QICLOSE=0", "OK", "CLOSE OK")
    .on("AT+QIRD=0,512", "+QIRD: 0", "OK");
  const driver = new Bc660kGl({
    connection: modem.connection,
    clock,
    apn: "meters.example",
    powerSaving: { periodicUpdateSeconds: 86_400, activeSeconds: 30 },
  });
  return { clock, modem, driver };
}
