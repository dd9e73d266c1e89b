import { z } from 'zod'
import { faultRule } from '../faults/rule.ts'
import { registration } from '../shep/participants.ts'
import { messageQuery } from './messageRoutes.ts'
import { consentAnswer, consentMode, signatureRules, workstationAct, workstationMode } from './otherRoutes.ts'

const json = (shape: z.ZodType) => ({ required: true, content: { 'application/json': { schema: z.toJSONSchema(shape, { io: 'input' }) } } })
const ok = (description: string, type = 'application/json') => ({ 200: { description, content: { [type]: {} } } })
const refused = { default: { description: 'RFC 9457', content: { 'application/problem+json': {} } } }
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } })

const { $schema: _schema, ...query } = z.toJSONSchema(messageQuery, { io: 'input' })
const queryParameters = Object.entries(query.properties ?? {}).map(([name, schema]) => ({ name, in: 'query', schema }))

const read = (summary: string, description: string, parameters: readonly object[] = []) => ({
  get: { summary, parameters, responses: { ...ok(description), ...refused } },
})
const write = (summary: string, shape: z.ZodType, parameters: readonly object[] = []) => ({
  summary,
  parameters,
  requestBody: json(shape),
  responses: { ...ok('done'), 204: { description: 'done' }, ...refused },
})
const remove = (summary: string, parameters: readonly object[] = []) => ({
  summary,
  parameters,
  responses: { 204: { description: 'gone' }, ...refused },
})

const id = [inPath('id')]
const bodyOf = (which: string) => ({
  get: {
    summary: `the ${which}, secrets taken out`,
    parameters: [...id, { name: 'raw', in: 'query', description: 'its bytes as they were', schema: { type: 'string' } }],
    responses: { ...ok('text', 'text/plain'), ...refused },
  },
})

/** OpenAPI 3.1 of the contour's own API. The channels speak SOAP and are described by the WSDL of their protocol. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: 'Qyzmet test contour', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  paths: {
    '/health': read('whether it runs, its time, where its channels are', 'status'),
    '/api/messages': read('what passed, newest first', 'messages', queryParameters),
    '/api/messages/{id}': read('one of them', 'message', id),
    '/api/messages/{id}/request': bodyOf('request'),
    '/api/messages/{id}/response': bodyOf('answer'),
    '/api/faults': { ...read('rules for what goes wrong', 'rules'), post: write('adds one', faultRule), delete: remove('removes all') },
    '/api/faults/{id}': { delete: remove('removes one', id) },
    '/api/participants': read('who talks through the contour', 'participants'),
    '/api/participants/{senderId}': {
      put: write('registers one', registration.omit({ senderId: true }), [inPath('senderId')]),
      delete: remove('removes one', [inPath('senderId')]),
    },
    '/api/signatures': { ...read('what signatures are asked for', 'rules'), put: write('changes it', signatureRules) },
    '/api/sign': {
      post: {
        summary: 'signs an envelope, or with ?payload a document, by a key of the test PKI',
        parameters: ['as', 'payload'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
        requestBody: { required: true, content: { 'text/xml': {} } },
        responses: { ...ok('the signed document', 'text/xml'), ...refused },
      },
    },
    '/api/trust': { get: { summary: 'root, authority and known certificates', responses: ok('PEM', 'application/x-pem-file') } },
    '/api/letters': read('asynchronous messages that were taken, with their states', 'letters'),
    '/api/people': read('people who are listed', 'people'),
    '/api/people/{iin}': read('whoever has this number', 'person', [inPath('iin')]),
    '/api/consents': read('questions of the consent service', 'consents'),
    '/api/consents/mode': { put: write('how people answer', consentMode) },
    '/api/consents/{id}': { post: write('answers for a person', consentAnswer, id) },
    '/api/files': read('temporary files', 'files'),
    '/api/workstation': read('requests of the receiving side', 'requests'),
    '/api/workstation/mode': { put: write('what it does by itself', workstationMode) },
    '/api/workstation/{correlation}': { post: write('registers, decides or refuses', workstationAct, [inPath('correlation')]) },
    '/api/reset': { post: { summary: 'forgets everything but keys and seed', responses: { 204: { description: 'done' } } } },
  },
} as const
