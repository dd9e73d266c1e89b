import type { Answer, Asking } from '../../seal/certificates/asking.ts'
import type { Pki } from './pki.ts'

/** The authority's responders asked without a network, for a server that has the test PKI inside. `now` is the time at which they answer (RFC 3339). */
export function askingInside(pki: () => Promise<Pki>, now: () => string): Asking {
  return {
    async ask({ url, kind, body }): Promise<Answer> {
      const one = await pki()
      if (kind === 'crl') {
        const which = /\/crl\/(root|authority)\.crl$/.exec(url)?.[1]
        if (which !== 'root' && which !== 'authority') return { kind: 'outage', why: 'HTTP 404' }
        return { kind: 'bytes', bytes: await one.crl(which, now()) }
      }
      const asked = body ?? new Uint8Array(0)
      return { kind: 'bytes', bytes: kind === 'ocsp' ? await one.ocsp(asked, now()) : await one.timestamp(asked, now()) }
    },
  }
}
