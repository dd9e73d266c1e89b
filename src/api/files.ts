/** 10 MiB, as the ledger takes at the most. */
export const longestUpload = 10 * 1024 * 1024

export const scanTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const
export type ScanType = (typeof scanTypes)[number]

const beginnings: Readonly<Record<ScanType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
}

/** What a scan is by its own first bytes; what its sender calls it is not believed. */
export function scanTypeOf(bytes: Uint8Array): ScanType | undefined {
  return scanTypes.find((type) => beginnings[type].every((byte, place) => bytes[place] === byte))
}
