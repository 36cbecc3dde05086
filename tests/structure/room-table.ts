import { type Room, parseRooms } from "./rooms.js";

/**
 * The house: each room with what its files may import beside each other, from the ground floor up. A room is a folder
 * with all below it that has no line of its own; a line with the name of a file is a room of that file alone, and `*`
 * stands for each folder, which are rooms apart. A room may import only what stands above its line here.
 *
 * - From `hal` come types only, whoever imports them: interfaces have nothing to run.
 * - `firmware/legal` is reached through `metering.ts`. Other logs are rings of its kind and keep their words in slices
 *   of its kind, by the files that are named here one by one; the simulator's witnesses read others, as a verification
 *   authority would.
 * - A contact with the head-end is a duty that runs an uplink session, so `uplink` stands below `duties`.
 */
export const roomText = `
hal/base | bytes, CRC, calendar, ranges and invariants that every layer uses
  < nothing
hal | the interfaces of the hardware: what a firmware may ask of a chip; no code
  < nothing
hal/core | the pulse decoder and byte routines in C, the same on every chip, in every core and in the simulator
  < nothing
hal/esp32 | the ESP32 family behind those interfaces: bindings in .js with .d.ts, natives in .c, and what manifests say of the chips
  < hal, hal/base, hal/core

drivers/pulse-counter | the pulse input as counts of pulses
  < hal, hal/base
drivers/valve-actuator | motor, limit switches and stall of a valve
  < hal, hal/base
drivers/nb-iot/modem.ts | what the firmware asks of any modem
  < hal
drivers/nb-iot/at | what modems that speak AT commands have in common: lines, chat, registration
  < hal, hal/base, drivers/nb-iot/modem.ts
drivers/nb-iot/* | one modem each
  < hal, hal/base, drivers/nb-iot/{modem.ts,at}

firmware/contracts | what crosses to other programs: commands, parameters and lines of the service port, outcomes of contacts
  < hal/base
firmware/legal/rings | records, and the rings of flash that hold them
  < hal, hal/base
firmware/legal/retained | slices of retained memory, and the register's own
  < hal, hal/base
firmware/legal | what the register depends on: register, journal, recovery, hourly, daily and billing values
  < hal, hal/base, drivers/pulse-counter, firmware/legal/{rings,retained}
firmware/legal/calibration.ts | what a calibration is
  < nothing
firmware/legal/metering.ts | the one way to the register
  < hal, hal/base, drivers/pulse-counter, firmware/legal, firmware/legal/{rings,retained}
firmware/storage | which logs there are, where each stands, and who has which room of retained memory
  < hal, hal/base, firmware/legal/{rings/log-storage.ts,rings/legal-logs.ts,rings/ring-position.ts,retained/slice.ts}
firmware/events | the event log with its budget, and the list of events
  < hal, hal/base, firmware/legal/{rings/log-storage.ts,rings/mirrored-log.ts,rings/record.ts,retained/slice.ts}, firmware/storage
firmware/failures | the log of what stopped a run
  < hal, hal/base, firmware/legal/{rings/log-storage.ts,rings/mirrored-log.ts,rings/record.ts}, firmware/storage
firmware/settings | what can be set, what was set, and keys, serial number and calibration beside it
  < hal, hal/base, firmware/legal/{calibration.ts,rings/log-storage.ts,rings/mirrored-log.ts,rings/entry-keeper.ts,rings/record.ts,retained/slice.ts}, firmware/storage
firmware/time | the network's time
  < hal, hal/base, firmware/{storage,events}
firmware/readings | what a meter knows of itself, under which LwM2M path
  < hal, hal/base, firmware/legal/{calibration.ts,metering.ts}, firmware/settings
firmware/wire | CBOR, SenML, CoAP, LwM2M: bytes, and no meter
  < hal, hal/base
firmware/uplink | a contact with the head-end: report, outbox, what was acknowledged, registration
  < hal, hal/base, drivers/nb-iot/modem.ts, firmware/{contracts,storage,events,settings,time,readings,wire}, firmware/legal/{metering.ts,rings/log-storage.ts,rings/mirrored-log.ts,rings/sector-keeper.ts,rings/record.ts,retained/slice.ts}
firmware/duties | what a meter does by itself and when: contacts, exercising the valve
  < hal, hal/base, drivers/{valve-actuator,nb-iot/modem.ts}, firmware/{contracts,storage,events,failures,settings,time,readings,wire,uplink}, firmware/legal/{metering.ts,rings/log-storage.ts,retained/slice.ts}
firmware/local | a visitor: the service port, its commands, who may give them
  < hal, hal/base, drivers/{valve-actuator,nb-iot/modem.ts}, firmware/{contracts,storage,events,settings,time,readings,duties}, firmware/legal/{calibration.ts,metering.ts,retained/slice.ts}
firmware/products | what makes a water or a gas meter of all this
  < firmware/{settings,readings,duties}
firmware/duties.ts | the list of duties, in their order
  < firmware/duties
firmware/build.ts | what an image is put together from
  < drivers/nb-iot/modem.ts, firmware/{duties,products}
firmware/recording.ts | the timer that records while something else is at work
  < hal, firmware/legal/metering.ts
firmware/meter.ts | one run, from wake to sleep
  < hal, hal/base, drivers/nb-iot/modem.ts, firmware/{storage,events,failures,settings,duties,local,products,build.ts,recording.ts}, firmware/legal/{metering.ts,rings/log-storage.ts}
firmware/main.ts | the run as the chip starts it, and what happens when it fails
  < hal, hal/base, firmware/{build.ts,meter.ts}

manifests/board.ts | what a board has to say of itself
  < hal, hal/esp32
manifests/board-costs.ts | what it has to say of its time and charge
  < nothing
manifests/boards/* | one board each: pins, parts, costs
  < manifests/{board.ts,board-costs.ts}
manifests/boards | the list of boards
  < manifests/{board.ts,board-costs.ts,boards/*}
manifests/wiring | finds wiring that the chip can not have
  < hal/esp32, manifests/board.ts
manifests | the composition root: which image is made of what
  < hal, hal/esp32, drivers/nb-iot/{modem.ts,*}, firmware/{contracts,products,duties.ts,build.ts,main.ts}, manifests/board.ts
manifests/generate | writes the lists of modules
  < nothing

sim/kernel | events in virtual time, seeded chance, the trace
  < nothing
sim/chip | the simulated chip: a board that runs an application, and the boundary that engines cross
  < hal, hal/base, sim/kernel
sim/engines | what runs the firmware there: Node, XS, the code of the chip on a double of ESP-IDF, RV32 on QEMU
  < hal, hal/base, hal/core, hal/esp32, drivers/nb-iot/*, firmware/{products,duties.ts,build.ts,main.ts}, manifests/{board.ts,boards}, sim/chip
sim/world | reeds, valve, battery, flash, modem and network, each modelled from its manual
  < hal, hal/base, drivers/valve-actuator, sim/kernel
sim/head-end | a server with codecs of its own, the independent witness
  < hal, sim/kernel
sim/run | a meter in its world for some days, with the checkers of its counts
  < hal, hal/base, firmware/{contracts,storage,events,failures,settings,uplink,products}, firmware/legal/{rings,register/journal.ts}, manifests/{board-costs.ts,boards}, sim/{kernel,chip,engines,world,head-end}
sim/unit | a meter on a bench, behind a socket
  < firmware/{contracts,settings,products}, sim/{kernel,chip,world,run}
sim/proof | cuts the power at every operation; what tally prove runs
  < hal, hal/base, firmware/{storage,events,settings,time,readings,uplink,duties,local,products,build.ts,meter.ts,main.ts}, firmware/legal/{rings,retained,register/journal.ts,register/meter-record.ts}, sim/{kernel,chip,engines,world,run}
sim/chaos | a month of faults at random; what tally chaos runs
  < hal/base, firmware/{settings,uplink,products}, firmware/legal/{rings/record.ts,register/meter-record.ts}, manifests/boards, sim/{kernel,chip,engines,world,head-end,run}

jig/attempt | what an attempt at a unit is: outcome, limits, faults
  < nothing
jig/ports | serial lines and sockets
  < firmware/contracts, jig/attempt
jig/meter | the client of the service port
  < firmware/contracts, jig/{attempt,ports}
jig/instruments | supply, pulse source and magnet, by SCPI
  < jig/{attempt,ports,meter}
jig/phases | what is measured and done at a unit, a file a phase
  < firmware/contracts, jig/{attempt,meter,instruments}
jig/recipe | which phases, with which limits: reads and checks recipes
  < jig/{attempt,phases}
jig/execution | carries a recipe out at one unit
  < jig/{attempt,ports,meter,instruments,phases,recipe}
jig/records | attempts, labels and keys in a database, with a chain that shows changes
  < jig/attempt
jig/report/markup.ts | text that is HTML already, and what goes into it
  < nothing
jig/report | yield and capability, as text, CSV, HTML, into PostgreSQL
  < jig/{attempt,records,report/markup.ts}
jig/station | slots, and the units in them
  < jig/{attempt,ports,instruments,recipe,execution}
jig/simulated | units and instruments that are not there; campaigns
  < jig/{attempt,ports,meter,instruments,execution,station}, sim/{kernel,chip,unit}

bin | the launcher: compiles what has changed, finds the SDK
  < nothing
command/kit | what commands share: options, help, progress, words for errors
  < hal/base, firmware/{settings,products}, manifests/boards, sim/{chip,engines}, jig/attempt
command/sim | tally sim: options, live view, summary, and what it writes into files
  < hal/base, command/kit, firmware/{contracts,settings,products}, manifests/boards, sim/{kernel,chip,world,run}, jig/report/markup.ts
command/chaos | tally chaos
  < hal/base, command/kit, manifests/boards, sim/{chip,chaos}, jig/attempt/words.ts
command/prove | tally prove
  < command/kit, sim/proof
command/image | tally image and npm run image
  < bin, command/kit, firmware/{readings,products}, manifests/{boards,wiring}, sim/{engines,run}
command/flash | npm run flash
  < bin, command/{kit,image}, firmware/products, manifests/boards, sim/engines
command/unit | tally unit
  < command/kit, firmware/{settings,products}, sim/unit
command/settings | tally settings
  < command/kit, firmware/{settings,products}
command/verify-log | tally verify-log
  < command/kit, sim/run
command/jig | tally jig
  < command/kit, jig/{attempt,ports,instruments,phases,recipe,execution,records,report,station,simulated}, sim/{engines,run}
command | puts the commands together
  < command/{kit,sim,chaos,prove,image,flash,unit,settings,verify-log,jig}, sim/{engines,run}
`;

export const roomTable: readonly Room[] = parseRooms(roomText);
