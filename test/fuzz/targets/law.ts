import { parse, stringify } from 'yaml'
import { readLawFiles } from '../../../src/desk/lawFiles.ts'
import { codes } from '../../../src/law/codes.ts'
import { buildLibrary, kindOfFile, recallLibrary } from '../../../src/law/library.ts'
import type { LawFile } from '../../../src/law/model.ts'
import { hasErrors } from '../../../src/law/problem.ts'
import { mutateJson, mutateText } from '../mutate.ts'
import type { Target } from '../target.ts'

const known: ReadonlySet<string> = new Set(codes)

/** A file of the law that somebody drafts: whatever stands in it, there is a library, or problems with line, column and a code that has words. */
export const lawTarget: Target = {
  name: 'law',
  weight: 1,
  limitMs: 20_000,
  open: async ({ regulations }) => {
    const files = await readLawFiles(regulations)
    const values = new Map(files.map(({ path, text }) => [path, parse(text) as unknown]))
    const spoilt = (path: string, text: string): LawFile[] => {
      // Beside the file that is spoilt only what it is read with: a whole library costs ten times as much and tells no more.
      const service = path.split('/').slice(0, 2).join('/')
      const kept = files.filter(
        (file) => /^(law\/|regions)/.test(file.path) || file.path.startsWith(service) || file.path.endsWith('/standard.yaml'),
      )
      return kept.map((file) => (file.path === path ? { ...file, text } : file))
    }
    return {
      make: (chance) => {
        const { path, text } = chance.pick(files)
        const changed = chance.oneIn(3)
          ? mutateText(chance, text)
          : stringify(mutateJson(chance, values.get(path)), { aliasDuplicateObjects: chance.oneIn(4) })
        return [Buffer.from(path), Buffer.from(changed)]
      },
      run: ([path, text]) => {
        const place = String(path)
        if (kindOfFile(place) === undefined) return
        const given = spoilt(place, String(text))
        for (const build of [buildLibrary, recallLibrary]) {
          const { library, problems } = build(given)
          if ((library === undefined) !== hasErrors(problems)) throw new Error('a library with errors, or none without')
          for (const { line, column, code } of problems)
            if (!(line > 0 && column > 0 && (code.startsWith('time.') || known.has(code))))
              throw new Error(`a problem without its place: ${code} ${line}:${column}`)
        }
      },
    }
  },
}
