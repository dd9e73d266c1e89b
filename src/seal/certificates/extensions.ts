import { asTag, type Der, Fields, inside, membersOf, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { booleanOf, hex, namedBits, octetsOf, oidOf, smallOf, textOf } from '../der/values.ts'
import { type KeyUsage, keyUsages } from './usages.ts'

/** What the extensions of a certificate say (RFC 5280, 4.2); what is absent is null or empty. */
export interface Extensions {
  readonly isAuthority: boolean
  /** How many authorities may stand below; null: as many as there are. */
  readonly pathLength: number | null
  readonly keyUsage: ReadonlySet<KeyUsage> | null
  /** OIDs. */
  readonly extendedUsage: readonly string[] | null
  readonly extendedUsageIsCritical: boolean
  readonly policies: readonly string[]
  /** Hex. */
  readonly subjectKeyId: string | null
  readonly authorityKeyId: string | null
  readonly crlUrls: readonly string[]
  readonly deltaCrlUrls: readonly string[]
  readonly ocspUrls: readonly string[]
  readonly issuerUrls: readonly string[]
  readonly timeStampUrls: readonly string[]
  /** The OCSP responder's own certificate need not be asked for (RFC 6960, 4.2.2.2.1). */
  readonly noCheck: boolean
  /** Critical extensions that we do not understand: such a certificate is not relied on. */
  readonly unknownCritical: readonly string[]
}

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** The value inside the OCTET STRING. */
  readonly value: Uint8Array
}

/** The members of `Extensions`; one that stands twice is refused (RFC 5280, 4.2). */
export function readExtensionList(value: Der): Extension[] {
  const seen = new Set<string>()
  return membersOf(value, tags.sequence).map((member) => {
    const fields = new Fields(member)
    const oid = oidOf(fields.next())
    if (seen.has(oid)) throw new DerRefused('An extension that stands twice.')
    seen.add(oid)
    const mark = fields.optional(tags.boolean)
    // DER leaves FALSE out, being the default; living authorities write it, and nothing is read otherwise for it.
    const critical = mark !== null && booleanOf(mark)
    const content = octetsOf(fields.next())
    fields.end()
    return { oid, critical, value: content }
  })
}

type Draft = { -readonly [Name in keyof Extensions]: Extensions[Name] }

const readers: Readonly<Record<string, (draft: Draft, value: Der, critical: boolean) => void>> = {
  '2.5.29.19': (draft, value) => {
    const fields = new Fields(value)
    const mark = fields.optional(tags.boolean)
    draft.isAuthority = mark !== null && booleanOf(mark)
    const length = fields.optional(tags.integer)
    if (length !== null) draft.pathLength = smallOf(length)
    fields.end()
  },
  '2.5.29.15': (draft, value) => {
    const bits = namedBits(value)
    draft.keyUsage = new Set(keyUsages.filter((_, bit) => bits.has(bit)))
  },
  '2.5.29.37': (draft, value, critical) => {
    draft.extendedUsage = membersOf(value, tags.sequence).map(oidOf)
    draft.extendedUsageIsCritical = critical
  },
  '2.5.29.32': (draft, value) => {
    draft.policies = membersOf(value, tags.sequence).map((policy) => oidOf(new Fields(policy).next()))
  },
  '2.5.29.14': (draft, value) => {
    draft.subjectKeyId = hex(octetsOf(value))
  },
  '2.5.29.35': (draft, value) => {
    const id = new Fields(value).optional(implicit(0))
    draft.authorityKeyId = id && hex(id.content)
  },
  '2.5.29.31': (draft, value) => {
    draft.crlUrls = pointsOf(value)
  },
  '2.5.29.46': (draft, value) => {
    draft.deltaCrlUrls = pointsOf(value)
  },
  '1.3.6.1.5.5.7.1.1': (draft, value) => {
    draft.ocspUrls = accessOf(value, '1.3.6.1.5.5.7.48.1')
    draft.issuerUrls = accessOf(value, '1.3.6.1.5.5.7.48.2')
  },
  '1.3.6.1.5.5.7.1.11': (draft, value) => {
    draft.timeStampUrls = accessOf(value, '1.3.6.1.5.5.7.48.3')
  },
  '1.3.6.1.5.5.7.48.1.5': (draft) => {
    draft.noCheck = true
  },
  // Alternative names name nobody whom we look for.
  '2.5.29.17': () => {},
}

export function readExtensions(value: Der | null): Extensions {
  const draft: Draft = {
    isAuthority: false,
    pathLength: null,
    keyUsage: null,
    extendedUsage: null,
    extendedUsageIsCritical: false,
    policies: [],
    subjectKeyId: null,
    authorityKeyId: null,
    crlUrls: [],
    deltaCrlUrls: [],
    ocspUrls: [],
    issuerUrls: [],
    timeStampUrls: [],
    noCheck: false,
    unknownCritical: [],
  }
  for (const { oid, critical, value: content } of value === null ? [] : readExtensionList(value)) {
    const reader = Object.hasOwn(readers, oid) ? readers[oid] : undefined
    if (reader !== undefined) reader(draft, readDer(content), critical)
    else if (critical) draft.unknownCritical = [...draft.unknownCritical, oid]
  }
  return Object.freeze(draft)
}

/** Addresses of `CRLDistributionPoints`; points by relative name have none. */
function pointsOf(value: Der): string[] {
  return membersOf(value, tags.sequence).flatMap((point) => {
    const name = new Fields(point).optional(explicit(0))
    if (name === null) return []
    const full = inside(name)
    return full.tag === explicit(0) ? membersOf(full).flatMap(urlOf) : []
  })
}

function accessOf(value: Der, method: string): string[] {
  return membersOf(value, tags.sequence).flatMap((description) => {
    const fields = new Fields(description)
    const is = oidOf(fields.next())
    const place = fields.next()
    fields.end()
    return is === method ? urlOf(place) : []
  })
}

/** `uniformResourceIdentifier` of a GeneralName; addresses by other ways than HTTP are not asked. */
function urlOf(general: Der): string[] {
  if (general.tag !== implicit(6)) return []
  const text = textOf(asTag(general, tags.ia5))
  return /^https?:\/\/[\x21-\x7e]+$/i.test(text) ? [text] : []
}
