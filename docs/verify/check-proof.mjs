// Checks an exported proof of one case without the program that made it: Node 20 or newer and nothing else. README.md beside it says what and why.
// node check-proof.mjs proof.json [--seal <hash|file>]      exit 0 it holds, 1 it does not, 2 used wrongly
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const hex = (bytes) => bytes.toString('hex')
const bytes = (text, what) => {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Wrong(`${what}: not a SHA-256 in hex`)
  return Buffer.from(text, 'hex')
}

class Wrong extends Error {}
const must = (holds, words) => {
  if (!holds) throw new Wrong(words)
}

/** 1. The chain: each event's hash is SHA-256 of the hash before it (32 bytes; none for the first) and of its body in UTF-8. */
function checkChain({ home, case: number, events }) {
  must(Array.isArray(events) && events.length > 0, 'there are no events')
  let before = Buffer.alloc(0)
  events.forEach(({ hash, body }, index) => {
    const seq = index + 1
    must(typeof body === 'string', `event ${seq}: there is no body`)
    const own = bytes(hash, `event ${seq}`)
    must(sha256(before, body).equals(own), `event ${seq}: the hash is not that of the event before and this body`)
    const said = JSON.parse(body)
    must(
      said.home === home && said.case === number && said.seq === seq,
      `event ${seq}: the body is of event ${said.seq} of case ${said.home}/${said.case}`,
    )
    before = own
  })
}

/** 2. The leaf: SHA-256 of a byte 0 and of the text {"case":…,"head":…,"home":…,"version":…}, where head is the hash of event `version`. */
function leafOf({ home, case: number, events, sealed: { version } }) {
  must(
    Number.isSafeInteger(version) && version >= 1 && version <= events.length,
    `the seal covers ${version} events, the proof has ${events.length}`,
  )
  return sha256(Buffer.from([0]), JSON.stringify({ case: number, head: events[version - 1].hash, home, version }))
}

/** 3. The path: RFC 9162, section 2.1.3.2. A node is SHA-256 of a byte 1, its left and its right. */
function rootFrom(leaf, { position, path }, size) {
  must(Number.isSafeInteger(position) && position >= 0 && position < size, `leaf ${position} is in no tree of ${size} leaves`)
  let [at, last, root] = [position, size - 1, leaf]
  for (const step of path) {
    const other = bytes(step, 'the path')
    must(last > 0, 'the path is longer than the tree is high')
    if (at % 2 === 1 || at === last) {
      root = sha256(Buffer.from([1]), other, root)
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else root = sha256(Buffer.from([1]), root, other)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  must(last === 0, 'the path is shorter than the tree is high')
  return root
}

/** 4. The seals: each names the hash of the one before it; a seal's hash is SHA-256 of its text. */
function checkSeals(texts) {
  must(Array.isArray(texts) && texts.length > 0, 'there is no seal')
  const seals = texts.map((text) => ({ ...JSON.parse(text), hash: hex(sha256(text)) }))
  seals.forEach((seal, index) => {
    must(seal.format === 'qyzmet-seal-1', `seal ${seal.number}: its format is ${seal.format}`)
    const before = seals[index - 1]
    if (before === undefined) return
    must(seal.number === before.number + 1, `after seal ${before.number} comes seal ${seal.number}`)
    must(seal.previous === before.hash, `seal ${seal.number} does not name seal ${before.number} as the one before it`)
    must(seal.size > before.size, `seal ${seal.number} covers no more than seal ${before.number}`)
  })
  return seals
}

function check(proof, kept) {
  must(proof?.format === 'qyzmet-proof-1', 'this is not a proof of the format qyzmet-proof-1')
  checkChain(proof)
  must(
    proof.sealed !== null && typeof proof.sealed === 'object',
    'the case is not sealed yet: its chain holds, and nobody else can know it',
  )
  const seals = checkSeals(proof.sealed.seals)
  const [seal] = seals
  must(hex(rootFrom(leafOf(proof), proof.sealed, seal.size)) === seal.root, `the path does not lead to the root of seal ${seal.number}`)
  if (kept !== undefined)
    must(
      seals.some(({ hash }) => hash === kept),
      `the kept seal ${kept} is none of the ${seals.length} seals of the proof`,
    )
  return seals
}

function keptHash(given) {
  if (given === undefined || /^[0-9a-f]{64}$/.test(given)) return given
  const { hash, ...facts } = JSON.parse(readFileSync(given, 'utf8'))
  // The text that a seal's hash covers: RFC 8785. Its members are plain, so sorting them is all there is to it.
  const text = JSON.stringify(Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))))
  must(hex(sha256(text)) === hash, `${given}: the hash of the kept seal is not that of its text`)
  return hash
}

const [file, option, value, ...surplus] = process.argv.slice(2)
if (file === undefined || surplus.length > 0 || (option !== undefined && (option !== '--seal' || value === undefined))) {
  console.error('node check-proof.mjs proof.json [--seal <hash|file>]')
  process.exit(2)
}
try {
  const proof = JSON.parse(readFileSync(file, 'utf8'))
  const seals = check(proof, keptHash(value))
  const [first, last] = [seals[0], seals.at(-1)]
  console.log(`case ${proof.case}: ${proof.events.length} events in one chain`)
  console.log(`the first ${proof.sealed.version} lie under seal ${first.number} of ${first.at}`)
  if (proof.events.length > proof.sealed.version)
    console.log(`the other ${proof.events.length - proof.sealed.version} are younger than every seal`)
  console.log(`seal ${last.number} of ${last.at}, ${last.cases} cases: ${last.hash}`)
  if (value === undefined) console.log('compare this hash with one that was kept elsewhere, or give it: --seal <hash|file>')
} catch (cause) {
  console.error(cause instanceof Wrong ? `wrong: ${cause.message}` : `wrong: ${cause.message} (the proof cannot be read)`)
  process.exit(1)
}
