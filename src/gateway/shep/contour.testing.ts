import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AlgorithmName } from '../../seal/algorithms/table.ts'
import type { XmlSigner } from '../../seal/xmldsig/sign.ts'
import { newSigner } from '../../seal/xmldsig/signer.testing.ts'
import { element } from '../../xml/write.ts'
import { mountShep } from './server/http.ts'
import type { ShepServer } from './server/server.ts'
import type { TransportTrust } from './transport.ts'

export const now = () => '2019-08-21T10:15:31.004+06:00'
export const sender = { senderId: 'demo-iis', password: 'demo-secret' }

export interface Pair {
  readonly participant: XmlSigner
  readonly gateway: XmlSigner
  readonly trustsParticipant: TransportTrust
  readonly trustsGateway: TransportTrust
}

/** A participant and the gateway, each pinned by the other; the gateway names its certificate by issuer and serial number. */
export async function newPair(algorithm: AlgorithmName = 'ecdsa-p256-sha256'): Promise<Pair> {
  const [participant, gateway] = [await newSigner(algorithm, 'DEMO-IIS'), await newSigner(algorithm, 'SHEP')]
  const trusting = ({ certificate }: XmlSigner): TransportTrust => ({ trust: { roots: [], authorities: [] }, pinned: [certificate] })
  return {
    participant,
    gateway: { ...gateway, name: 'issuerSerial' },
    trustsParticipant: trusting(participant),
    trustsGateway: trusting(gateway),
  }
}

export const personQuestion = (messageId = '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11') => ({
  messageId,
  serviceId: 'GBDFL_UniversalServiceSync',
  messageDate: '2019-08-21T10:15:30.120+06:00',
  properties: [],
  data: element(
    'data',
    {
      'xmlns:cs': 'http://message.persistence.interactive.nat',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:type': 'cs:Request',
    },
    element('iin', {}, '850315399990'),
  ),
})

export interface Listening {
  readonly address: string
  readonly http: Server
  close(): Promise<void>
}

export async function listening(server: ShepServer, path = '/shep'): Promise<Listening> {
  return listeningHttp(createServer(mountShep({ paths: { [path]: server } })), path)
}

export async function listeningHttp(http: Server, path = '/shep'): Promise<Listening> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}${path}`,
    http,
    close: async () => {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
