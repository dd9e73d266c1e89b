import type { Child } from 'hono/jsx'
import { type StatedGround, type Statement, saysPapers } from '../../../desk/statement.ts'
import { type LocalText, pickText } from '../../../language/translator.ts'
import { Clause } from '../clause/clause.tsx'
import { Details } from '../details/details.tsx'
import { useSpeech } from '../speech.ts'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Tag } from '../tag/tag.tsx'

export interface SignedContentProps {
  /** Read from the very bytes that are signed. */
  statement: Statement
  /** Hex SHA-256 of those bytes. */
  digest: string
  /** The bytes as text. */
  text: string
  /** Signed already: said in the past. */
  done?: boolean
}

/** What is signed, drawn from the signed bytes alone: nothing else of the case is looked at, so what is seen is what is signed. */
export const SignedContent = ({ statement, digest, text, done = false }: SignedContentProps) => {
  const { t } = useSpeech()
  const tense = done ? 'signedPage.done' : 'signing'
  const { regulation, signer } = statement
  return (
    <div class="q-signed">
      <SummaryList
        rows={[
          {
            key: t(`${tense}.field.what`),
            value: (
              <>
                {t(`signing.signs.${statement.signs}`)}: <Said text={statement.title} /> <Clause number={statement.clause} />
                <br />
                <span class="q-number">{statement.case}</span>
              </>
            ),
          },
          {
            key: t('signing.field.regulation'),
            value: (
              <>
                <Said text={regulation.title} /> ({t('signing.edition', { edition: regulation.edition })})
              </>
            ),
          },
          {
            key: t(`${tense}.field.signer`),
            value: lines([
              signer.name,
              ...('post' in signer ? [<Said text={signer.post} />] : []),
              t('signing.iin', { iin: signer.iin }),
              <Said text={signer.organisation.name} />,
              t('signing.bin', { bin: signer.organisation.bin }),
            ]),
          },
          ...applicant(statement, t),
          statement.documents.length === 0 ? null : { key: t('signing.field.documents'), value: <Documents statement={statement} /> },
          statement.findings.length === 0 ? null : { key: t('signing.field.findings'), value: <Findings statement={statement} /> },
          statement.answer === null ? null : { key: t('signing.field.answer'), value: <Answer answer={statement.answer} /> },
          statement.grounds.length === 0
            ? null
            : { key: t('signing.field.grounds'), value: statement.grounds.map((ground) => <Ground ground={ground} />) },
          ...ofPapers(statement, t),
          { key: t('signing.field.digest'), value: <code class="q-signed__digest">{digest}</code> },
        ]}
      />
      <Details summaryText={t(`${tense}.bytes`)} classes="q-signed__bytes">
        <p>{t(`${tense}.bytesLead`)}</p>
        <pre class="q-signed__text">{text}</pre>
      </Details>
    </div>
  )
}

/** In the reader's language if the act has it, else in Kazakh, and marked so. */
const Said = ({ text }: { text: LocalText }) => {
  const { language } = useSpeech()
  const said = pickText(text, language)
  return <span lang={said.lang === language ? undefined : said.lang}>{said.text}</span>
}

const lines = (parts: readonly Child[]) => parts.map((part, index) => (index === 0 ? part : [<br />, part]))

function applicant(statement: Statement, t: ReturnType<typeof useSpeech>['t']) {
  const { applicant: who, asks } = statement
  if (who === null) return []
  const word = (name: string, from: Readonly<Record<string, unknown>> = who) => (typeof from[name] === 'string' ? from[name] : '')
  const named = (from?: Readonly<Record<string, unknown>>) =>
    ['surname', 'name', 'patronymic']
      .map((part) => word(part, from))
      .filter(Boolean)
      .join(' ')
  const other = who.representative
  const isOther = typeof other === 'object' && other !== null
  return [
    {
      key: t('signing.field.applicant'),
      value: lines([
        named(),
        t('signing.iin', { iin: word('iin') }),
        ...[word('position'), word('workplace')].filter(Boolean),
        ...('contacts' in statement && statement.contacts !== undefined ? [statement.contacts] : []),
        ...(asks === null ? [] : [<Said text={asks} />]),
        ...(isOther ? [t('signing.byRepresentative', { name: named({ ...other }) })] : []),
      ]),
    },
  ]
}

/** What the papers of the decision say beside it. */
function ofPapers(statement: Statement, t: ReturnType<typeof useSpeech>['t']) {
  if (!saysPapers(statement)) return []
  const { complaint, papers } = statement
  const { body, term, order } = complaint ?? {}
  return [
    { key: t('signing.field.submitted'), value: <Moment at={statement.submitted} /> },
    complaint !== null && {
      key: t('signing.field.complaint'),
      value: lines([body, term, order].flatMap((text) => (text === undefined ? [] : [<Said text={text} />]))),
    },
    papers.length > 0 && {
      key: t('signing.field.papers'),
      value: papers.map(({ title, clause }) => (
        <p>
          <Said text={title} /> <Clause number={clause} />
        </p>
      )),
    },
  ]
}

const Moment = ({ at }: { at: string }) => <>{useSpeech().dateTime(at)}</>

const Documents = ({ statement }: { statement: Statement }) => {
  const { t, language } = useSpeech()
  return (
    <ul class="govuk-list">
      {statement.documents.map(({ title, presented, pages, count }) => (
        <li>
          {t('signing.document', { title: pickText(title, language).text, presented: t(`steps.presented.${presented}`), pages, count })}
        </li>
      ))}
    </ul>
  )
}

const Findings = ({ statement }: { statement: Statement }) => {
  const { t } = useSpeech()
  const wrong = statement.findings.filter(({ ok }) => !ok)
  if (wrong.length === 0) return <>{t('signing.findingsNone')}</>
  return (
    <ul class="govuk-list">
      {wrong.map(({ title, fact }) => (
        <li>
          <Said text={title} />: {fact ?? ''}
        </li>
      ))}
    </ul>
  )
}

const Answer = ({ answer }: { answer: 'result' | 'refusal' }) => {
  const { t } = useSpeech()
  return <Tag text={t(`lists.several.${answer}`)} classes={answer === 'result' ? 'govuk-tag--green' : 'govuk-tag--red'} />
}

const Ground = ({ ground: { title, clause, of, fact, remedy } }: { ground: StatedGround }) => {
  const { t } = useSpeech()
  return (
    <div class="q-several__ground">
      <p>
        <Said text={title} /> {clause === '' ? null : <Clause number={clause} />}
      </p>
      <p>
        <strong>{t('lists.several.fact')}:</strong> {of === undefined ? null : <Said text={of} />}
        {of === undefined ? '' : ': '}
        <Said text={fact} />
      </p>
      <p>
        <strong>{t('lists.several.remedy')}:</strong> <Said text={remedy} />
      </p>
    </div>
  )
}
