import { registerAnswer } from '../../../src/contour/register/answer.ts'
import { signedData } from '../../../src/contour/register/signed.ts'
import { readKdpAnswer } from '../../../src/gateway/register/shep/kdp.ts'
import { readAnswer } from '../../../src/gateway/register/shep/register.ts'
import { invent } from '../../../src/gateway/register/simulator/invent.ts'
import { envelopeBytes, readEnvelope } from '../../../src/gateway/shep/envelope.ts'
import { syncNamespace } from '../../../src/gateway/shep/names.ts'
import { readResponse } from '../../../src/gateway/shep/read.ts'
import { shepSchemas } from '../../../src/gateway/shep/schemas.ts'
import { responseMarkup } from '../../../src/gateway/shep/write.ts'
import { canonical } from '../../../src/ledger/canonical.ts'
import { newSigner } from '../../../src/seal/xmldsig/signer.testing.ts'
import { XmlRefused } from '../../../src/xml/refused.ts'
import { mutateBytes } from '../mutate.ts'
import { mutateXml } from '../mutateXml.ts'
import type { Input, Target } from '../target.ts'

const now = () => '2026-06-01T10:00:00+05:00'
const [requestId, iin] = ['6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11', '840404499918']

/**
 * What came as the register's answer: a reading of anything. Of what the register has signed there are two readings, the person and "nobody";
 * whatever was changed is a failure or still says one of them word for word, and never says "nobody" of the person.
 */
export const registerTarget: Target = {
  name: 'register',
  weight: 4,
  limitMs: 2000,
  open: async () => {
    const signer = await newSigner('ecdsa-p256-sha256')
    const trust = { store: { roots: [signer.certificate], authorities: [] }, known: [], required: true }
    const schemas = await shepSchemas()
    const person = invent(iin, 'fuzz')
    if (person === null) throw new Error('nobody was invented')
    const answers = await Promise.all(
      [[person], []].map(async (found) => {
        const data = await signedData(registerAnswer(found, requestId, now()), signer)
        const head = { messageId: 'm', correlationId: requestId, responseDate: now(), status: { code: 'SCSS001', message: '' } }
        return String(envelopeBytes(responseMarkup('SendMessage', syncNamespace, { ...head, data }), 'id-1'))
      }),
    )
    const read = async (bytes: Uint8Array): Promise<string> => {
      const envelope = readEnvelope(bytes)
      readKdpAnswer(envelope.content, requestId)
      if (envelope.content.local !== 'SendMessageResponse' || schemas.problems(envelope.content).length > 0) return 'technicalFailure'
      const { data } = readResponse('SendMessage', envelope.content)
      const said = await readAnswer({ trust, now }, envelope, data, { requestId, iin })
      if (said.kind === 'technicalFailure') return said.kind
      return canonical(JSON.parse(JSON.stringify(said)))
    }
    const [somebody = '', nobody = ''] = await Promise.all(answers.map((text) => read(Buffer.from(text))))
    if (!somebody.includes('"found"') || !nobody.includes('"notFound"')) throw new Error('the answers themselves are not read')
    return {
      make(chance): Input {
        const which = chance.below(2)
        const text = answers[which] ?? ''
        const changed = chance.oneIn(6) ? mutateBytes(chance, Buffer.from(text)) : Buffer.from(mutateXml(chance, text, [text]))
        return [Buffer.from(String(which)), changed]
      },
      async run([which, bytes = Buffer.alloc(0)]) {
        const said = await read(bytes).catch((cause: unknown) => {
          if (cause instanceof XmlRefused) return 'technicalFailure'
          throw cause
        })
        if (said !== 'technicalFailure' && said !== (String(which) === '0' ? somebody : nobody))
          throw new Error('what the register did not sign was read as its answer')
      },
    }
  },
}
