import { z } from 'zod'
import type { Ledger } from '../../ledger/ledger.ts'
import type { NoticeLine, NoticeLog } from '../../notices/log.ts'

/** To whom and what, as it was handed to the carrier. */
const shape = z.object({ to: z.string(), subject: z.string().optional(), body: z.string() })
export type Said = z.infer<typeof shape>

/** A line of the channel log with its words; null once they were destroyed with the case. */
export interface ToldNotice extends NoticeLine {
  readonly words: Said | null
}

/** What an applicant was told, for those who may see the case. Whoever asks has already left a row in the journal for the case itself. */
export interface NoticeBook {
  ofCase(home: number, caseNumber: string): Promise<ToldNotice[]>
}

export const noticeBook = (log: NoticeLog, files: Ledger['files']): NoticeBook => ({
  ofCase: async (home, number) =>
    Promise.all((await log.ofCase(home, number)).map(async (line) => ({ ...line, words: await openSaid(files, line) }))),
})

export async function openSaid(files: Ledger['files'], { home, case: number, said }: NoticeLine): Promise<Said | null> {
  const bytes = await files.get(home, number, said)
  return bytes === null ? null : shape.parse(JSON.parse(new TextDecoder().decode(bytes)))
}
