import { deflateRawSync } from 'node:zlib'
import type { Chance } from '../chance.ts'
import { mutateBytes } from '../mutate.ts'
import { changeDer, type Stock } from './changeDer.ts'
import { changeXml } from './changeXml.ts'
import { type Archive, type Member, readZip, writeZip } from './zip.ts'

type Change = (chance: Chance, archive: Archive, stock: Stock) => void

const names: readonly string[] = [
  '../../etc/passwd', '/etc/passwd', '..\\..\\x', 'C:\\x', 'case.json\0.exe', 'CASE.JSON', 'case.json/', './case.json', 'papers//reply.pdf', 'papers/../case.json', '__proto__', 'constructor', '', '.', 'META-INF/manifest.xml', 'META-INF/signature002.p7s', 'meta-inf/ASiCManifest001.xml', 'META-INF/ASiCManifest001.xml',
  'mimetype', 'cаse.json', 'case.json ', 'case.json\u202e', 'a'.repeat(5000), 'a/'.repeat(2000), '\ud800', '0', '-1',
] // biome-ignore format: kinds of names

/** Forty megabytes of zeros in forty kilobytes. */
let bomb: Buffer | undefined
const bombOf = (): Buffer => {
  bomb ??= deflateRawSync(Buffer.alloc(40 << 20), { level: 9 })
  return bomb
}

const memberOf = (chance: Chance, { members }: Archive): Member | undefined => members[chance.below(members.length)]
const fresh = (name: string, bytes: Buffer): Member => ({ name: Buffer.from(name), bytes, method: 0, flags: 0 })
const withName = (archive: Archive, name: string): Member | undefined => archive.members.find((one) => String(one.name) === name)

/** By name, as they are counted. */
export const zipChanges: Readonly<Record<string, Change>> = {
  twice: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) archive.members.splice(chance.below(archive.members.length + 1), 0, { ...one, bytes: chance.oneIn(2) ? one.bytes : mutateBytes(chance, one.bytes) })
  },
  rename: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.name = Buffer.from(chance.pick(names))
  },
  bytes: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.bytes = mutateBytes(chance, one.bytes)
  },
  drop: (chance, archive) => archive.members.splice(chance.below(archive.members.length), 1),
  add: (chance, archive) => archive.members.splice(chance.below(archive.members.length + 1), 0, fresh(chance.pick(names), Buffer.from('slipped in'))),
  order: (_, archive) => archive.members.reverse(),
  localName: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.localName = Buffer.from(chance.pick(names))
  },
  localBytes: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.localBytes = mutateBytes(chance, one.bytes)
  },
  hidden: (chance, archive) => {
    // A reader of the stream finds it, a reader of the directory does not.
    archive.before = writeZip({ members: [fresh(chance.pick(['case.json', 'slipped.in', 'mimetype']), Buffer.from('slipped in'))], before: Buffer.alloc(0), between: Buffer.alloc(0), after: Buffer.alloc(0), comment: Buffer.alloc(0), count: null })
    if (chance.oneIn(2)) archive.before = archive.before.subarray(0, archive.before.indexOf('PK\x01\x02'))
  },
  sizes: (chance, archive) => {
    const one = memberOf(chance, archive)
    const lie = chance.pick([0, 1, 0x7fffffff, 0xffffffff, 300 << 20, 600 << 20])
    if (one !== undefined) one.says = chance.pick([{ size: lie }, { packed: lie }, { size: lie, packed: lie }, { offset: lie }, { crc: lie }])
  },
  method: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.method = chance.pick([0, 8, 8, 9, 12, 93, 99, 0xffff])
  },
  flags: (chance, archive) => {
    const one = memberOf(chance, archive)
    if (one !== undefined) one.flags = chance.pick([1, 8, 9, 0x40, 0x800, 0x2000, 0xffff])
  },
  count: (chance, archive) => {
    archive.count = chance.pick([0, 1, archive.members.length - 1, archive.members.length + 1, 0xffff])
  },
  around: (chance, archive) => {
    const part = chance.pick(['before', 'between', 'after', 'comment'] as const)
    archive[part] = chance.pick([Buffer.alloc(1), Buffer.from('#!/bin/sh\n'), Buffer.alloc(70_000), Buffer.from('PK\x05\x06'), Buffer.from('%PDF-1.7\n')])
  },
  bomb: (chance, archive) => {
    const one = chance.oneIn(2) ? memberOf(chance, archive) : fresh('bomb', bombOf())
    if (one === undefined) return
    Object.assign(one, { bytes: bombOf(), method: 8, packed: true, says: { size: chance.pick([40 << 20, 0, 0xffffffff, 511 << 20]) } })
    if (!archive.members.includes(one)) archive.members.push(one)
  },
  overlap: (_, archive) => {
    for (const one of archive.members) one.says = { ...one.says, offset: 0 }
  },
  nested: (chance, archive) => {
    const one = memberOf(chance, archive)
    const whole = writeZip({ ...archive, members: [...archive.members] })
    if (one !== undefined) one.bytes = whole
  },
  manifest: (chance, archive) => {
    const one = withName(archive, 'META-INF/ASiCManifest001.xml')
    if (one !== undefined) one.bytes = changeXml(chance, one.bytes, [String(one.bytes)]).bytes
  },
  signature: (chance, archive, stock) => {
    const one = withName(archive, 'META-INF/signature001.p7s')
    if (one !== undefined) one.bytes = changeDer(chance, one.bytes, stock).bytes
  },
} // biome-ignore format: a change a line

/** One or two changes of a container, the lengths and places of its members put right around them; and what they were. */
export function changeZip(chance: Chance, from: Buffer, stock: Stock): { readonly bytes: Buffer; readonly changes: readonly string[] } {
  const members = readZip(from)
  if (members === null || chance.oneIn(12)) return { bytes: mutateBytes(chance, from), changes: ['octets blindly'] }
  const none = Buffer.alloc(0)
  const archive: Archive = { members, before: none, between: none, after: none, comment: none, count: null }
  const changes: string[] = []
  for (let turns = 1 + chance.below(2); turns > 0; turns--) {
    const name = chance.pick(Object.keys(zipChanges))
    zipChanges[name]?.(chance, archive, stock)
    changes.push(name)
  }
  return { bytes: writeZip(archive), changes }
}
