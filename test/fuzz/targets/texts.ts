import { readLawFiles } from '../../../src/desk/lawFiles.ts'
import { readFilter } from '../../../src/desk/lists/workFilter.ts'
import { soughtBy } from '../../../src/desk/search.ts'
import { openStatutes } from '../../../src/desk/statutes.ts'
import { foldForSearch, mixedScript, repairScript } from '../../../src/language/fold.ts'
import { fromKazakhKeys } from '../../../src/language/keyboard.ts'
import { loadLanguages } from '../../../src/language/load.ts'
import { soundsMeant } from '../../../src/language/sound.ts'
import { createTranslator } from '../../../src/language/translator.ts'
import { parseBin, parseIin } from '../../../src/law/identifiers.ts'
import { maskEmail, maskPhone, readEmail, readPhone } from '../../../src/notices/address.ts'
import { deadlineBatchLine } from '../../../src/time/batch.ts'
import { readDay } from '../../../src/web/forms/fields.ts'
import { wishOf } from '../../../src/web/pages/public/demo/clock.ts'
import { readNumber, readReceipt } from '../../../src/web/pages/public/track/receipt.ts'
import { answer } from '../../../src/web/pages/public/why/question.ts'
import { scannedNumber } from '../../../src/web/pages/staff/round/scanned.ts'
import { localPath } from '../../../src/web/paths.ts'
import { csvStream } from '../../../src/web/sheets/sheet.ts'
import { mutateJson, mutateText, shreds } from '../mutate.ts'
import type { Target } from '../target.ts'

const typed = [
  '075-191014-48213-4', '0751910144821 34', 'http://127.0.0.1:8080/t/075-191014-48213-4/K7XQ-2M4P', '850412499913', '8213', 'Үлгібаева Айгүл', 'ulgibaeva',
  'әәі-', '"әіңғ,.үұқ', '14.10.2019', '2019-10-14', '+7 700 000 00 00', 'a.ulgibaeva@mail.kz', '/work?due=late&whose=mine', '//elsewhere.example', 'Іңкәр-Қыз',
] // biome-ignore format: samples read better in lines

/** What somebody types, pastes or scans into a field: read into something, or into nothing. */
const typedTarget: Target = {
  name: 'typed',
  weight: 18,
  limitMs: 2000,
  open: async () => ({
    make: (chance) => [Buffer.from(mutateText(chance, chance.pick(typed), [...typed, ...shreds]))],
    run: ([bytes]) => {
      const text = String(bytes)
      const read = [
        soughtBy,
        scannedNumber,
        fromKazakhKeys,
        soundsMeant,
        foldForSearch,
        mixedScript,
        repairScript,
        parseIin,
        parseBin,
        readNumber,
        readDay,
        localPath,
      ]
      for (const one of read) one(text)
      readReceipt(text, text)
      const [phone, email] = [readPhone(text), readEmail(text)]
      if (phone !== null) maskPhone(phone)
      if (email !== null) maskEmail(email)
      readFilter((name) => new URLSearchParams(text).get(name))
      wishOf(new URLSearchParams(text))
      const led = localPath(text)
      if (led !== undefined && !/^\/(?![/\\])/.test(led)) throw new Error('an address leads elsewhere')
    },
  }),
}

const csvTarget: Target = {
  name: 'csv',
  weight: 3,
  limitMs: 2000,
  open: async () => ({
    make: (chance) =>
      Array.from({ length: 1 + chance.below(4) }, () =>
        Buffer.from(mutateText(chance, chance.pick(typed), [...shreds, '=1+1', '@x', '\r\n"'])),
      ),
    run: async (parts) => {
      const cells = parts.map(String)
      async function* pieces() {
        yield [cells]
      }
      const text = Buffer.concat(await Array.fromAsync(csvStream({ name: 'x', head: [], pieces: pieces() }, ';')))
        .toString()
        .slice(1)
      const [, row = []] = readCsv(text)
      if (row.length !== cells.length) throw new Error('a cell became two, or two one')
      for (const [place, cell] of row.entries()) {
        if (/^[=+\-@\t\r]/.test(cell)) throw new Error('a cell is a formula')
        if (cell.replace(/^'(?=[=+\-@\t\r])/, '') !== cells[place]) throw new Error('a cell is not what was written')
      }
    },
  }),
}

/** A reader of RFC 4180 by itself, with the semicolon as separator. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n|$)/gy
  for (let found = cell.exec(text); found !== null && cell.lastIndex <= text.length; found = cell.exec(text)) {
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '\r\n') rows.push([])
    if (cell.lastIndex === text.length) break
  }
  return rows
}

const line = {
  id: '1',
  unit: 'wd',
  value: 5,
  receivedAt: '2019-10-14T10:15:00+06:00',
  zone: 'Asia/Almaty',
  receiver: 'corporation',
  performer: 'provider',
}
const question = {
  region: 'almaty',
  value: '5',
  unit: 'wd',
  receiver: 'provider',
  performer: 'corporation',
  date: '2019-10-14',
  time: '10:15',
  clause: '8.1',
}

/** Questions for a due date: by lines of JSON on the command line, and by the fields of a page. */
const deadlineTarget: Target = {
  name: 'deadline',
  weight: 4,
  limitMs: 3000,
  open: async ({ regulations }) => {
    const statutes = openStatutes(
      await readLawFiles(regulations),
      () => undefined,
      async () => null,
    )
    const t = createTranslator(loadLanguages(new URL('../../../src/language/', import.meta.url).pathname).kk, 'kk')
    return {
      make: (chance) => [
        Buffer.from(
          chance.oneIn(2)
            ? (JSON.stringify(mutateJson(chance, line)) ?? 'null')
            : mutateText(chance, JSON.stringify(chance.pick([line, question]))),
        ),
      ],
      run: ([bytes]) => {
        const value = jsonOf(String(bytes))
        const said = deadlineBatchLine(value, statutes.world, t)
        if (typeof JSON.stringify(said) !== 'string') throw new Error('no answer')
        const fields =
          typeof value === 'object' && value !== null
            ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
            : {}
        answer(fields, statutes.library, statutes.world)
      },
    }
  },
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const textTargets: readonly Target[] = [typedTarget, csvTarget, deadlineTarget]
