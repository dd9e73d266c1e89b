import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, readCertificate, readCertificates } from '../../../src/seal/certificates/certificate.ts'
import { findPath } from '../../../src/seal/certificates/path.ts'
import { pemBlocks, toPem } from '../../../src/seal/certificates/pem.ts'
import { readCms } from '../../../src/seal/cms/read.ts'
import { verifyTimestamp } from '../../../src/seal/cms/timestamp.ts'
import { verifyCms } from '../../../src/seal/cms/verify.ts'
import type { Chance } from '../chance.ts'
import { mutateBytes, mutateText } from '../mutate.ts'
import { mutateDer } from '../mutateDer.ts'
import type { Target } from '../target.ts'

/** Made once with keys that were not kept, by the test authority: one algorithm each, with time-stamps, attached and detached, of several signers. */
const folder = join(import.meta.dirname, 'seals')
const text = (name: string) => readFileSync(join(folder, name), 'utf8')
const names = readdirSync(folder).filter((name) => name.endsWith('.pem'))
const content = Buffer.from('{"asks":"екінші санат"}')

/** Half is changed inside its structure, where most of it is still read to the end; the rest as octets or as text. */
function changed(chance: Chance, sample: Buffer, others: readonly Buffer[], label: string): Buffer {
  if (chance.oneIn(10)) return Buffer.from(mutateText(chance, toPem(sample, label)))
  return chance.oneIn(2) ? mutateDer(chance, sample, others) : mutateBytes(chance, sample, others)
}

const signatures = names.filter((name) => !name.endsWith('-path.pem')).map((name) => Buffer.from(pemBlocks(text(name), 'CMS')[0] ?? []))
/** What was signed in the samples, attributes and values: nothing else may ever be found valid. */
const genuine = new Set(signatures.flatMap((der) => readCms(der)?.signers ?? []).map(({ signedBytes }) => hex(signedBytes)))

/** A verdict for everything. Of what is left valid the signed octets are those of a sample: the change was outside them. */
const cmsTarget: Target = {
  name: 'cms',
  weight: 5,
  limitMs: 5000,
  open: async () => ({
    make: (chance) => [changed(chance, chance.pick(signatures), signatures, 'CMS')],
    run: async ([bytes]) => {
      const cms = readCms(bytes ?? Buffer.alloc(0))
      if (cms === null) return
      const { valid, reasons, signers } = await verifyCms(cms, { content })
      if (valid !== (reasons.length === 0)) throw new Error('a verdict that contradicts itself')
      if (valid && cms.signers.some(({ signedBytes }) => !genuine.has(hex(signedBytes)))) throw new Error('a forgery was taken')
      for (const { timestamp, signature } of signers) if (timestamp !== null) await verifyTimestamp(timestamp, signature)
    },
  }),
}

const paths = names
  .filter((name) => name.endsWith('-path.pem'))
  .map((name) => pemBlocks(text(name), 'CERTIFICATE').map((der) => Buffer.from(der)))
const known = new Set(paths.flat().map(hex))

/** A certificate is read or damaged; a path is found or it is told why not, and never for a certificate that nobody issued. */
const certificateTarget: Target = {
  name: 'certificate',
  weight: 5,
  limitMs: 5000,
  open: async () => ({
    make: (chance) => {
      const path = chance.pick(paths)
      const at = chance.below(path.length)
      return path.map((one, place) => (place === at ? changed(chance, one, paths.flat(), 'CERTIFICATE') : one))
    },
    run: async (path) => {
      const read = path.map((one) => (one[0] === 0x2d ? readCertificates(String(one))?.[0] : readCertificate(one)) ?? null)
      const [person, authority, root] = read
      if (!person || !root) return
      const offered = read.filter((one): one is Certificate => one !== null)
      const verdict = await findPath(person, { trust: { roots: [root], authorities: [] }, offered, at: '2019-10-14T10:00:00+06:00' })
      // Whoever pins a changed root has pinned it; below it nothing may be changed.
      if (verdict.trusted && verdict.chain.slice(0, -1).some(({ der }) => !known.has(hex(der)))) throw new Error('a forgery was taken')
      if (authority === null && verdict.trusted) throw new Error('a path without its middle')
    },
  }),
}

export const sealTargets: readonly Target[] = [cmsTarget, certificateTarget]

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
