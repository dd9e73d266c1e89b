import { describe, expect, it } from 'vitest'
import { readXml } from '../../xml/read.ts'
import { documentBytes } from '../../xml/write.ts'
import {
  readTempStorageRequest,
  readTempStorageResponse,
  type TempStorageRequest,
  type TempStorageResponse,
  tempStorageRequest,
  tempStorageResponse,
} from './tempStorage.ts'

const credentials = { senderId: 'demo-iis', password: 'demo-secret' }
const data = (xml: string) => readXml(Buffer.from(xml)).root

describe('the wire of the temporary-file service', () => {
  it.each<TempStorageRequest>([
    {
      type: 'UPLOAD',
      credentials,
      files: [
        {
          process: 'p1',
          name: 'диплом <1>.pdf',
          content: Buffer.from([0, 255, 7]),
          mime: 'application/pdf',
          lifeTimeMs: 28_800_000,
          needToBeConfirmed: false,
        },
        { process: 'p2', name: 'a', content: Buffer.alloc(0), lifeTimeMs: 1, needToBeConfirmed: true },
      ],
    },
    { type: 'DOWNLOAD', credentials: { senderId: 'a' }, identifiers: ['1', '2'] },
    { type: 'GET_FILE_INFO', credentials, identifiers: ['1'] },
  ])('reads what it writes: request $type', (request) => {
    expect(readTempStorageRequest(readXml(documentBytes(tempStorageRequest(request))).root)).toEqual(request)
  })

  it.each<TempStorageResponse>([
    {
      type: 'UPLOAD',
      status: { code: 'OK', message: '' },
      results: [
        { process: 'p1', status: { code: 'OK', message: '' }, identifier: 'f', lifeTimeMs: 5 },
        { process: 'p2', status: { code: 'TOO_LARGE', message: '20 MiB' } },
      ],
    },
    {
      type: 'DOWNLOAD',
      status: { code: 'OK', message: '' },
      results: [
        {
          status: { code: 'OK', message: '' },
          identifier: 'f',
          content: Buffer.from('x'),
          meta: { name: 'n', uploadDate: '2019-10-14T10:00:00+05:00', expirationTime: '2019-10-14T18:00:00+05:00', size: 1 },
        },
        { status: { code: 'NOT_FOUND', message: '' }, identifier: 'g' },
      ],
    },
  ])('reads what it writes: answer $type', (response) => {
    expect(readTempStorageResponse(readXml(documentBytes(tempStorageResponse(response))).root)).toEqual(response)
  })

  it('takes the members in any order, with and without the namespace', () => {
    const ns = 'xmlns="http://egov.bee.kz/eds/tempstorage/v2/"'
    const inside =
      '<downloadRequest><fileIdentifiers> 7 </fileIdentifiers></downloadRequest><credentials><senderId>a</senderId></credentials><type>DOWNLOAD</type>'
    const read = { type: 'DOWNLOAD', credentials: { senderId: 'a' }, identifiers: ['7'] }
    expect(readTempStorageRequest(data(`<data><tempStorageRequest>${inside}</tempStorageRequest></data>`))).toEqual(read)
    expect(readTempStorageRequest(data(`<data><tempStorageRequest ${ns}>${inside}</tempStorageRequest></data>`))).toEqual(read)
  })

  it.each([
    ['<data/>', 'one tempStorageRequest'],
    ['<data><tempStorageRequest/><tempStorageRequest/></data>', 'one tempStorageRequest'],
    ['<data><tempStorageRequest><type>UPLOAD</type></tempStorageRequest></data>', 'credentials'],
    ['<data><tempStorageRequest><type>ERASE</type><credentials><senderId>a</senderId></credentials></tempStorageRequest></data>', 'type'],
    [
      '<data><tempStorageRequest><type>DOWNLOAD</type><credentials><senderId>a</senderId></credentials></tempStorageRequest></data>',
      'fileIdentifiers',
    ],
    [upload('<content>AA=</content>'), 'base64'],
    [upload('<content>AAAA</content>', '<lifeTime>soon</lifeTime>'), 'milliseconds'],
    [upload(''), 'content'],
  ])('says what is wrong with %s', (xml, words) => {
    expect(readTempStorageRequest(data(xml))).toContain(words)
  })
})

function upload(content: string, life = '<lifeTime>1</lifeTime>'): string {
  const file = `<fileProcessIdentifier>p</fileProcessIdentifier><name>n</name>${content}${life}`
  return `<data><tempStorageRequest><type>UPLOAD</type><uploadRequest><fileUploadRequests>${file}</fileUploadRequests></uploadRequest><credentials><senderId>a</senderId></credentials></tempStorageRequest></data>`
}
