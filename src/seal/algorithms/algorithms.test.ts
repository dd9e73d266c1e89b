import { afterAll, describe, expect, it } from 'vitest'
import { readDer } from '../der/read.ts'
import { algorithmIdentifier, algorithmOf } from './identifiers.ts'
import { exportPrivate, generateKey, importPrivate, type PrivateKey, spkiOf, UnusableKey } from './keys.ts'
import { closeGostPool } from './pool.ts'
import { type AlgorithmName, algorithmByUri, algorithmNames, algorithms } from './table.ts'
import { signBytes, verifyBytes } from './verify.ts'

afterAll(closeGostPool)

const data = Buffer.from('{"asks":"екінші санат"}')
const signing = algorithmNames.filter((name) => name !== 'rsa-sha1')
const keys = new Map<AlgorithmName, PrivateKey>(await Promise.all(signing.map(async (name) => [name, await generateKey(name)] as const)))
const keyOf = (name: AlgorithmName) => keys.get(name) ?? expect.unreachable()

describe.each(signing)('%s', (algorithm) => {
  const key = keyOf(algorithm)

  it('signs and verifies, in both forms', async () => {
    const spki = await spkiOf(key)
    for (const form of ['der', 'pair'] as const) {
      const signature = await signBytes(key, data, form)
      expect(await verifyBytes({ algorithm, spki, data, signature, form })).toBe('valid')
      expect(await verifyBytes({ algorithm, spki, data: Buffer.from('{}'), signature, form })).toBe('badSignature')
      expect(await verifyBytes({ algorithm, spki, data, signature: signature.subarray(1), form })).toBe('badSignature')
      expect(await verifyBytes({ algorithm, spki, data, signature: Buffer.alloc(0), form })).toBe('badSignature')
    }
  })

  it('has one name on every wire', () => {
    expect(algorithmOf(readDer(algorithmIdentifier(algorithm)))).toBe(algorithm)
    expect(algorithmByUri(algorithms[algorithm].uri ?? '')).toBe(algorithm)
  })

  it('comes back from PKCS#8', async () => {
    const again = importPrivate(exportPrivate(key), algorithm)
    expect(await spkiOf(again)).toEqual(await spkiOf(key))
    expect(JSON.stringify(key)).not.toContain(Buffer.from(exportPrivate(key)).toString('hex').slice(-20))
  })

  it('takes no key of another kind', async () => {
    const signature = await signBytes(key, data)
    for (const other of signing.filter((name) => algorithms[name].kind !== algorithms[algorithm].kind)) {
      expect(await verifyBytes({ algorithm, spki: await spkiOf(keyOf(other)), data, signature })).toBe('wrongAlgorithm')
      expect(() => importPrivate(exportPrivate(keyOf(other)), algorithm)).toThrow(UnusableKey)
    }
  })
})

it('SHA-1 is never signed with', async () => {
  await expect(signBytes({ ...keyOf('rsa-sha256'), algorithm: 'rsa-sha1' }, data)).rejects.toThrow(RangeError)
})
