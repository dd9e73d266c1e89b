import { sealTarget } from '../seal/target.ts'
import { verifyTarget } from '../seal/verify.ts'
import type { Target } from '../target.ts'
import { authorityTarget } from './authorities.ts'
import { httpTargets } from './http.ts'
import { importTargets } from './imports.ts'
import { lawTarget } from './law.ts'
import { messageTargets } from './messages.ts'
import { multipartTarget } from './multipart.ts'
import { registerTarget } from './register.ts'
import { scanTargets } from './scans.ts'
import { sealTargets } from './seals.ts'
import { textTargets } from './texts.ts'
import { wireTargets } from './wire.ts'

/** Every parser at the edge. */
export const targets: readonly Target[] = [
  ...scanTargets,
  multipartTarget,
  ...textTargets,
  ...messageTargets,
  ...sealTargets,
  sealTarget,
  verifyTarget,
  authorityTarget,
  ...wireTargets,
  registerTarget,
  lawTarget,
  ...importTargets,
  ...httpTargets,
]
