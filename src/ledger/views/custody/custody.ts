import type { JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** Who holds which paper. */

export interface CustodyRow {
  home: number
  case: string
  key: string
  what: string
  holderKind: string
  holderOrganisation: string
  holderUnit: string
  holderPerson: string | null
  since: string
  doc: JsonObject
}

export type CustodyPosition = Pick<CustodyRow, 'since' | 'home' | 'case' | 'key'>

export interface CustodyReads {
  /** What lies in a unit, the longest held first. */
  heldBy(organisation: string, unit: string, limit: number, after?: CustodyPosition): Promise<CustodyRow[]>
  ofCase(home: number, caseNumber: string): Promise<CustodyRow[]>
  /** What a person has in their hands of cases that are open, the longest held first. */
  keptBy(person: string, limit: number): Promise<CustodyRow[]>
}

const columns = `
  i.home, i.case_number as "case", i.key, i.what, i.holder_kind as "holderKind", i.holder_organisation as "holderOrganisation",
  i.holder_unit as "holderUnit", i.holder_person as "holderPerson", i.since, i.doc`

export function custodyReads(database: Database): CustodyReads {
  return {
    heldBy: (organisation, unit, limit, after) => database.query<CustodyRow>(custodyHeldBy(organisation, unit, limit, after)),
    ofCase: (home, caseNumber) => database.query<CustodyRow>(custodyOfCase(home, caseNumber)),
    keptBy: (person, limit) => database.query<CustodyRow>(custodyKeptBy(person, limit)),
  }
}

export function custodyHeldBy(organisation: string, unit: string, limit: number, after?: CustodyPosition): Statement {
  return {
    name: 'custody_held_by',
    text: `
      select ${columns}
      from custody_item as i
      where i.holder_organisation = $1 and i.holder_unit = $2
        and (i.since, i.home, i.case_number, i.key) > ($3::timestamptz, $4::integer, $5::text, $6::text)
      order by i.since, i.home, i.case_number, i.key
      limit $7`,
    values: [organisation, unit, after?.since ?? '-infinity', after?.home ?? 0, after?.case ?? '', after?.key ?? '', limit],
  }
}

export function custodyOfCase(home: number, caseNumber: string): Statement {
  return {
    name: 'custody_of_case',
    text: `select ${columns} from custody_item as i where i.home = $1 and i.case_number = $2 order by i.key`,
    values: [home, caseNumber],
  }
}

export function custodyKeptBy(person: string, limit: number): Statement {
  return {
    name: 'custody_kept_by',
    text: `
      select ${columns}
      from custody_item as i
      join case_view as c on c.home = i.home and c.case_number = i.case_number and c.open
      where i.holder_person = $1
      order by i.since, i.home, i.case_number, i.key
      limit $2`,
    values: [person, limit],
  }
}
