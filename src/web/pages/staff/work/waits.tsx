import { z } from 'zod'
import type { Json } from '../../../../ledger/ledger.ts'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'

const shape = z.object({ for: z.enum(['register', 'gateway']), since: z.string(), down: z.string().nullable() })

/** In a list: for whose answer the work waits and since when, or since when there is none. Without the year: nobody waits that long. */
export const WaitsTag = ({ waits }: { waits: Json | undefined }) => {
  const { t, shortDateTime } = useSpeech()
  const read = shape.safeParse(waits)
  if (!read.success) return null
  const { down, since } = read.data
  const at = shortDateTime(down ?? since).replace(/[./]\d{4}/, '')
  return (
    <>
      {' '}
      <Tag
        text={t(`pages.work.waits.${down === null ? read.data.for : 'down'}`, { at })}
        classes={down === null ? 'govuk-tag--blue' : 'govuk-tag--orange'}
      />
    </>
  )
}
