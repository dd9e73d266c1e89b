import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readLawFiles } from '../lawFiles.ts'
import { openStatutes } from '../statutes.ts'
import { reggService } from './send.ts'

it('each service has an address of its own at the workstation of each region, as the gateway writes them', async () => {
  const { library } = openStatutes(
    await readLawFiles(join(import.meta.dirname, '..', '..', '..', 'regulations')),
    () => undefined,
    async () => null,
  )
  const addresses = library.regulations.map(({ regulation }) => reggService(regulation))
  const places = new Set(library.regulations.map(({ regulation: { service, region } }) => `${service} ${region}`))
  expect(addresses).toContain('QYZMET_TEACHER_ATTESTATION_AKTOBE')
  expect(new Set(addresses).size).toBe(places.size)
  expect(addresses.filter((address) => !/^QYZMET_[A-Z_]+$/.test(address))).toEqual([])
})
