import { askingInside } from '../../../src/contour/pki/asking.ts'
import { makePki } from '../../../src/contour/pki/pki.ts'
import { judgeByCrl, readCrl } from '../../../src/seal/certificates/crl.ts'
import { judgeByOcsp } from '../../../src/seal/certificates/judgeOcsp.ts'
import { certIdOf, ocspRequest, readOcspRequest, readOcspResponse } from '../../../src/seal/certificates/ocsp.ts'
import { readTimestampRequest, readTimestampResponse } from '../../../src/seal/certificates/timestamp.ts'
import { readTimestamp } from '../../../src/seal/cms/timestamp.ts'
import { readEvidence, writeEvidence } from '../../../src/seal/evidence/evidence.ts'
import { readRecord } from '../../../src/seal/evidence/record.ts'
import { createRecords } from '../../../src/seal/evidence/renew.ts'
import { verifyRecord } from '../../../src/seal/evidence/verifyRecord.ts'
import { stampFrom } from '../../../src/seal/national/stamping.ts'
import type { Chance } from '../chance.ts'
import { mutateBytes } from '../mutate.ts'
import { mutateDer } from '../mutateDer.ts'
import type { Target } from '../target.ts'

const at = '2019-10-14T10:00:00+06:00'
const kinds = ['ocsp', 'crl', 'tsp', 'ocspRequest', 'tspRequest', 'evidence', 'record'] as const
const group = [Buffer.from('a signature'), Buffer.from('its evidence')]

/** What authorities answer and are asked, lists, evidence and its records, all of a test authority: first the kind, then the bytes. */
async function samples() {
  const pki = await makePki({ algorithm: 'ecdsa', at })
  const [operator, authority] = [await pki.identity('almaty.operator'), await pki.identity('authority')]
  await pki.identity('almaty.operator.revoked')
  const asked = ocspRequest(certIdOf(operator.certificate, authority.certificate), Buffer.alloc(32, 7))
  const questions: Buffer[] = []
  const inside = askingInside(
    async () => pki,
    () => at,
  )
  const asking: typeof inside = {
    ask(question) {
      if (question.kind === 'tsp') questions.push(Buffer.from(question.body ?? []))
      return inside.ask(question)
    },
  }
  const [record] = (await createRecords([group, [Buffer.from('another')]], 'sha256', stampFrom('http://127.0.0.1/tsp', asking))) ?? []
  const [tspRequest] = questions
  if (record === undefined || tspRequest === undefined) throw new Error('the authority inside answers')
  const [ocsp, crl] = [await pki.ocsp(asked, at), await pki.crl('authority', at)]
  const evidence = writeEvidence({ certificates: operator.chain, revocations: [{ kind: 'ocsp', der: ocsp }], timestamps: [] })
  const tsp = await pki.timestamp(tspRequest, at)
  const bytes = { ocsp, crl, tsp, ocspRequest: asked, tspRequest, evidence, record }
  return { pki, question: { certificate: operator.certificate, issuer: authority.certificate, at }, bytes }
}

export const authorityTarget: Target = {
  name: 'authorities',
  weight: 5,
  limitMs: 5000,
  open: async () => {
    const { pki, question, bytes } = await samples()
    const all = Object.values(bytes).map((one) => Buffer.from(one))
    const genuine = { ocsp: signedOf(bytes.ocsp), crl: signedOf(bytes.crl), record: treeOf(bytes.record) }
    return {
      make: (chance: Chance) => {
        const kind = chance.pick([...kinds])
        const sample = Buffer.from(bytes[kind])
        return [
          Buffer.from(kind),
          kind !== 'evidence' && chance.oneIn(2) ? mutateDer(chance, sample, all) : mutateBytes(chance, sample, all),
        ]
      },
      run: async ([kind, given = Buffer.alloc(0)]) => {
        switch (String(kind)) {
          case 'ocsp': {
            const reading = readOcspResponse(given)
            const status = reading.kind === 'answer' ? await judgeByOcsp(reading.response, question) : null
            if (status !== null && status.kind !== 'unknown') same(signedOf(given), genuine.ocsp)
            return
          }
          case 'crl': {
            const list = readCrl(given)
            const status = list && (await judgeByCrl(list, question))
            if (status !== null && status.kind !== 'unknown') same(signedOf(given), genuine.crl)
            return
          }
          case 'tsp': {
            const reading = readTimestampResponse(given)
            if (reading.kind === 'token') readTimestamp(reading.token)
            return
          }
          case 'ocspRequest':
            readOcspRequest(given)
            await pki.ocsp(given, at)
            return
          case 'tspRequest':
            readTimestampRequest(given)
            await pki.timestamp(given, at)
            return
          case 'evidence':
            readEvidence(given)
            return
          default: {
            const { reasons } = await verifyRecord(given, group, { court: { trust: pki.trust, revocations: null }, at })
            // Nobody is asked and nothing is kept, so the best that there is is a status that is not known.
            if (reasons.length === 0) throw new Error('a record was taken without a word on revocation')
            if (reasons.join() === 'statusUnknown') same(treeOf(given), genuine.record)
          }
        }
      },
    }
  },
}

/** The bytes under the signature of an answer or a list. */
function signedOf(bytes: Uint8Array): string {
  const answer = readOcspResponse(bytes)
  const signed = answer.kind === 'answer' ? answer.response.signed : (readCrl(bytes)?.signed ?? new Uint8Array(0))
  return Buffer.from(signed).toString('hex')
}

/** The order inside a list says nothing (RFC 4998, 4.2). */
function treeOf(record: Uint8Array): string {
  const tree = readRecord(record)?.chains[0]?.[0]?.tree ?? []
  return JSON.stringify(tree.map((list) => list.map((hash) => Buffer.from(hash).toString('hex')).toSorted()))
}

function same(given: string, genuine: string): void {
  if (given !== genuine) throw new Error('a forgery was taken')
}
