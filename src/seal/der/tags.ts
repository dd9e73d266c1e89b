/** Identifier octets of the universal types (ITU-T X.680, 8.4). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  numeric: 0x12,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  time: 0x18,
  visible: 0x1a,
  universal: 0x1c,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** `[n]` constructed: an explicit tag, or an implicit one over SEQUENCE or SET. */
export const explicit = (n: number): number => 0xa0 | n
/** `[n]` primitive: an implicit tag over a primitive type. */
export const implicit = (n: number): number => 0x80 | n
