import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLawFiles } from '../desk/lawFiles.ts'
import { buildLibrary } from './library.ts'
import { mayBeDoneForSeveral } from './several.ts'

const { library } = buildLibrary(await readLawFiles(join(import.meta.dirname, '..', '..', 'regulations')))
const stepsOf = (id: string) => library?.find(id)?.regulation.steps ?? []
const together = (id: string) => stepsOf(id).flatMap((step) => (mayBeDoneForSeveral(step) ? [step.id] : []))

describe('a step may be done for several cases', () => {
  it('where all it does is to take, pass on, name a performer and sign', () => {
    expect(together('almaty-teacher-attestation')).toEqual([
      'refer',
      'signAnswer',
      'submitAnswer',
      'takeAnswer',
      'sendPackage',
      'accumulate',
      'courierTakes',
      'courierBrings',
      'receivePackage',
      'referPackage',
      'signPackageAnswer',
      'submitPackageAnswer',
      'dispatchAnswer',
      'courierTakesAnswer',
      'courierBringsAnswer',
      'shelveAnswer',
    ])
  })

  it('and never where a person stands at the desk, documents are examined, or a system is asked', () => {
    const alone = stepsOf('almaty-teacher-attestation').filter((step) => !mayBeDoneForSeveral(step))
    expect(alone.map(({ id }) => id)).toEqual([
      'accept',
      'examine',
      'meetApplicant',
      'giveAnswer',
      'submit',
      'checkPackage',
      'refuseAcceptance',
      'takeConsent',
      'identify',
      'examinePackage',
      'meetReceiver',
      'issueAnswer',
    ])
    expect(together('aktobe-teacher-attestation')).toEqual([])
  })
})
