import { signEnveloped, type XmlSigner } from '../../seal/xmldsig/sign.ts'
import { documentBytes, element, type Markup, verbatim } from '../../xml/write.ts'

/** `data` of these children with the register's own signature as its last child: made as a document of its own, as it was before it was put into its envelope. */
export async function signedData(children: readonly Markup[], signer: XmlSigner): Promise<Markup> {
  const bytes = await signEnveloped(documentBytes(element('data', {}, ...children)), signer)
  const text = bytes.toString('utf8')
  return verbatim(text.slice(text.indexOf('<data')))
}
