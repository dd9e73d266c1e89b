import type { Person } from '../../gateway/register/person.ts'
import { invent } from '../../gateway/register/simulator/invent.ts'
import { edgeIins } from '../../gateway/register/simulator/world.ts'
import type { Translator } from '../../language/translator.ts'
import { type AnsweringMode, answeringModes, type Consent } from '../consent/consents.ts'
import type { LaidFile } from '../files/store.ts'
import { listedPeople } from '../register/listed.ts'
import { type Intake, type WorkstationMode, workstationModes, workstationService } from '../workstation/workstation.ts'
import { Act, Document, type Frame, moment, Table } from './frame.tsx'

const nameOf = ({ surname, name, patronymic }: Person) => [surname, name, patronymic].filter(Boolean).join(' ')

export function PeoplePage({ frame }: { frame: Frame }) {
  const { t, seed } = frame
  const columns = [t('contour.people.iin'), t('contour.people.person'), t('contour.people.born')]
  return (
    <Document frame={frame} title={t('contour.people.heading')} section="people">
      <h1>{t('contour.people.heading')}</h1>
      <p>{t('contour.people.about')}</p>
      <Table label={t('contour.people.heading')} head={[...columns, t('contour.people.what')]}>
        {Object.entries(edgeIins).map(([edge, iin]) => {
          const person = invent(iin, seed)
          return (
            <tr>
              <th scope="row">{iin}</th>
              <td lang="kk">{person === null ? t('contour.people.nobody') : nameOf(person)}</td>
              <td>{person?.birthDate}</td>
              <td>{t(`contour.edge.${edge}`)}</td>
            </tr>
          )
        })}
      </Table>
      <h2>{t('contour.people.listed')}</h2>
      <Table label={t('contour.people.listed')} head={columns}>
        {listedPeople(seed).map((person) => (
          <tr>
            <th scope="row">{person.iin}</th>
            <td lang="kk">{nameOf(person)}</td>
            <td>{person.birthDate}</td>
          </tr>
        ))}
      </Table>
    </Document>
  )
}

/** A choice that is kept until it is changed. */
function Modes({
  t,
  action,
  legend,
  save,
  modes,
}: {
  t: Translator
  action: string
  legend: string
  save: string
  modes: readonly (readonly [string, string, boolean])[]
}) {
  return (
    <form method="post" action={action} lang={t.language}>
      <fieldset>
        <legend>{legend}</legend>
        {modes.map(([value, text, chosen]) => (
          <label>
            <input type="radio" name="mode" value={value} checked={chosen} />
            {text}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="plain">
        {save}
      </button>
    </form>
  )
}

export function ConsentsPage({ frame, mode, consents }: { frame: Frame; mode: AnsweringMode; consents: readonly Consent[] }) {
  const { t } = frame
  const head = [
    t('contour.consents.iin'),
    t('contour.consents.company'),
    t('contour.consents.access'),
    t('contour.consents.asked'),
    t('contour.consents.state'),
    t('contour.consents.until'),
  ]
  const modes = answeringModes.map((one) => [one, t(`contour.consents.${one}`), one === mode] as const)
  return (
    <Document frame={frame} title={t('contour.consents.heading')} section="consents">
      <h1>{t('contour.consents.heading')}</h1>
      <p>{t('contour.consents.about')}</p>
      <Modes t={t} action="/consents/mode" legend={t('contour.consents.mode')} save={t('contour.consents.save')} modes={modes} />
      <h2>{t('contour.consents.list')}</h2>
      {consents.length === 0 ? (
        <p>{t('contour.consents.empty')}</p>
      ) : (
        <Table label={t('contour.consents.heading')} head={head}>
          {consents.map((one) => (
            <tr>
              <th scope="row">{one.iin}</th>
              <td class="wide">
                {one.company} <span class="soft">{one.companyBin}</span>
              </td>
              <td class="wide">
                {one.access} <span class="soft">{one.data}</span>
              </td>
              <td>{moment(one.askedAt)}</td>
              <td>
                <span class={`mark ${one.state}`}>{t(`contour.consents.stateOf.${one.state}`)}</span>
                {one.state === 'asked' && <Answers t={t} consent={one} />}
              </td>
              <td>{moment(one.validUntil)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Document>
  )
}

function Answers({ t, consent: { id, iin } }: { t: Translator; consent: Consent }) {
  const answer = (say: string, text: string) => (
    <Act
      action={`/consents/${id}`}
      fields={{ answer: say }}
      text={text}
      named={t('contour.consents.answerNamed', { iin, answer: text })}
      plain
    />
  )
  return (
    <div class="buttons">
      {answer('yes', t('contour.consents.yes'))}
      {answer('no', t('contour.consents.no'))}
    </div>
  )
}

export function FilesPage({ frame, files }: { frame: Frame; files: readonly LaidFile[] }) {
  const { t } = frame
  const head = [
    t('contour.files.name'),
    t('contour.files.owner'),
    { number: t('contour.files.size') },
    t('contour.files.laid'),
    t('contour.files.until'),
    { number: t('contour.files.fetched') },
  ]
  return (
    <Document frame={frame} title={t('contour.files.heading')} section="files">
      <h1>{t('contour.files.heading')}</h1>
      <p>{t('contour.files.about')}</p>
      {files.length === 0 ? (
        <p>{t('contour.files.empty')}</p>
      ) : (
        <Table label={t('contour.files.heading')} head={head}>
          {files.map((one) => (
            <tr>
              <th scope="row" class="wide">
                {one.name}
              </th>
              <td class="wide">{one.owner}</td>
              <td class="number">{one.size}</td>
              <td>{moment(one.laidAt)}</td>
              <td>{moment(one.until)}</td>
              <td class="number">{one.fetched}</td>
            </tr>
          ))}
        </Table>
      )}
    </Document>
  )
}

const possible = { taken: ['register', 'decide', 'refuse'], registered: ['decide', 'refuse'], decided: [], refused: [] } as const

export function WorkstationPage({ frame, mode, intakes }: { frame: Frame; mode: WorkstationMode; intakes: readonly Intake[] }) {
  const { t } = frame
  const head = [t('contour.workstation.case'), t('contour.workstation.from'), t('contour.workstation.at'), t('contour.workstation.state')]
  const modes = workstationModes.map((one) => [one, t(`contour.workstation.${one}`), one === mode] as const)
  return (
    <Document frame={frame} title={t('contour.workstation.heading')} section="workstation">
      <h1>{t('contour.workstation.heading')}</h1>
      <p>{t('contour.workstation.about', { service: workstationService })}</p>
      <Modes t={t} action="/workstation/mode" legend={t('contour.workstation.mode')} save={t('contour.workstation.save')} modes={modes} />
      <h2>{t('contour.workstation.list')}</h2>
      {intakes.length === 0 ? (
        <p>{t('contour.workstation.empty')}</p>
      ) : (
        <Table label={t('contour.workstation.heading')} head={head}>
          {intakes.map((one) => (
            <tr>
              <th scope="row" class="wide">
                <a href={`/?correlation=${one.correlation}`}>{one.request}</a> <span class="soft">{one.number}</span>
              </th>
              <td class="wide">{one.sender}</td>
              <td>{moment(one.takenAt)}</td>
              <td>
                <span class={`mark ${one.state}`}>{t(`contour.workstation.stateOf.${one.state}`)}</span>
                <div class="buttons">
                  {possible[one.state].map((act) => (
                    <Act
                      action={`/workstation/${one.correlation}`}
                      fields={{ act }}
                      text={t(`contour.workstation.${act}`)}
                      named={t('contour.workstation.actNamed', { case: one.request, act: t(`contour.workstation.${act}`) })}
                      plain
                    />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Document>
  )
}

export function MissingPage({ frame }: { frame: Frame }) {
  const { t } = frame
  return (
    <Document frame={frame} title={t('contour.missing.heading')}>
      <h1>{t('contour.missing.heading')}</h1>
      <p>{t('contour.missing.about')}</p>
    </Document>
  )
}
