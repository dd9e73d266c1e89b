import type { DictItem, Person, PersonDocument } from '../../../../gateway/register/person.ts'
import { Details } from '../../../components/details/details.tsx'
import { Answers } from '../../../components/intake-part/intake-part.tsx'
import { useSpeech } from '../../../components/speech.ts'

/**
 * What the register said of the person, beyond what is compared: values of its dictionaries in its own words, Kazakh or Russian, which are never
 * translated. Only what the service has a use for: nationality, for one, is nobody's business at this desk.
 */
export const InRegister = ({ person }: { person: Person }) => {
  const speech = useSpeech()
  const { t } = speech
  const rows = rowsOf(person, speech).filter(({ value }) => value !== '')
  return (
    <Details summaryText={t('register.whole')} classes="q-in-register">
      <Answers answers={rows.map(({ key, value, warn }) => ({ key: t(`register.of.${key}`), value, warn }))} />
      {(person.documents?.document ?? []).map((one) => (
        <Answers answers={[documentRow(one, speech)]} />
      ))}
    </Details>
  )
}

type Speech = ReturnType<typeof useSpeech>
interface Row {
  readonly key: string
  readonly value: string
  readonly warn?: boolean
}

const normal = '0'
const valid = '00'

function rowsOf(person: Person, speech: Speech): Row[] {
  const { shortDate } = speech
  const say = (entry: DictItem | undefined) => asGiven(entry, speech)
  const from = (words: string, day: string | undefined) => [words, day === undefined ? '' : shortDate(day)].filter(Boolean).join(', ')
  const { regAddress, personCapableStatus: capable, missingStatus, disappearStatus, excludeStatus } = person
  return [
    { key: 'latin', value: [person.engSurname, person.engFirstName].filter(Boolean).join(' ') },
    { key: 'citizenship', value: say(person.citizenship) },
    { key: 'lifeStatus', value: say(person.lifeStatus), warn: person.lifeStatus.code !== normal },
    { key: 'died', value: person.deathDate === undefined ? '' : shortDate(person.deathDate), warn: true },
    { key: 'address', value: addressWords(regAddress, speech) },
    { key: 'addressStatus', value: from(say(regAddress?.status), regAddress?.beginDate) },
    { key: 'addressInvalid', value: say(regAddress?.invalidity), warn: true },
    { key: 'capable', value: from(say(capable?.capableStatus), capable?.capableDate), warn: capable?.capableEndDate === undefined },
    { key: 'missing', value: missingStatus?.missing ? from(say(missingStatus.gpTerritorial), missingStatus.missingDate) : '', warn: true },
    {
      key: 'disappeared',
      value: disappearStatus?.disappear ? from(say(disappearStatus.gpTerritorial), disappearStatus.disappearDate) : '',
      warn: true,
    },
    { key: 'excluded', value: from(say(excludeStatus?.excludeReason), excludeStatus?.excludeDate), warn: true },
  ]
}

function addressWords(address: Person['regAddress'], speech: Speech): string {
  if (address === undefined) return ''
  const { country, district, region, foreignData, city, street, building, corpus, flat } = address
  const house = [building, corpus, flat].filter(Boolean).join('-')
  const abroad = [foreignData?.districtName, foreignData?.regionName]
  return [...[country, district, region].map((one) => asGiven(one, speech)), ...abroad, city, street, house].filter(Boolean).join(', ')
}

function documentRow(document: PersonDocument, speech: Speech): { key: string; value: string; warn: boolean } {
  const { t, shortDate } = speech
  const { number, series = '', beginDate, endDate, issueOrganization, status, invalidityDate } = document
  const words = [
    `№ ${series}${number}`,
    endDate === undefined
      ? t('register.issued', { from: shortDate(beginDate) })
      : t('register.issuedUntil', { from: shortDate(beginDate), until: shortDate(endDate) }),
    asGiven(issueOrganization, speech),
    asGiven(status, speech),
    invalidityDate === undefined ? '' : shortDate(invalidityDate),
  ]
  return { key: asGiven(document.type, speech), value: words.filter(Boolean).join(' · '), warn: status.code !== valid }
}

/** In the reader's language where the dictionary has it, else in both. */
function asGiven(entry: DictItem | undefined, { language }: Speech): string {
  if (entry === undefined) return ''
  if (language === 'kk') return entry.nameKz || entry.nameRu
  if (language === 'ru') return entry.nameRu || entry.nameKz
  return entry.nameKz === entry.nameRu ? entry.nameKz : [entry.nameKz, entry.nameRu].filter(Boolean).join(' / ')
}
