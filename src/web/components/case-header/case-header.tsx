import type { Child } from 'hono/jsx'
import { useSpeech } from '../speech.ts'
import { Tag } from '../tag/tag.tsx'

export interface CaseHeaderProps {
  number: string
  applicant: string
  /** Masked already: lists and headers never get the whole number unless the role may see it. */
  iin?: string
  service?: Child
  regulation?: Child
  channel?: Child
  receivedAt?: string
  /** Who has the papers. */
  holder?: Child
  /** Who acts next. */
  next?: Child
  state?: { text: string; classes?: string }
  /** Usually a `<Deadline>`. */
  deadline?: Child
}

const Fact = ({ term, children }: { term: string; children?: Child }) =>
  children ? (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  ) : null

export const CaseHeader = (props: CaseHeaderProps) => {
  const { t, dateTime } = useSpeech()
  return (
    <div class="q-case">
      <div class="q-case__title">
        <h1 class="govuk-heading-l">{t('components.caseHeader.case', { number: props.number })}</h1>
        {props.state ? <Tag text={props.state.text} classes={props.state.classes} /> : null}
      </div>
      <dl class="q-facts q-facts--row">
        <Fact term={t('components.caseHeader.applicant')}>{props.applicant}</Fact>
        <Fact term={t('components.caseHeader.iin')}>{props.iin ? <span class="q-number">{props.iin}</span> : null}</Fact>
        <Fact term={t('components.caseHeader.received')}>{props.receivedAt ? dateTime(props.receivedAt) : null}</Fact>
        <Fact term={t('components.deadline.due')}>{props.deadline}</Fact>
        <Fact term={t('components.caseHeader.next')}>{props.next}</Fact>
        <Fact term={t('components.caseHeader.holder')}>{props.holder}</Fact>
        <Fact term={t('components.caseHeader.channel')}>{props.channel}</Fact>
        <Fact term={t('components.caseHeader.service')}>{props.service}</Fact>
        <Fact term={t('components.caseHeader.regulation')}>{props.regulation}</Fact>
      </dl>
    </div>
  )
}
