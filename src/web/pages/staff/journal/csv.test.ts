import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

it('quotes what must be, and lets no cell begin a formula', () => {
  const rows = [
    ['Аты', 'Мәні'],
    ['«Ерке», "қыз"', '=1+1'],
    ['-5', 'екі\nжол'],
  ]
  expect(toCsv(rows)).toBe('\u{feff}Аты,Мәні\r\n"«Ерке», ""қыз""",\'=1+1\r\n\'-5,"екі\nжол"\r\n')
})
