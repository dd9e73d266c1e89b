import type { JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** Who holds which paper of an open case; where the papers of an ended one lie is told by its events. */

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

export interface CustodyReads {
  /** What lies with a role in a unit and is offered to somebody who has not taken it yet, the longest held first. */
  offeredBy(organisation: string, unit: string, role: string, limit: number): Promise<CustodyRow[]>
  ofCase(home: number, caseNumber: string): Promise<CustodyRow[]>
  /** What a person has in their hands, the longest held first. */
  keptBy(person: string, limit: number): Promise<CustodyRow[]>
}

const columns = `
  i.home, i.case_number as "case", i.key, i.what, i.holder_kind as "holderKind", i.holder_organisation as "holderOrganisation",
  i.holder_unit as "holderUnit", i.holder_person as "holderPerson", i.since, i.doc`

export function custodyReads(database: Database): CustodyReads {
  return {
    offeredBy: (organisation, unit, role, limit) => database.query<CustodyRow>(custodyOfferedBy(organisation, unit, role, limit)),
    ofCase: (home, caseNumber) => database.query<CustodyRow>(custodyOfCase(home, caseNumber)),
    keptBy: (person, limit) => database.query<CustodyRow>(custodyKeptBy(person, limit)),
  }
}

export function custodyOfferedBy(organisation: string, unit: string, role: string, limit: number): Statement {
  return {
    name: 'custody_offered_by',
    text: `
      select ${columns}
      from custody_item as i
      where i.holder_organisation = $1 and i.holder_unit = $2 and i.holder_kind = $3 and (i.doc ->> 'offeredTo') is not null
      order by i.since, i.home, i.case_number, i.key
      limit $4`,
    values: [organisation, unit, role, limit],
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
      where i.holder_person = $1
      order by i.since, i.home, i.case_number, i.key
      limit $2`,
    values: [person, limit],
  }
}
