import type { ExchangeRow } from '../../../../gateway/journal/journal.ts'
import type { Speech } from '../../../../language/speech.ts'

/** A service by its name for people, where it has one; every service of messages is one workstation's. */
export function serviceWords(service: string, { t }: Speech): string {
  const key = `exchanges.service.${service}`
  if (t.has(key)) return t(key)
  return service.startsWith('QYZMET_') ? t('exchanges.service.messages') : service
}

export const outcomeWords = ({ outcome }: Pick<ExchangeRow, 'outcome'>, { t }: Speech): string => {
  const key = `exchanges.outcome.${outcome ?? 'open'}`
  return t.has(key) ? t(key) : (outcome ?? '')
}

const good = new Set(['found', 'notFound', 'accepted', 'delivered', 'taken', 'consented'])

export const outcomeColour = ({ outcome }: Pick<ExchangeRow, 'outcome'>): string =>
  outcome === null ? 'govuk-tag--yellow' : good.has(outcome) ? 'govuk-tag--green' : 'govuk-tag--red'
