import { classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

interface Printed {
  readonly kk: string
  readonly ru: string
}

/** One ground of a refusal, in the words of the paper. */
export interface PrintedFinding {
  readonly heading: Printed
  readonly ground: Printed
  readonly clause: Printed
  readonly document?: Printed | undefined
  readonly fact: Printed
  readonly remedy: Printed
}

export interface PrintedAnswer {
  readonly title: Printed
  readonly body: Printed
  readonly labels: Readonly<Record<'ground' | 'clause' | 'document' | 'fact' | 'remedy', Printed>>
  readonly findings: readonly PrintedFinding[]
  readonly heading: Printed
  readonly again: Printed | null
  readonly complaint: { readonly heading: Printed; readonly rows: readonly { readonly label: Printed; readonly value: Printed }[] } | null
  readonly asks: { readonly label: Printed; readonly value: Printed } | null
  readonly documents: { readonly heading: Printed; readonly titles: readonly Printed[] } | null
}

export interface AnswerTextProps {
  readonly title: string
  /** Which of the two is shown; `open`: nothing is decided yet. */
  readonly kind: 'open' | 'result' | 'refusal'
  readonly result?: PrintedAnswer
  readonly refusal?: PrintedAnswer
  /** Present where findings are still being made beside: how many documents are left and how many defects lack a reason. */
  readonly standing?: { readonly open: number; readonly unreasoned: number }
}

const languages = ['kk', 'ru'] as const
type Language = (typeof languages)[number]
const parts = ['ground', 'clause', 'document', 'fact', 'remedy'] as const

/** The answer in the words in which it will be printed, Kazakh and Russian, before anybody signs it. */
export const AnswerText = (props: AnswerTextProps) => {
  const { t, language } = useSpeech()
  const { title, standing } = props
  return (
    <section class="q-card q-answer">
      <h2 class="govuk-heading-s">{title}</h2>
      {standing ? <Standing {...standing} /> : null}
      {languages.map((own) => (
        <details class="q-answer__paper" data-answer lang={own} open={own === (language === 'ru' ? 'ru' : 'kk')}>
          <summary>{t(`common.${own}`)}</summary>
          <div class="q-answer__sheet">
            <p data-kind="open" lang={language} hidden={props.kind !== 'open'}>
              {t('deciding.nothingYet')}
            </p>
            {props.result ? (
              <div data-kind="result" hidden={props.kind !== 'result'}>
                <Result text={props.result} own={own} />
              </div>
            ) : null}
            {props.refusal ? (
              <div data-kind="refusal" hidden={props.kind !== 'refusal'}>
                <Refusal text={props.refusal} own={own} />
              </div>
            ) : null}
          </div>
        </details>
      ))}
    </section>
  )
}

/** What an answer still lacks, in one line that changes while findings are made. */
const Standing = ({ open, unreasoned }: { open: number; unreasoned: number }) => {
  const { t } = useSpeech()
  const [left, lacks, whole] = [t('deciding.left'), t('deciding.lacks'), t('deciding.whole')]
  const said = [open > 0 ? `${left} ${open}` : '', unreasoned > 0 ? `${lacks} ${unreasoned}` : ''].filter((part) => part !== '')
  return (
    <p
      class={classes('q-standing', said.length === 0 && 'q-standing--whole')}
      data-standing
      data-left={left}
      data-lacks={lacks}
      data-whole={whole}
    >
      <span data-count aria-live="polite">
        {said.length === 0 ? whole : said.join('. ')}
      </span>
    </p>
  )
}

const Result = ({ text, own }: { text: PrintedAnswer; own: Language }) => (
  <>
    <p class="q-answer__title">{text.title[own]}</p>
    <p>{text.body[own]}</p>
    {text.asks ? (
      <p>
        {text.asks.label[own]}: <strong>{text.asks.value[own]}</strong>
      </p>
    ) : null}
    {text.documents ? (
      <>
        <p class="q-answer__heading">{text.documents.heading[own]}</p>
        <ol>
          {text.documents.titles.map((title) => (
            <li>{title[own]}</li>
          ))}
        </ol>
      </>
    ) : null}
  </>
)

const Refusal = ({ text, own }: { text: PrintedAnswer; own: Language }) => (
  <>
    <p class="q-answer__title">{text.title[own]}</p>
    <p>{text.body[own]}</p>
    <div data-findings>
      {text.findings.map((finding) => (
        <Finding finding={finding} text={text} own={own} />
      ))}
    </div>
    <template>
      <Finding text={text} own={own} />
    </template>
    {text.again ? <p>{text.again[own]}</p> : null}
    {text.complaint ? (
      <>
        <p class="q-answer__heading">{text.complaint.heading[own]}</p>
        <dl class="q-answer__rows">
          {text.complaint.rows.map(({ label, value }) => (
            <div>
              <dt>{label[own]}</dt>
              <dd>{value[own]}</dd>
            </div>
          ))}
        </dl>
      </>
    ) : null}
  </>
)

/** Without a finding it is the model that the checklist's script fills. */
const Finding = ({ finding, text, own }: { finding?: PrintedFinding; text: PrintedAnswer; own: Language }) => {
  const { t } = useSpeech()
  const lacking = t('deciding.lacking')
  return (
    <div class="q-answer__finding">
      <p class="q-answer__heading" data-slot="heading">
        {finding ? finding.heading[own] : text.heading[own]}
      </p>
      <dl class="q-answer__rows">
        {parts.map((part) => {
          const value = finding?.[part]?.[own] ?? ''
          if (finding && part === 'document' && value === '') return null
          return (
            <div>
              <dt>{text.labels[part][own]}</dt>
              <dd data-slot={part} data-lacking={lacking} class={finding && value === '' ? 'q-answer__lacks' : undefined}>
                {finding && value === '' ? lacking : value}
              </dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
