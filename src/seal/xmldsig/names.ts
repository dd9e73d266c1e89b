import type { CanonicalForm } from '../../xml/canonical.ts'

/** Names of XML Signature 1.0, of WS-Security 1.0 and of its X.509 profile. */
export const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#'
export const securityNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
export const utilityNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
export const exclusiveNamespace = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export const base64Encoding = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary'
export const certificateType = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3'

export const envelopedTransform = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const canonicalInclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

/** The four canonical forms that signatures of the country are met with; no other transform is ever carried out. */
export const canonicalForms: Readonly<Record<string, CanonicalForm>> = {
  [canonicalInclusive]: { exclusive: false, comments: false },
  [`${canonicalInclusive}#WithComments`]: { exclusive: false, comments: true },
  [exclusiveNamespace]: { exclusive: true, comments: false },
  [`${exclusiveNamespace}WithComments`]: { exclusive: true, comments: true },
}
