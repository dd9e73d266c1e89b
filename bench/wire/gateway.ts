// The other side of `npm run bench:wire`, a process of its own: answers every question with a person, signed as it was asked to be.
import { createServer } from 'node:http'
import { mountShep } from '../../src/gateway/shep/server/http.ts'
import { shepServer } from '../../src/gateway/shep/server/server.ts'
import { warm } from '../../src/seal/algorithms/verify.ts'
import { parseCertificate } from '../../src/seal/certificates/certificate.ts'
import { newSigner } from '../../src/seal/xmldsig/signer.testing.ts'
import { element } from '../../src/xml/write.ts'
import type { Contender } from './wire.ts'

const now = () => '2019-08-21T10:15:31.004+06:00'
const dictionary = (name: string, code: string, ru: string, kk: string) =>
  element(name, {}, element('code', {}, code), element('nameRu', {}, ru), element('nameKz', {}, kk), element('changeDate', {}, now()))

/** As large as an answer of the register about one person with two documents: some four kilobytes. */
const person = (iin: string) =>
  element(
    'data',
    {},
    ...Array.from({ length: 14 }, (_, at) => dictionary(`value${at}`, '398', 'KAZAKHSTAN', 'ҚАЗАҚСТАН')),
    element('iin', {}, iin),
  )

interface Told {
  readonly contender: Contender
  /** Certificate of whoever asks, DER in base64. */
  readonly participant: string
}

process.on('message', async (told: Told | 'cpu' | 'end') => {
  if (told === 'cpu') return process.send?.({ cpu: process.cpuUsage() })
  if (told === 'end') return process.exit(0)
  const { contender, participant } = told
  const signer = contender === 'unsigned' ? null : await newSigner(contender, 'SHEP')
  if (contender.startsWith('gost')) await warm()
  const pinned = [parseCertificate(Buffer.from(participant, 'base64'))]
  const server = shepServer({
    channel: 'sync',
    trust: signer === null ? null : { trust: { roots: [], authorities: [] }, pinned },
    signer: signer === null ? null : { ...signer, name: 'issuerSerial' },
    now,
    mostAtOnce: 256,
    handlers: {
      SendMessage: async ({ messageId }) => ({
        messageId: `a-${messageId}`,
        correlationId: messageId,
        responseDate: now(),
        status: { code: 'SCSS001', message: 'Message has been processed successfully' },
        data: person('850315399990'),
      }),
    },
  })
  const http = createServer(mountShep({ paths: { '/sync': server } }))
  http.listen(0, '127.0.0.1', () => {
    const address = http.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    process.send?.({ port: address.port, certificate: signer === null ? null : Buffer.from(signer.certificate.der).toString('base64') })
  })
})
