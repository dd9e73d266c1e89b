import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestIdentifier } from '../algorithms/identifiers.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { digestNow } from '../algorithms/verify.ts'
import { generalTime, integer, octets, oid, sequence, whole } from '../der/write.ts'
import { oids } from './identifiers.ts'
import { authorityWith, personWith } from './people.testing.ts'
import { readCms } from './read.ts'
import { addTimestamps, type CmsSigner, type Stamp, signCms } from './sign.ts'
import { readTimestamp, verifyTimestamp } from './timestamp.ts'
import { verifyCms } from './verify.ts'

afterAll(closeGostPool)

const content = Buffer.from('{"asks":"екінші санат"}')
const at = '2019-10-14T10:00:00+06:00'
const cmsOf = (given: Uint8Array | null) => readCms(given ?? new Uint8Array(0)) ?? expect.unreachable('damaged')

describe('CAdES-T', () => {
  let person: CmsSigner
  let second: CmsSigner
  let authority: CmsSigner
  beforeAll(async () => {
    const root = await authorityWith('gost2015-512')
    person = await personWith('gost2015-512', root)
    second = await personWith('rsa-sha256')
    authority = await personWith('gost2015-512', root, ['1.3.6.1.5.5.7.3.8'])
  })

  /** An authority of the national kind: TSTInfo in a CMS that names its certificate. */
  const stamp: Stamp = async ({ digest, hash }) => {
    const imprint = sequence(digestIdentifier(digest), octets(hash))
    const time = generalTime(Temporal.Instant.from('2019-10-14T04:00:07Z'))
    const info = sequence(whole(1), oid('1.2.398.3.3.2.6.4'), imprint, integer(Uint8Array.of(1, 2, 3)), time)
    return signCms(info, [authority], { at, detached: false, namesCertificate: true, contentType: oids.timestampInfo })
  }
  const tokenOf = async (cms: Uint8Array | null) => {
    const { signers } = await verifyCms(cmsOf(cms), { content })
    return signers[0] ?? expect.unreachable()
  }

  it('carries a token over the signature’s value, and still verifies', async () => {
    const { reasons, signature, timestamp } = await tokenOf(await signCms(content, [person], { at, stamp }))
    expect(reasons).toEqual([])
    const judged = await verifyTimestamp(timestamp ?? new Uint8Array(0), signature)
    expect(judged).toMatchObject({ reasons: [], timestamp: { at: '2019-10-14T04:00:07Z', policy: '1.2.398.3.3.2.6.4', serial: '010203' } })
    expect(judged.certificate?.der).toEqual(Uint8Array.from(authority.certificate))
  })

  it('of another signature it is no time-stamp', async () => {
    const { timestamp } = await tokenOf(await signCms(content, [person], { at, stamp }))
    const { signature } = await tokenOf(await signCms(content, [person], { at }))
    expect((await verifyTimestamp(timestamp ?? new Uint8Array(0), signature)).reasons).toEqual(['badTimestamp'])
  })

  it('goes without where the authority does not answer', async () => {
    const cms = await signCms(content, [person], { at, stamp: async () => null })
    expect((await tokenOf(cms)).timestamp).toBeNull()
    expect(await addTimestamps(cmsOf(cms), async () => null)).toBeNull()
  })

  it('is added later, to each signer once', async () => {
    const cms = cmsOf(await signCms(content, [person, second], { at }))
    const stamped = cmsOf(await addTimestamps(cms, stamp))
    const { signers, valid } = await verifyCms(stamped, { content })
    expect(valid).toBe(true)
    for (const { timestamp, signature } of signers)
      expect((await verifyTimestamp(timestamp ?? new Uint8Array(0), signature)).reasons).toEqual([])
    expect(await addTimestamps(stamped, async () => expect.unreachable())).toEqual(Buffer.from(stamped.der))
  })

  it('whose authority does not name its certificate, or whose content is something else, is none', async () => {
    const hash = digestNow('streebog512', content)
    const info = (version: number) =>
      sequence(
        whole(version),
        oid('1.2.398.3.3.2.6.4'),
        sequence(digestIdentifier('streebog512'), octets(hash)),
        whole(1),
        generalTime(Temporal.Instant.from('2019-10-14T04:00:07Z')),
      )
    const unnamed = await signCms(info(1), [authority], { at, detached: false, contentType: oids.timestampInfo })
    expect((await verifyTimestamp(unnamed, content)).reasons).toEqual(['badTimestamp'])
    const document = await signCms(info(1), [authority], { at, detached: false, namesCertificate: true })
    expect(readTimestamp(document)).toBeNull()
    const version2 = await signCms(info(2), [authority], { at, detached: false, namesCertificate: true, contentType: oids.timestampInfo })
    expect((await verifyTimestamp(version2, content)).reasons).toEqual(['damaged'])
    const detached = await signCms(info(1), [authority], { at, namesCertificate: true, contentType: oids.timestampInfo })
    expect(readTimestamp(detached)).toBeNull()
    const both = await signCms(info(1), [authority, second], {
      at,
      detached: false,
      namesCertificate: true,
      contentType: oids.timestampInfo,
    })
    expect((await verifyTimestamp(both, content)).reasons).toEqual(['badTimestamp'])
  })
})
