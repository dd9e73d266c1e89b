import { createHash } from 'node:crypto'
import { readLawFiles } from '../../../src/desk/lawFiles.ts'
import { viewsOfEvents } from '../../../src/desk/views.ts'
import { parseManifest } from '../../../src/ledger/backup/manifest.ts'
import { canonical } from '../../../src/ledger/canonical.ts'
import { lawTexts } from '../../../src/ledger/law.ts'
import { openDatabase } from '../../../src/ledger/postgres/database.ts'
import { exportLedger } from '../../../src/ledger/transfer/export.ts'
import { ImportRefused, importLedger } from '../../../src/ledger/transfer/import.ts'
import { movedTables } from '../../../src/ledger/transfer/tables.ts'
import { viewNames } from '../../../src/ledger/views/rows.ts'
import { openOffice } from '../../desk/office.ts'
import { dropDatabase, testKeyRing as keyRing, newDatabase } from '../../ledger/database.ts'
import { mutateJson, mutateText } from '../mutate.ts'
import type { Target } from '../target.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * An export that somebody gives us: its digest tells slips, not malice, so it is made to fit again after three changes of four. What is wrong is
 * refused by a name, and nothing of it stays.
 */
const importTarget: Target = {
  name: 'import',
  weight: 1,
  limitMs: 20_000,
  open: async (room) => {
    const { office, close } = await openOffice({ files: await readLawFiles(room.regulations) })
    await office.walk('almaty', 'office', 'signAnswer')
    const { ledger, statutes } = office
    const lines = (await Array.fromAsync(exportLedger(ledger.database, { keyRing }))).join('').split('\n').filter(Boolean)
    const rowsOf = viewsOfEvents(statutes, await lawTexts(ledger.database))
    await close()
    // Texts of the law are long and no parser's matter here: what is read of them is read by the target `law`.
    const places = lines.flatMap((line, place) => (line.startsWith('["law_file"') ? [] : [place]))
    const url = await newDatabase()
    const database = openDatabase({ url })
    return {
      make: (chance) => {
        const place = chance.pick(places)
        const line = lines[place] ?? ''
        const changed = chance.oneIn(3)
          ? mutateText(chance, line, [lines[chance.pick(places)] ?? '']).replaceAll('\n', ' ')
          : (JSON.stringify(deep(chance.oneIn(2), mutateOf)(JSON.parse(line))) ?? 'null')
        function mutateOf(value: unknown) {
          return mutateJson(chance, value)
        }
        return [Buffer.from(String(place)), Buffer.from(changed), Buffer.from(chance.oneIn(4) ? 'as it was' : 'made to fit')]
      },
      run: async ([place, line, digest]) => {
        const body = lines.with(Number(String(place)) % lines.length, String(line))
        if (String(digest) === 'made to fit' && Number(String(place)) !== lines.length - 1)
          body[lines.length - 1] = JSON.stringify({
            ...JSON.parse(lines.at(-1) ?? '{}'),
            sha256: sha256(`${body.slice(0, -1).join('\n')}\n`),
          })
        async function* all() {
          yield* body
        }
        try {
          await importLedger(database, all(), { keyRing, rowsOf })
        } catch (cause) {
          if (!(cause instanceof ImportRefused)) throw cause
          return
        }
        await database.pool.query(`truncate ${[...movedTables.map(({ name }) => name), ...viewNames].join(', ')} cascade`)
      },
      close: async () => {
        await database.close()
        await dropDatabase(url)
      },
    }
  },
}

/** Events are text inside the row: changes go into what that text says, too. */
const deep =
  (within: boolean, mutate: (value: unknown) => unknown) =>
  (line: unknown): unknown => {
    if (!within || !Array.isArray(line) || typeof line[1]?.body !== 'string') return mutate(line)
    const [table, row] = line
    return [table, { ...row, body: canonicalOrNot(mutate(JSON.parse(row.body))) }]
  }

function canonicalOrNot(value: unknown): string {
  try {
    return canonical(value as never)
  } catch {
    return JSON.stringify(value) ?? 'null'
  }
}

const file = { rows: 1, bytes: 10, sha256: 'a'.repeat(64) }
const table = { ...file, table: 'event', columns: ['home', 'case_number'] }
const manifest = {
  format: 'qyzmet-backup', version: 2, madeAt: '2026-11-26T10:00:00Z', server: 'PostgreSQL 18', migrations: { '': 7 }, tables: [table], effects: { ...table, table: 'effect' },
  heads: { cases: 1, events: 2, sha256: 'b'.repeat(64) }, keys: { ...file, unopened: 0 }, salt: 'AAAA', sha256: 'c'.repeat(64), mac: 'd'.repeat(64),
} // biome-ignore format: a sample

const backupTarget: Target = {
  name: 'backup',
  weight: 6,
  limitMs: 2000,
  open: async () => ({
    make: (chance) => [
      Buffer.from(
        chance.oneIn(3) ? mutateText(chance, JSON.stringify(manifest)) : (JSON.stringify(mutateJson(chance, manifest)) ?? 'null'),
      ),
    ],
    run: ([text]) => {
      const read = parseManifest(String(text))
      if (!('reason' in read)) throw new Error('a manifest whose sum does not fit was taken')
    },
  }),
}

export const importTargets: readonly Target[] = [importTarget, backupTarget]
