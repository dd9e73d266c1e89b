import type { Child } from 'hono/jsx'
import { Clause, type ClauseProps } from '../clause/clause.tsx'
import { classes } from '../common.ts'
import { Key } from '../keys/keys.tsx'
import { Radios } from '../radios/radios.tsx'
import { useSpeech } from '../speech.ts'
import { Tag } from '../tag/tag.tsx'
import { Textarea } from '../textarea/textarea.tsx'

/** Words in both languages of paper. */
export interface Printed {
  readonly kk: string
  readonly ru: string
}

/** What one key brings into a refusal, as papers print it; `fact` is null where the examiner says it in their own words. */
export interface ReasonWords {
  readonly ground: Printed
  readonly clause: Printed
  readonly fact: Printed | null
  readonly remedy: Printed
}

export interface ReasonChoice {
  readonly code: string
  readonly text: string
  /** The ground that it gives, where `text` is the fact. */
  readonly ground?: string
}

interface Field {
  readonly value: string
  readonly error?: string | undefined
}

export interface ExaminedDocument {
  /** The document's code; its fields are `<name>.<code>.ok`, `.reason`, `.fact`, `.remedy`. */
  readonly code: string
  readonly title: string
  readonly printed: Printed
  readonly clause: ClauseProps
  readonly tag?: { readonly text: string; readonly classes?: string } | undefined
  /** What lies here of it: original or copy, sheets, until when. */
  readonly seen?: Child
  /** Absent where it is a defect already. */
  readonly finding?: Field | undefined
  readonly reason: Field & { readonly choices: readonly ReasonChoice[] }
  readonly fact: Field
  /** Absent where this step only finds and another refuses. */
  readonly remedy?: Field | undefined
  /** The check box of the same form by which it is handed in: without its tick nothing is examined. */
  readonly handedInBy?: string
}

export interface ExaminationProps {
  readonly documents: readonly ExaminedDocument[]
  readonly words: Readonly<Record<string, ReasonWords>>
  readonly language: 'kk' | 'ru'
  readonly name?: string
  /** Codes that "all conform" set: they can be taken back. */
  readonly setAtOnce?: string
  readonly autofocus?: boolean
}

/**
 * Documents held against the Standard one by one: 1 conforms, 2 has a defect, then the digit of the reason; the focus goes on by itself
 * after a digit. The words of a reason fill fact and remedy, which stay open to other words.
 */
export const Examination = (props: ExaminationProps) => {
  const { t } = useSpeech()
  const { documents, words, language, name = 'findings', setAtOnce = '', autofocus } = props
  const judges = documents.some(({ finding }) => finding)
  return (
    <div class="q-examination" data-examination={name} data-language={language} data-words={JSON.stringify(words)}>
      {judges ? (
        <div class="q-examination__all">
          <button class="govuk-button govuk-button--secondary" type="submit" name="_all" value="conform" formnovalidate data-key="a">
            {t('deciding.allConform')} <Key name="a" />
          </button>
          <button
            class="govuk-button govuk-button--secondary"
            type="submit"
            name="_all"
            value="undo"
            formnovalidate
            data-key="z"
            hidden={setAtOnce === ''}
          >
            {t('deciding.undo')} <Key name="z" />
          </button>
          <input type="hidden" name="_allSet" value={setAtOnce} />
          <p class="govuk-hint q-examination__how">{t('deciding.how')}</p>
        </div>
      ) : null}
      <ol class="q-examination__list">
        {documents.map((document, index) => (
          <Document document={document} name={name} autofocus={autofocus === true && index === 0} />
        ))}
      </ol>
    </div>
  )
}

const Document = ({ document, name, autofocus }: { document: ExaminedDocument; name: string; autofocus: boolean }) => {
  const { code, finding, title, clause, tag, printed } = document
  const of = `${name}.${code}`
  const hasError = [finding, document.reason, document.fact, document.remedy].some((field) => field?.error)
  return (
    <li
      class={classes('q-examined', !finding && 'q-examined--found', hasError && 'q-examined--error')}
      data-examined={code}
      data-title-kk={printed.kk}
      data-title-ru={printed.ru}
      data-handed-in-by={document.handedInBy}
    >
      <div class="q-examined__what">
        <strong class="q-examined__title">{title}</strong> <Clause {...clause} />
        {tag ? (
          <>
            {' '}
            <Tag {...tag} />
          </>
        ) : null}
        {document.seen ? <div class="q-examined__seen">{document.seen}</div> : null}
      </div>
      {finding ? <Finding of={of} title={title} finding={finding} autofocus={autofocus} /> : null}
      <Defect of={of} document={document} autofocus={autofocus && !finding} />
    </li>
  )
}

const Finding = ({ of, title, finding, autofocus }: { of: string; title: string; finding: Field; autofocus: boolean }) => {
  const { t } = useSpeech()
  const item = (value: 'yes' | 'no', key: string, first: boolean) => ({
    value,
    text: (
      <>
        <Key name={key} /> {t(`steps.finding.${value}`)}
      </>
    ),
    attributes: first && autofocus ? { autofocus } : {},
  })
  return (
    <Radios
      name={`${of}.ok`}
      value={finding.value}
      classes="govuk-radios--small govuk-radios--inline"
      fieldset={{
        legend: { text: `${t('steps.field.finding')} – ${title}`, classes: 'govuk-visually-hidden' },
        attributes: { 'data-keys': 'choice', 'data-finding': true },
      }}
      errorMessage={finding.error}
      formGroup={{ classes: 'q-examined__finding' }}
      items={[item('yes', '1', true), item('no', '2', false)]}
    />
  )
}

const Defect = ({ of, document, autofocus }: { of: string; document: ExaminedDocument; autofocus: boolean }) => {
  const { t } = useSpeech()
  const { reason, fact, remedy, title } = document
  const about = <span class="govuk-visually-hidden"> – {title}</span>
  return (
    <div class="q-defect">
      <Radios
        name={`${of}.reason`}
        value={reason.value}
        classes="govuk-radios--small q-defect__reasons"
        fieldset={{
          legend: {
            text: (
              <>
                {t('deciding.reason')}
                {about}
              </>
            ),
            classes: 'govuk-fieldset__legend--s',
          },
          attributes: { 'data-keys': 'choice', 'data-reason': true },
        }}
        errorMessage={reason.error}
        items={reason.choices.map(({ code, text, ground }, index) => ({
          value: code,
          text: (
            <>
              {index < 9 ? <Key name={String(index + 1)} /> : null} {text}
              {ground ? <span class="q-defect__ground">{ground}</span> : null}
            </>
          ),
          attributes: autofocus && index === 0 ? { autofocus } : {},
        }))}
      />
      <div class="q-defect__words">
        {[{ part: 'fact', field: fact } as const, { part: 'remedy', field: remedy } as const].map(({ part, field }) =>
          field ? (
            <Textarea
              name={`${of}.${part}`}
              rows={3}
              label={{
                text: (
                  <>
                    {t(`steps.field.${part}`)}
                    {about}
                  </>
                ),
                classes: 'govuk-label--s',
              }}
              value={field.value}
              errorMessage={field.error}
            />
          ) : null,
        )}
      </div>
    </div>
  )
}
