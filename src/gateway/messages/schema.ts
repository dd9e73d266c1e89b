import { z } from 'zod'
import { payload } from './payload.ts'

/** The payload for whoever writes the other side: JSON Schema 2020-12, with a line feed at the end. */
export function messageSchema(): string {
  const schema = z.toJSONSchema(payload, { target: 'draft-2020-12', io: 'input' })
  return `${JSON.stringify({ title: 'qyzmet.message/1', ...schema }, null, 2)}\n`
}
