import type { Kind } from '../plan.ts'
import { stepClock, stepDatabaseClock } from './clocks.ts'
import { cutConnections } from './cutting.ts'
import type { Fault } from './fault.ts'
import { killBackend, killDatabase, killOneServer, killServer, terminateBackends } from './killing.ts'
import { fillDisk, slowDisk } from './starving.ts'
import { throwInEffects } from './throwing.ts'

export const faults: Readonly<Record<Kind, Fault>> = {
  server: killServer,
  oneServer: killOneServer,
  backend: killBackend,
  terminate: terminateBackends,
  database: killDatabase,
  cut: cutConnections,
  diskFull: fillDisk,
  clock: stepClock,
  databaseClock: stepDatabaseClock,
  throw: throwInEffects,
  slowDisk,
}
