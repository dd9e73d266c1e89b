import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { exportPrivate, importPrivate } from '../../seal/algorithms/keys.ts'
import { readCertificates } from '../../seal/certificates/certificate.ts'
import { pemBlocks, toPem } from '../../seal/certificates/pem.ts'
import { revocationReasons } from '../../seal/certificates/status.ts'
import { writeOnce, writeSynced } from '../../seal/onceWritten.ts'
import type { Identity } from './identity.ts'
import type { Revocation } from './revocations.ts'

/** Where a test PKI lives: a file for each identity (PKCS#8 key, certificate, issuers; mode 0600), the roots apart, and who was revoked. */
export interface PkiFolder {
  identities(): string[]
  read(name: string): Identity | null
  /** Whoever is first decides; what stands there afterwards is returned. */
  keep(identity: Identity): Identity
  revocations(): Revocation[]
  revoke(revocation: Revocation): void
}

const about = z.strictObject({ format: z.literal('qyzmet.pki/1'), algorithm: z.string(), at: z.string(), base: z.string() })
export type PkiAbout = z.infer<typeof about>

const revocation = z.object({ serial: z.string(), since: z.string(), reason: z.enum(revocationReasons) })

/** Opens the folder, made when absent; what it says of itself wins over `wished`. */
export function openFolder(folder: string, wished: PkiAbout): { readonly about: PkiAbout; readonly kept: PkiFolder } {
  mkdirSync(join(folder, 'identities'), { recursive: true, mode: 0o700 })
  const file = join(folder, 'pki.json')
  writeOnce(file, `${JSON.stringify(wished, null, 2)}\n`)
  return { about: about.parse(JSON.parse(readFileSync(file, 'utf8'))), kept: folderAt(folder) }
}

/** The address that the certificates of this folder name; null: there is no PKI in it yet. */
export function addressOf(folder: string): { readonly host: string; readonly port: number } | null {
  const file = join(folder, 'pki.json')
  if (!existsSync(file)) return null
  const { hostname, port } = new URL(about.parse(JSON.parse(readFileSync(file, 'utf8'))).base)
  return { host: hostname, port: Number(port) }
}

function folderAt(folder: string): PkiFolder {
  const list = join(folder, 'revoked.json')
  const fileOf = (name: string): string => join(folder, 'identities', `${name}.pem`)
  const read = (name: string): Identity | null => (existsSync(fileOf(name)) ? readIdentity(name, readFileSync(fileOf(name), 'utf8')) : null)
  const revocations = (): Revocation[] => (existsSync(list) ? z.array(revocation).parse(JSON.parse(readFileSync(list, 'utf8'))) : [])
  return {
    identities: () => readdirSync(join(folder, 'identities')).flatMap((file) => /^(.+)\.pem$/.exec(file)?.[1] ?? []),
    read,
    keep(identity) {
      writeOnce(fileOf(identity.name), identityText(identity))
      if (/^(root|authority)$/.test(identity.name))
        writeOnce(join(folder, `${identity.name}.pem`), toPem(identity.certificate.der, 'CERTIFICATE'))
      return read(identity.name) ?? identity
    },
    revocations,
    revoke(one) {
      const draft = `${list}.${process.pid}`
      writeSynced(draft, `${JSON.stringify([...revocations().filter(({ serial }) => serial !== one.serial), one], null, 2)}\n`)
      renameSync(draft, list)
    },
  }
}

export function identityText({ key, chain }: Identity): string {
  return toPem(exportPrivate(key), 'PRIVATE KEY') + chain.map(({ der }) => toPem(der, 'CERTIFICATE')).join('')
}

/** Throws where the file is not one of ours: a test PKI that is damaged is made anew by whoever runs it. */
export function readIdentity(name: string, text: string): Identity {
  const chain = readCertificates(text)
  const [certificate] = chain ?? []
  const [key] = pemBlocks(text, 'PRIVATE KEY')
  if (chain === null || certificate === undefined || key === undefined) throw new Error(`The identity ${name} cannot be read.`)
  return { name, certificate, key: importPrivate(key), chain }
}
