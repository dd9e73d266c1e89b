import { join } from 'node:path'
import { expect, it } from 'vitest'
import { reggService } from './exchanges.ts'
import { readLawFiles } from './lawFiles.ts'
import { openStatutes } from './statutes.ts'

it('each service has an address of its own at the workstation, as the gateway writes them', async () => {
  const { library } = openStatutes(
    await readLawFiles(join(import.meta.dirname, '..', '..', 'regulations')),
    () => undefined,
    async () => null,
  )
  const services = [...new Set(library.regulations.map(({ regulation }) => regulation.service))]
  const addresses = services.map(reggService)
  expect(addresses).toContain('QYZMET_TEACHER_ATTESTATION')
  expect(new Set(addresses).size).toBe(services.length)
  expect(addresses.filter((address) => !/^QYZMET_[A-Z_]+$/.test(address))).toEqual([])
})
