import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openSchema } from '../../xml/schema.ts'
import { childNamed, elementsOf, type XmlElement } from '../../xml/tree.ts'
import { verbatim } from '../../xml/write.ts'
import { type Envelope, envelopeBytes, readEnvelope } from './envelope.ts'
import { failureOf, readFault } from './faults.ts'
import { asyncNamespace, clientNamespace, type Operation, syncNamespace } from './names.ts'
import { readRequest, readResponse } from './read.ts'
import { sample, sampleFolder, samplesAbsent } from './samples.testing.ts'
import { shepSchemas, withoutPayload } from './schemas.ts'
import { requestMarkup, responseMarkup } from './write.ts'

const schemas = await shepSchemas()
const names = samplesAbsent ? [] : readdirSync(join(sampleFolder, 'shep')).filter((name) => name.endsWith('.xml'))
const theirSchema = (name: string) => openSchema(pathToFileURL(join(sampleFolder, 'xsd', name)))

describe.skipIf(samplesAbsent)('samples of the gateway (skipped where they are absent)', async () => {
  const theirs = samplesAbsent
    ? new Map()
    : new Map([
        [syncNamespace, await theirSchema('shep-sync-v10.xsd')],
        [asyncNamespace, await theirSchema('shep-async-v10.xsd')],
        [clientNamespace, await theirSchema('shep-async-client-v10.xsd')],
      ])

  it('there are all of them', () => expect(names.length).toBeGreaterThan(14))

  it.each(names)('%s keeps to both schemas, and what we write of it too', (name) => {
    const envelope = readEnvelope(sample(`shep/${name}`))
    const { content } = envelope
    const fault = readFault(content)
    if (fault !== null) {
      const detail = childNamed(content, '', 'detail')
      expect(detail && schemas.problems(elementsOf(detail)[0] ?? detail)).toEqual([])
      expect([failureOf(fault).code, fault.code]).toEqual(['shep-error', name.slice('sync-fault-'.length, 'sync-fault-SCE004'.length)])
      return
    }
    expect(schemas.problems(content)).toEqual([])
    expect(theirs.get(content.namespace)?.problems(withoutPayload(content))).toEqual([])
    const again = readEnvelope(envelopeBytes(rewritten(envelope))).content
    expect(schemas.problems(again)).toEqual([])
    expect(theirs.get(content.namespace)?.problems(withoutPayload(again))).toEqual([])
    expect(read(again)).toEqual(read(content))
  })

  it('of the register keep to its schema, and changed ones do not', async () => {
    const register = await openSchema(new URL('../register/shep/schema/person-register.xsd', import.meta.url))
    expect(register.problems(sample('gbdfl/data-person.xml'))).toEqual([])
    expect(register.problems(sample('gbdfl/data-not-found.xml'))).toEqual([])
    expect(register.problems(Buffer.from(String(sample('gbdfl/data-person.xml')).replace('<gender>', '<gender><x/>')))).not.toEqual([])
  })

  it('of other services are messages too; the answer of the consent service is none, but can be read', () => {
    for (const name of ['gbdfl/request-token.xml', 'kdp/kdp-request.xml']) {
      const { content } = readEnvelope(sample(name))
      expect([name, schemas.problems(content), theirs.get(content.namespace)?.problems(withoutPayload(content))]).toEqual([name, [], []])
      expect(readRequest('SendMessage', content)).toMatchObject({ sender: { senderId: 'demo-iis' } })
    }
    expect(schemas.problems(readEnvelope(sample('kdp/kdp-response.xml')).content)).toEqual([
      'unknown namespace http://service.2fa-chain.kz/ns/kdp',
    ])
  })

  it('changed, are refused by both schemas', () => {
    for (const [name, from, to] of [
      ['sync-request-gbdfl.xml', '<serviceId>GBDFL_UniversalServiceSync</serviceId>', ''],
      ['sync-response-ok.xml', '{0b5a', '0b5a'],
      ['async-sendMessage-REQUEST.xml', '>REQUEST<', '>QUESTION<'],
      ['async-getMessages.xml', '<amount>10<', '<amount>ten<'],
      ['async-sendDeliveryNotification.xml', 'NOT_RESEND', 'NEVER'],
      ['async-client-changeMassageStatusNotification.xml', '<notificationId>n-1</notificationId>', ''],
    ] as const) {
      const text = String(sample(`shep/${name}`))
      expect(text).toContain(from)
      const { content } = readEnvelope(Buffer.from(text.replace(from, to)))
      expect([name, schemas.problems(content)]).not.toEqual([name, []])
      expect([name, theirs.get(content.namespace)?.problems(withoutPayload(content))]).not.toEqual([name, []])
    }
  })
})

const operationOf = ({ local }: XmlElement) => local.replace(/Response$/, '') as Operation

/** Without the element itself, which knows its place. */
function read(content: XmlElement): unknown {
  const message = content.local.endsWith('Response')
    ? readResponse(operationOf(content), content)
    : readRequest(operationOf(content), content)
  return JSON.parse(JSON.stringify(message, (key, value) => (key === 'parent' || key === 'span' ? undefined : value)))
}

/** Read and written again, `data` as it stands in the document. */
function rewritten({ content, document }: Envelope) {
  const [operation, namespace] = [operationOf(content), content.namespace]
  const outgoing = (message: object): never => {
    if (!('data' in message)) return message as never
    const { start, end } = (message.data as XmlElement).span
    return { ...message, data: verbatim(document.text.slice(start, end)) } as never
  }
  if (content.local.endsWith('Response')) return responseMarkup(operation, namespace, outgoing(readResponse(operation, content)))
  return requestMarkup(operation, namespace, outgoing(readRequest(operation, content)))
}
