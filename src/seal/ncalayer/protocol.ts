import { z } from 'zod'

/**
 * NCALayer, the signing program of the national certification centre on a worker's own machine, as it is spoken to over WebSocket: text frames of
 * JSON, requests without ids, one at a time. Shapes by the centre's own example page (NCALayerJSExample, 2026-05) and its NLCommonBundle.
 */
export const ncalayerUrl = 'wss://127.0.0.1:13579/'

export const modules = {
  basics: 'kz.gov.pki.knca.basics',
  commonUtils: 'kz.gov.pki.knca.commonUtils',
} as const

/** Sent by old clients every two seconds; the same comes back, and some builds send other frames: whoever waits for an answer passes over them. */
export const heartbeat = '--heartbeat--'

/** First words of the server after a connection. */
export const greeting = (version: string) => ({ result: { version } })

export const storages = [
  'PKCS12',
  'JKS',
  'AKKaztokenStore',
  'AKKZIDCardStore',
  'AKEToken72KStore',
  'AKEToken5110Store',
  'AKJaCartaStore',
  'AKAKEYStore',
] as const

/** The official page sends booleans as text, other clients as booleans. */
const flag = (otherwise: boolean) =>
  z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .transform((value) => value ?? otherwise)

const absentToo = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

/** `args` of `kz.gov.pki.knca.basics` `sign`; what is absent is as the centre's page says it is. */
export const basicsSign = z.object({
  allowedStorages: z.array(z.string()).nullish(),
  format: z.enum(['cms', 'xml', 'raw']),
  data: z.union([z.string(), z.array(z.string()).min(1)]),
  signingParams: z
    .object({
      decode: flag(false),
      encapsulate: flag(true),
      digested: flag(false),
      outputCert: flag(false),
      /** `{}`: a time-stamp of the centre's own service is added. */
      tsaProfile: z.looseObject({}).nullish(),
    })
    .nullish()
    .transform((value) => value ?? { decode: false, encapsulate: true, digested: false, outputCert: false }),
  signerParams: z.object({
    extKeyUsageOids: z.array(z.string()),
    iin: absentToo,
    bin: absentToo,
    serialNumber: absentToo,
    chain: z.array(z.string()).nullish(),
  }),
  locale: z.string().nullish(),
  logo: z.string().max(50_000).nullish(),
})
export type BasicsSign = z.infer<typeof basicsSign>

/** Any request: which part of the program it is for. `uuid` comes back with the answer. */
export const anyRequest = z.looseObject({
  module: z.string(),
  method: z.string(),
  args: z.unknown().optional(),
  uuid: z.string().optional(),
})
export type AnyRequest = z.infer<typeof anyRequest>

/** What the server says, each kind of it in one place. */
export const answers = {
  basics: (result: unknown) => ({ status: true, body: { result } }),
  basicsCancelled: () => ({ status: true, body: {} }),
  basicsFailed: (code: string, message: string, details?: string) => ({
    ...{ status: false, code, message },
    ...(details === undefined ? {} : { details }),
  }),
  common: (responseObject: unknown) => ({ code: '200', responseObject }),
  commonFailed: (message: string) => ({ code: '500', message }),
  commonCancelled: () => ({ code: '500', message: 'action.canceled' }),
  unknownModule: () => ({ success: false, errorCode: 'MODULE_NOT_FOUND' }),
  notJson: () => ({ success: false, code: 'COMMON_JSON_WRAPPING_EXCEPTION' }),
} as const
