import type { FormReader } from '../../../forms/fields.ts'

/** From which day to which a role holds; the last day may be left open. */
export function readRoleDays(reader: FormReader): { from: string; until?: string } {
  const from = reader.day('from', 'admin.field.from', true) ?? ''
  const until = reader.day('until', 'admin.field.until', false)
  return until === undefined ? { from } : { from, until: notBefore(reader, from, until) }
}

/** Both days of it must be said: whoever acts for another does so until a day. */
export function readActingDays(reader: FormReader): { from: string; until: string } {
  const from = reader.day('from', 'admin.field.from', true) ?? ''
  const until = reader.day('until', 'admin.field.until', true) ?? ''
  return { from, until: notBefore(reader, from, until) }
}

function notBefore(reader: FormReader, from: string, until: string): string {
  if (from !== '' && until !== '' && until < from) reader.problem('until', 'wrong', { label: 'admin.field.until' })
  return until
}

export const readOrder = (reader: FormReader): { number: string; date: string } => ({
  number: reader.required('order.number', 'admin.field.orderNumber', 50),
  date: reader.day('order.date', 'admin.field.orderDate', true) ?? '',
})
