import type { Language } from '../../../language/messages.ts'
import { useSpeech } from '../speech.ts'

export interface PaperLinkProps {
  href: string
  title: string
  languages?: readonly Language[]
  pages?: number
  issuedAt?: string
  /** A reissue is marked as a copy. */
  copy?: boolean
}

export const PaperLink = (props: PaperLinkProps) => {
  const { t, list, dateTime } = useSpeech()
  const facts = [
    t('components.paper.pdf'),
    ...(props.languages?.length ? [list(props.languages.map((language) => t(`components.paper.language.${language}`)))] : []),
    ...(props.pages ? [t('common.pages', { count: props.pages })] : []),
    ...(props.issuedAt ? [dateTime(props.issuedAt)] : []),
  ]
  return (
    <p class="q-paper">
      <a class="govuk-link q-paper__link" href={props.href} type="application/pdf">
        {props.title}
        {props.copy ? ` (${t('components.paper.copy')})` : ''}
      </a>
      <span class="q-paper__facts">{facts.join(' · ')}</span>
    </p>
  )
}
