import type { LocalName, Organisation, Staff } from '../../people/model.ts'
import type { CaseFile } from '../outcome.ts'

/** What papers need beyond the case: names, addresses, words. */
export interface PaperSources {
  readonly organisation: (id: string) => Pick<Organisation, 'name' | 'address' | 'phone'> | undefined
  readonly staff: (id: string) => Pick<Staff, 'name' | 'post'> | undefined
  /** The same words in both languages of paper. */
  readonly say: (key: string, params?: Readonly<Record<string, string | number>>) => { kk: string; ru: string }
  /** Why a due date is what it is, line by line. */
  readonly explain: (file: CaseFile, proof: unknown) => { kk: string; ru: string }[]
  /** Opening hours in words. */
  readonly hours: (organisation: string, day: string) => { kk: string; ru: string }
  readonly publicUrl: string
  readonly demonstration: boolean
}

export const both = (text: LocalName | { kk: string; ru?: string | undefined }): { kk: string; ru: string } => ({
  kk: text.kk,
  ru: text.ru ?? text.kk,
})

/** What a person wrote in one language stands once. */
export const asWritten = (text: string) => ({ kk: text, ru: text })
