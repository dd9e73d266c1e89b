import { application } from '../../../src/gateway/messages/payload.testing.ts'
import { dataOf } from '../../../src/gateway/messages/shep/data.ts'
import { envelopeBytes, readEnvelope } from '../../../src/gateway/shep/envelope.ts'
import { readFault } from '../../../src/gateway/shep/faults.ts'
import type { IncomingRequest } from '../../../src/gateway/shep/messages.ts'
import { asyncNamespace, clientNamespace, syncNamespace } from '../../../src/gateway/shep/names.ts'
import { shepSchemas } from '../../../src/gateway/shep/schemas.ts'
import { type Handlers, type ShepServer, shepServer } from '../../../src/gateway/shep/server/server.ts'
import { requestMarkup } from '../../../src/gateway/shep/write.ts'
import { verifyEnveloped } from '../../../src/seal/xmldsig/enveloped.ts'
import { signBody, signEnveloped } from '../../../src/seal/xmldsig/sign.ts'
import { newSigner } from '../../../src/seal/xmldsig/signer.testing.ts'
import { canonicalXml } from '../../../src/xml/canonical.ts'
import { readXml } from '../../../src/xml/read.ts'
import { XmlRefused } from '../../../src/xml/refused.ts'
import { elementsOf, type XmlElement } from '../../../src/xml/tree.ts'
import { element } from '../../../src/xml/write.ts'
import type { Chance } from '../chance.ts'
import { mutateBytes } from '../mutate.ts'
import { mutateXml } from '../mutateXml.ts'
import type { Input, Target } from '../target.ts'

const now = () => '2019-10-14T10:00:00+05:00'
const [messageId, sender] = ['6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11', { senderId: 'demo-iis', password: 'demo-secret' }]
const common = { serviceId: 'S', messageDate: now(), sender, properties: [{ key: 'a', value: 'b' }] }
const typed = element(
  'data',
  { 'xmlns:cs': 'urn:cs', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': 'cs:Request' },
  element('iin', {}, '850315399990'),
)
const error = { errorCode: 'x', errorMessage: 'y', errorDate: now(), subError: { errorCode: 'x', errorMessage: 'y', errorDate: now() } }
const status = { statusCode: 'x', statusMessage: 'y', statusDate: now() }

/** Every operation, as its callers send it. */
const samples = {
  sync: [requestMarkup('SendMessage', syncNamespace, { ...common, messageId, data: typed })],
  async: [
    requestMarkup('sendMessage', asyncNamespace, { ...common, messageType: 'REQUEST', data: dataOf(application()) }),
    requestMarkup('sendDeliveryNotification', asyncNamespace, { messageId, serviceId: 'S', notificationDate: now(), accepted: false, statusDate: now(), resend: true, error, requestDate: now(), sender }),
    requestMarkup('getMessageStatus', asyncNamespace, { messageId, requestDate: now(), sender, properties: [] }),
    requestMarkup('getMessages', asyncNamespace, { serviceId: 'S', amount: 3, sender, properties: [] }),
  ],
  client: [
    requestMarkup('sendMessage', clientNamespace, { ...common, messageId, correlationId: 'c', messageType: 'RESPONSE', data: typed }),
    requestMarkup('changeMassageStatusNotification', clientNamespace, { notificationId: 'n', messageId, notificationDate: now(), messageState: 'DELIVERED', status, error, requestDate: now() }),
  ],
} as const // biome-ignore format: a message a line

/** Whoever handles a message reads all of it. */
const taken = async (said: IncomingRequest<'sendMessage'>) => ({
  messageId: said.messageId ?? 'm',
  correlationId: said.correlationId ?? 'c',
  responseDate: now(),
})
const handlers: Handlers = {
  SendMessage: async (said) => ({ messageId: 'm', correlationId: said.messageId, responseDate: now(), status: { code: 'SCSS001', message: '' }, data: element('data', {}) }),
  sendMessage: taken,
  sendDeliveryNotification: async () => ({}),
  getMessageStatus: async () => ({ messageState: 'DELIVERED', status, responseDate: now() }),
  getMessages: async () => ({ responseDate: now(), sessionId: '{0b5a2a86-4b0e-4a57-9a4f-6a9d0f1c2b3d}', messages: [] }),
  changeMassageStatusNotification: async () => ({}),
} // biome-ignore format: a handler a line

/** The server of each channel: a fault for whatever is not what was signed, and an answer of the schema always. */
const serverTarget: Target = {
  name: 'shep',
  weight: 14,
  limitMs: 3000,
  open: async () => {
    const signer = await newSigner('ecdsa-p256-sha256')
    const trust = { trust: { roots: [], authorities: [] }, pinned: [signer.certificate] }
    const schemas = await shepSchemas()
    const channels = ['sync', 'async', 'client'] as const
    const broke = (cause: unknown) => {
      throw cause
    }
    // Without memory of what came before: each input stands for itself.
    const seen = { take: async () => true, release: async () => {} }
    const serverOf = (channel: (typeof channels)[number], signed: boolean): ShepServer =>
      shepServer({ channel, handlers, trust: signed ? trust : null, signer: null, now, broke, seen })
    const servers = channels.map((channel) => ({ open: serverOf(channel, false), signed: serverOf(channel, true) }))
    const plain = channels.map((channel) => samples[channel].map((markup) => String(envelopeBytes(markup, 'id-1'))))
    const signed = await Promise.all(
      plain.map((all) => Promise.all(all.map(async (text) => String(await signBody(Buffer.from(text), signer))))),
    )
    const bodies = new Set(signed.flat().map((text) => bodyOf(Buffer.from(text))))
    const everything = [...plain.flat(), ...signed.flat()]

    return {
      make(chance): Input {
        const which = chance.below(channels.length)
        const isSigned = chance.oneIn(2)
        const text = chance.pick((isSigned ? signed : plain)[which] ?? [])
        const bytes = chance.oneIn(6) ? mutateBytes(chance, Buffer.from(text)) : Buffer.from(mutateXml(chance, text, everything))
        return [Buffer.from(`${which}${isSigned ? 's' : 'o'}`), bytes]
      },
      async run([how, bytes]) {
        if (bytes === undefined) return
        const pair = servers[Number(String(how)[0])] ?? servers[0]
        const isSigned = String(how)[1] === 's'
        const reply = await (isSigned ? pair?.signed : pair?.open)?.handle(bytes)
        if (reply === undefined) return
        const { content } = readEnvelope(reply.body)
        const fault = readFault(content)
        if ((fault === null) !== (reply.status === 200)) throw new Error(`status ${reply.status} with ${content.local}`)
        const told = fault === null ? content : detailOf(content)
        const problems = schemas.problems(told)
        if (problems.length > 0) throw new Error(`an answer that is not of its schema: ${problems[0]}`)
        if (isSigned && fault === null && !bodies.has(bodyOf(bytes))) throw new Error('what was not signed was taken')
      },
    }
  },
}

const bodyOf = (bytes: Uint8Array): string => String(canonicalXml(readEnvelope(bytes).body, { exclusive: true, comments: false }))
const detailOf = (fault: XmlElement): XmlElement =>
  elementsOf(elementsOf(fault).find(({ local }) => local === 'detail') ?? fault)[0] ?? fault

/** The reader and its canonical form beside libxml2: what we take it takes, and says the same. */
const readerTarget: Target = {
  name: 'xml',
  weight: 8,
  limitMs: 2000,
  open: async () => {
    const { XmlC14NMode, XmlDocument } = await import('libxml2-wasm')
    const texts = [
      ...samples.async.map((markup) => String(envelopeBytes(markup, 'id-1'))),
      '<?xml version="1.0" encoding="UTF-8"?>\n<?p q?><!-- a --><doc xmlns="urn:1" xmlns:a="urn:a" a:b="&#9;&lt;&quot;" b="\'" xml:lang="kk"><x xmlns="">\r\n<![CDATA[<&]]]]>&gt; 😀</x><a:y a:z="1" xmlns:a="urn:b"/></doc>\n<!-- b -->',
    ]
    return {
      make: (chance): Input => [
        chance.oneIn(6) ? mutateBytes(chance, Buffer.from(chance.pick(texts))) : Buffer.from(mutateXml(chance, chance.pick(texts), texts)),
      ],
      run([bytes = Buffer.alloc(0)]) {
        const ours = formOrNull(bytes)
        if (ours === null) return
        let theirs: string
        try {
          const document = XmlDocument.fromBuffer(bytes)
          try {
            theirs = document.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: true })
          } finally {
            document.dispose()
          }
        } catch (cause) {
          // It asks for a namespace to be a URI by the letter, and gives up on a relative one also where it is not used.
          if (cause instanceof Error && /is not a valid URI|Failed to canonicalize/.test(cause.message)) return
          throw new Error(`libxml2 does not take it: ${cause instanceof Error ? cause.message : ''}`)
        }
        // It leaves & and < of a namespace as they are, against the recommendation (Canonical XML 1.0, 2.3): nobody signs such a one.
        if (ours !== theirs && !/ xmlns(:[^=]+)?="[^"]*&/.test(ours)) throw new Error('libxml2 has another canonical form')
      },
    }
  },
}

function formOrNull(bytes: Uint8Array): string | null {
  try {
    return String(canonicalXml(readXml(bytes, { instructions: true }), { exclusive: true, comments: true }))
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}

/** A document signed from within: a verdict on anything, and never `valid` for other content. */
const envelopedTarget: Target = {
  name: 'xmldsig',
  weight: 6,
  limitMs: 2000,
  open: async () => {
    const signer = await newSigner('ecdsa-p256-sha256')
    const text = String(
      await signEnveloped(Buffer.from('<data xmlns="urn:d" xml:lang="kk"><iin a="1">850315399990</iin><name>Ү</name></data>'), signer),
    )
    const rest = contentOf(Buffer.from(text))
    return {
      make: (chance: Chance): Input => [
        chance.oneIn(6) ? mutateBytes(chance, Buffer.from(text)) : Buffer.from(mutateXml(chance, text, [text])),
      ],
      async run([bytes = Buffer.alloc(0)]) {
        if (formOrNull(bytes) === null) return
        const said = await verifyEnveloped(readXml(bytes, { instructions: true }))
        if (said.kind === 'valid' && contentOf(bytes) !== rest) throw new Error('what was not signed was taken')
      },
    }
  },
}

/** Without its signature and comments. */
function contentOf(bytes: Uint8Array): string {
  const { root } = readXml(bytes, { instructions: true })
  const signature = elementsOf(root).find(({ local }) => local === 'Signature') ?? null
  return String(canonicalXml(root, { exclusive: false, comments: false }, signature))
}

export const wireTargets: readonly Target[] = [serverTarget, readerTarget, envelopedTarget]
