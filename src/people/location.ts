/**
 * The settlement to which a place of KATO (nine digits) belongs. A city of republican significance (Astana 71, Almaty 75, Shymkent 79)
 * is one settlement with all its districts. Elsewhere KATO numbers a place as region (2), district or city of regional significance (2),
 * rural district or town within it (3), village (2); a city of regional significance is one settlement with the districts inside it.
 */
export function settlementOf(kato: string): string {
  if (republicanCities.has(kato.slice(0, 2))) return kato.slice(0, 2)
  return isRegionalCity(kato) ? kato.slice(0, 4) : kato
}

const republicanCities: ReadonlySet<string> = new Set(['71', '75', '79'])

/** The second pair: 10-29 cities of regional significance, from 30 on districts (own knowledge of the classifier, unconfirmed). */
const isRegionalCity = (kato: string): boolean => {
  const second = Number(kato.slice(2, 4))
  return second >= 10 && second < 30
}

/**
 * Whether documents are handed in at the provider's location. What "location" compares the Aktobe text (clause 5) does not say; we take
 * the settlement: the served place is the one that a courier of the same town reaches.
 */
export function location(branch: { readonly kato: string }, provider: { readonly kato: string }): 'local' | 'nonLocal' {
  return settlementOf(branch.kato) === settlementOf(provider.kato) ? 'local' : 'nonLocal'
}
