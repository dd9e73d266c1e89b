/** The published client says nothing of its types; what the tests use of it. */
declare module 'ncalayer-js-client' {
  interface Signer {
    readonly extKeyUsageOids: readonly string[]
    readonly iin?: string
    readonly bin?: string
    readonly chain?: readonly string[]
  }
  type Params = Readonly<Record<string, unknown>>
  export class NCALayerClient {
    constructor(url?: string, allowKmdHttpApi?: boolean)
    readonly wsConnection: { close(): void } | null
    connect(): Promise<string>
    getActiveTokens(): Promise<string[]>
    getKeyInfo(storage: string): Promise<Readonly<Record<string, string>>>
    basicsSignCMS(storages: null, data: string, how: Params, who: Signer, locale?: string): Promise<string>
    basicsSignCMS(storages: null, data: readonly string[], how: Params, who: Signer, locale?: string): Promise<string[]>
    basicsSignXML(storages: null, data: string, how: Params, who: Signer, locale?: string): Promise<string | string[]>
    createCAdESFromBase64(storage: string, data: string, keyType?: string, attach?: boolean): Promise<string>
    static readonly basicsCMSParamsDetachedNoTSP: Params
    static readonly basicsCMSParamsAttached: Params
    static readonly basicsSignerSignAny: Signer
  }
}
