/** Bytes that are no DER, or DER of another shape than was looked for. Where somebody else's bytes are judged it is caught and becomes the verdict `damaged`. */
export class DerRefused extends Error {
  override name = 'DerRefused'
}
