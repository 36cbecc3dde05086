import { type Room, parseRooms } from "./rooms.js";

/**
 * The house: each room with what its files may import beside each other, from the ground floor up. A room is a folder
 * with all below it that has no line of its own; a line with the name of a file is a room of that file alone, and `*`
 * stands for each folder, which are rooms apart. A room may import only what stands above its line here.
 *
 * - From `hal` come types only, whoever imports them: interfaces have nothing to run.
 * - `firmware/legal` is reached through `metering.ts`. Other logs are rings of its kind and keep their words in slices
 *   of its kind; beyond that, the simulator's witnesses read the files that are named here one by one, as a verification
 *   authority would.
 * - A contact with the head-end is a duty that runs an uplink session, so `uplink` stands below `duties`.
 */
export const roomTable: readonly Room[] = parseRooms(`
hal/base                    |
hal                         |
hal/core                    |
hal/esp32                   | hal, hal/base, hal/core

drivers/pulse-counter       | hal, hal/base
drivers/valve-actuator      | hal, hal/base
drivers/nb-iot/modem.ts     | hal
drivers/nb-iot/at           | hal, hal/base, drivers/nb-iot/modem.ts
drivers/nb-iot/*            | hal, hal/base, drivers/nb-iot/{modem.ts,at}

firmware/contracts          | hal/base
firmware/legal/rings        | hal, hal/base
firmware/legal/retained     | hal, hal/base
firmware/legal              | hal, hal/base, drivers/pulse-counter, firmware/legal/{rings,retained}
firmware/legal/calibration.ts |
firmware/legal/metering.ts  | hal, hal/base, drivers/pulse-counter, firmware/legal, firmware/legal/{rings,retained}
firmware/storage            | hal, hal/base, firmware/legal/{rings,retained}
firmware/events             | hal, hal/base, firmware/legal/{rings,retained}, firmware/storage
firmware/failures           | hal, hal/base, firmware/legal/{rings,retained}, firmware/storage
firmware/settings           | hal, hal/base, firmware/legal/{calibration.ts,rings,retained}, firmware/storage
firmware/time               | hal, hal/base, firmware/legal/{rings,retained}, firmware/{storage,events}
firmware/readings           | hal, hal/base, firmware/legal/{calibration.ts,metering.ts}, firmware/settings
firmware/wire               | hal, hal/base
firmware/uplink             | hal, hal/base, drivers/nb-iot/modem.ts, firmware/{contracts,storage,events,settings,time,readings,wire}, firmware/legal/{metering.ts,rings,retained}
firmware/duties             | hal, hal/base, drivers/{valve-actuator,nb-iot/modem.ts}, firmware/{contracts,storage,events,failures,settings,time,readings,wire,uplink}, firmware/legal/{metering.ts,rings,retained}
firmware/local              | hal, hal/base, drivers/{valve-actuator,nb-iot/modem.ts}, firmware/{contracts,storage,events,settings,time,readings,duties}, firmware/legal/{calibration.ts,metering.ts,retained}
firmware/products           | firmware/{settings,readings,duties}
firmware/duties.ts          | firmware/duties
firmware/build.ts           | drivers/nb-iot/modem.ts, firmware/{duties,products}
firmware/recording.ts       | hal, firmware/legal/metering.ts
firmware/meter.ts           | hal, hal/base, drivers/nb-iot/modem.ts, firmware/{storage,events,failures,settings,duties,local,products,build.ts,recording.ts}, firmware/legal/{metering.ts,rings}
firmware/main.ts            | hal, hal/base, firmware/{build.ts,meter.ts}

manifests/board.ts          | hal, hal/esp32
manifests/board-costs.ts    |
manifests/boards/*          | manifests/{board.ts,board-costs.ts}
manifests/boards            | manifests/{board.ts,board-costs.ts,boards/*}
manifests/wiring            | hal/esp32, manifests/board.ts
manifests                   | hal, hal/esp32, drivers/nb-iot/{modem.ts,*}, firmware/{contracts,products,duties.ts,build.ts,main.ts}, manifests/board.ts
manifests/generate          |

sim/kernel                  |
sim/chip                    | hal, hal/base, sim/kernel
sim/engines                 | hal, hal/base, hal/core, hal/esp32, drivers/nb-iot/*, firmware/{products,duties.ts,build.ts,main.ts}, manifests/{board.ts,boards}, sim/chip
sim/world                   | hal, hal/base, drivers/valve-actuator, sim/kernel
sim/head-end                | hal, sim/kernel
sim/run                     | hal, hal/base, firmware/{contracts,storage,events,failures,settings,uplink,products}, firmware/legal/{rings,register/journal.ts}, manifests/{board-costs.ts,boards}, sim/{kernel,chip,engines,world,head-end}
sim/unit                    | firmware/{contracts,settings,products}, sim/{kernel,chip,world,run}
sim/proof                   | hal, hal/base, firmware/{storage,events,settings,time,readings,uplink,duties,local,products,build.ts,meter.ts,main.ts}, firmware/legal/{rings,retained,register/journal.ts,register/meter-record.ts}, sim/{kernel,chip,engines,world,run}
sim/chaos                   | hal/base, firmware/{settings,uplink,products}, firmware/legal/{rings/record.ts,register/meter-record.ts}, sim/{kernel,chip,engines,world,head-end,run}

jig/attempt                 |
jig/ports                   | firmware/contracts, jig/attempt
jig/meter                   | firmware/contracts, jig/{attempt,ports}
jig/instruments             | jig/{attempt,ports,meter}
jig/phases                  | firmware/contracts, jig/{attempt,meter,instruments}
jig/recipe                  | jig/{attempt,phases}
jig/execution               | jig/{attempt,ports,meter,instruments,phases,recipe}
jig/records                 | jig/attempt
jig/report                  | jig/{attempt,records}
jig/station                 | jig/{attempt,ports,instruments,recipe,execution}
jig/simulated               | jig/{attempt,ports,meter,instruments,execution,station}, sim/{kernel,chip,unit}

bin                         |
command/kit                 | hal/base, firmware/{settings,products}, manifests/boards, sim/{chip,engines}, jig/attempt
command/sim                 | hal/base, command/kit, firmware/{settings,products}, manifests/boards, sim/{kernel,chip,world,run}
command/chaos               | hal/base, command/kit, sim/{chip,chaos}
command/prove               | command/kit, sim/proof
command/image               | bin, command/kit, firmware/{readings,products}, manifests/{boards,wiring}, sim/{engines,run}
command/flash               | bin, command/{kit,image}, firmware/products, manifests/boards, sim/engines
command/unit                | command/kit, firmware/{settings,products}, sim/unit
command/settings            | command/kit, firmware/{settings,products}
command/verify-log          | command/kit, sim/run
command/jig                 | command/kit, jig/{attempt,ports,instruments,phases,recipe,execution,records,report,station,simulated}, sim/{engines,run}
command                     | command/{kit,sim,chaos,prove,image,flash,unit,settings,verify-log,jig}, sim/{engines,run}
`);
