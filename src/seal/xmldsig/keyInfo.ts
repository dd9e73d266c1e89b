import { attributeOf, childrenNamed, elementsOf, type XmlElement } from '../../xml/tree.ts'
import { type Certificate, readCertificate } from '../certificates/certificate.ts'
import { type CertificateStore, certificateBy, namesSame } from './issuer.ts'
import { base64Encoding, certificateType, dsigNamespace, securityNamespace } from './names.ts'
import { base64 } from './parts.ts'
import { refuse } from './verdict.ts'

export interface KeyHolder {
  readonly certificate: Certificate
  /** Others that came along. */
  readonly offered: readonly Certificate[]
}

const mostCertificates = 8

/**
 * Whose key it is: a certificate by value (KeyIdentifier of WS-Security, or X509Certificate), or one of the store by issuer and serial number. What
 * names two different ones is refused; KeyValue and KeyName are never believed.
 */
export function holderOf(keyInfo: XmlElement, store: CertificateStore): KeyHolder {
  const known = elementsOf(keyInfo).filter(
    ({ local, namespace }) => namespace !== dsigNamespace || !['KeyValue', 'KeyName'].includes(local),
  )
  const [only] = known
  if (known.length !== 1 || only === undefined) return refuse('damaged', 'KeyInfo names no certificate, or several')
  if (only.local === 'X509Data' && only.namespace === dsigNamespace) return ofData(only, store)
  if (only.local === 'SecurityTokenReference' && only.namespace === securityNamespace) return ofToken(only, store)
  return refuse('damaged', `KeyInfo holds ${only.local}`)
}

function ofToken(token: XmlElement, store: CertificateStore): KeyHolder {
  const [inside, ...more] = elementsOf(token)
  if (inside === undefined || more.length > 0) return refuse('damaged', 'SecurityTokenReference')
  if (inside.local === 'X509Data' && inside.namespace === dsigNamespace) return ofData(inside, store)
  if (inside.local !== 'KeyIdentifier' || inside.namespace !== securityNamespace)
    return refuse('damaged', `SecurityTokenReference holds ${inside.local}`)
  if (attributeOf(inside, '', 'ValueType') !== certificateType) return refuse('damaged', 'KeyIdentifier is of another type')
  if ((attributeOf(inside, '', 'EncodingType') ?? base64Encoding) !== base64Encoding)
    return refuse('damaged', 'KeyIdentifier is of another encoding')
  return { certificate: certificateIn(inside), offered: [] }
}

/** The first certificate is the signer's, as the country's programs write it; those after it are its issuers. */
function ofData(data: XmlElement, store: CertificateStore): KeyHolder {
  const named = childrenNamed(data, dsigNamespace, 'X509IssuerSerial')
  const held = childrenNamed(data, dsigNamespace, 'X509Certificate')
  if (named.length > 1 || held.length > mostCertificates) refuse('damaged', 'X509Data names several certificates')
  const [first, ...offered] = held.map(certificateIn)
  const [issuerSerial] = named
  if (first !== undefined) {
    if (issuerSerial !== undefined && !namesSame(issuerSerial, first)) refuse('damaged', 'KeyInfo names another certificate than it holds')
    return { certificate: first, offered }
  }
  return issuerSerial === undefined
    ? refuse('damaged', 'X509Data names no certificate')
    : { certificate: certificateBy(issuerSerial, store), offered: [] }
}

const certificateIn = (element: XmlElement): Certificate =>
  readCertificate(base64(element)) ?? refuse('damaged', `${element.local} is no certificate`)
