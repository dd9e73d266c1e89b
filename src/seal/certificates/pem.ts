/** PEM (RFC 7468): base64 between lines that name what it is. No two parts of the expression may match the same signs: of two thousand spaces it would try three seconds long. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/** The blocks of this label, in their order; text around them is skipped, as openssl writes some. */
export function pemBlocks(text: string, label: string): Uint8Array[] {
  return [...text.matchAll(block)].filter(([, found]) => found === label).map(([, , body = '']) => Buffer.from(body, 'base64'))
}

export function toPem(der: Uint8Array, label: string): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
