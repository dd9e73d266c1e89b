import { z } from 'zod'

/**
 * A person as the register of individuals gives one: names, order and optionality are those of its response, so that the wire needs no
 * second vocabulary. Texts of dictionaries are the register's own in both languages: shown as given, never translated.
 */
const day = z.iso.date()

export const dictItem = z.object({ code: z.string(), nameRu: z.string(), nameKz: z.string(), changeDate: z.string().nullish() })
export type DictItem = z.infer<typeof dictItem>

const place = {
  country: dictItem.optional(),
  district: dictItem.optional(),
  region: dictItem.optional(),
  foreignData: z.object({ districtName: z.string().optional(), regionName: z.string().optional() }).optional(),
  city: z.string().optional(),
}

const address = {
  ...place,
  street: z.string().optional(),
  building: z.string().optional(),
  corpus: z.string().optional(),
  flat: z.string().optional(),
  beginDate: day.optional(),
  endDate: day.optional(),
  arCode: z.string().optional().describe('address register code, 16 digits'),
}

const certificate = z.object({ number: z.string(), beginDate: day.optional(), issueOrganisation: z.string().optional() })

export const personDocument = z.object({
  type: dictItem.describe('001 passport, 002 identity card'),
  number: z.string(),
  series: z.string().optional(),
  beginDate: day,
  endDate: day.optional(),
  issueOrganization: dictItem,
  status: dictItem.describe('00 valid; 07 unfit; 17 a new one issued; 18 record of death'),
  invalidityDate: day.optional(),
  surname: z.string().optional(),
  name: z.string().optional(),
  patronymic: z.string().optional(),
  birthDate: day,
})
export type PersonDocument = z.infer<typeof personDocument>

export const person = z.object({
  iin: z.string().regex(/^\d{12}$/),
  surname: z.string().optional(),
  name: z.string().optional(),
  patronymic: z.string().optional(),
  engFirstName: z.string().optional(),
  engSurname: z.string().optional(),
  birthDate: day,
  deathDate: day.optional(),
  gender: dictItem.describe('1 male, 2 female'),
  nationality: dictItem,
  citizenship: dictItem,
  lifeStatus: dictItem.describe('0 normal; anything else stops a service'),
  imprisonedStatus: z
    .object({ imprisonedStatus: dictItem, imprisonedBeginDate: day.optional(), imprisonedEndDate: day.optional() })
    .optional(),
  birthCertificate: certificate.optional(),
  deathCertificate: certificate.optional(),
  birthPlace: z.object({ ...place, birthTeCodeAR: z.string().optional() }),
  regAddress: z.object({ ...address, status: dictItem.optional(), invalidity: dictItem.optional() }).optional(),
  personCapableStatus: z
    .object({ capableStatus: dictItem, capableDate: day, capableEndDate: day.optional(), capableNumber: z.string(), court: dictItem })
    .optional(),
  missingStatus: z
    .object({
      missing: z.boolean(),
      missingDate: day,
      missingEndDate: day.optional(),
      missingNumber: z.string(),
      gpTerritorial: dictItem,
    })
    .optional(),
  disappearStatus: z
    .object({
      disappear: z.boolean(),
      disappearDate: day,
      disappearEndDate: day.optional(),
      disappearNumber: z.string(),
      gpTerritorial: dictItem,
    })
    .optional(),
  excludeStatus: z
    .object({
      excludeReason: dictItem,
      excludeReasonDate: day.optional(),
      excludeDate: day.optional(),
      excludeParticipant: dictItem.optional(),
    })
    .optional(),
  repatriationStatus: z
    .object({
      repatriationStatus: dictItem.optional(),
      repatriationDate: z.string().optional(),
      repatriationEndDate: z.string().optional(),
      repatriationNumber: z.string().optional(),
      repatriationOrg: dictItem.optional(),
      repatriationReason: dictItem.optional(),
    })
    .optional(),
  documents: z.object({ document: z.array(personDocument).default([]) }).optional(),
  addresses: z.object({ address: z.array(z.object({ type: dictItem, ...address })).default([]) }).optional(),
  removed: z.boolean().optional().describe('the record was taken out of the register'),
})
export type Person = z.infer<typeof person>
