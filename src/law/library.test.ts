import { describe, expect, it } from 'vitest'
import { checked, filesWith, paths, problemsOf, sound } from './checks/fixture.testing.ts'
import { buildLibrary, recallLibrary } from './library.ts'
import { isInForce } from './model.ts'
import { sha256 } from './source.ts'

describe('a library of sound files', () => {
  const { library, problems } = checked()

  it('stands without a problem', () => {
    expect(problems).toEqual([])
    expect(library?.regulations).toHaveLength(1)
  })

  it('gives the edition in force on a day, its first and last day among them', () => {
    for (const day of ['2018-08-01', '2019-10-14', '2020-02-19']) {
      const law = library?.inForce('courses', 'aqzhar', day)
      expect(law && isInForce(law) && law.regulation.edition).toBe('2018-07-20')
    }
  })

  it('refuses the day after the repeal, naming the act that repealed it', () => {
    expect(library?.inForce('courses', 'aqzhar', '2020-02-20')).toMatchObject({ refused: 'actNotInForce', repealedBy: { number: '55' } })
  })

  it('refuses the day before the first edition without naming a repeal', () => {
    const answer = library?.inForce('courses', 'aqzhar', '2018-07-31')
    expect(answer).toMatchObject({ refused: 'actNotInForce', nearest: { regulation: { edition: '2018-07-20' } } })
    expect(answer).not.toHaveProperty('repealedBy')
  })

  it('binds to the digest of the very text, and finds the law by it', () => {
    const [file] = filesWith()
    const digest = sha256(file?.text ?? '')
    expect(library?.bySha256(digest)?.regulation.id).toBe('aqzhar-courses')
    expect(library?.bySha256(digest)?.files.map(({ path }) => path)).toEqual([paths.regulation, paths.standard, paths.general])
  })

  it('changes the digest of the general law with one letter of one of its files', () => {
    const other = checked((files) => {
      files.general.title.ru = 'Закон.'
    }).library
    expect(other?.regulations[0]?.sha256.general).not.toBe(library?.regulations[0]?.sha256.general)
    expect(other?.regulations[0]?.sha256.regulation).toBe(library?.regulations[0]?.sha256.regulation)
  })

  it('cannot be changed', () => {
    expect(() => {
      Object.assign(library?.regulations[0]?.regulation.steps[0] ?? {}, { actor: 'head' })
    }).toThrow(TypeError)
  })
})

describe('problems of form', () => {
  it('are told all at once, each with its place', () => {
    const { library, problems } = checked((files) => {
      files.regulation.steps[0].norms[0].value = '15 min'
      files.regulation.steps[1].tilte = { kk: 'а', ru: 'б' }
      files.regulation.steps[2].clauses[0] = 8.1
      files.standard.editions[0].documents[0].presented = 'orignal'
      delete files.examples.examples[0].given.iin
    })
    expect(library).toBeUndefined()
    expect(problems.map(({ code, file, path }) => [file, path, code])).toEqual([
      [paths.examples, 'examples[0].given.iin', 'missing'],
      [paths.regulation, 'steps[0].norms[0].value', 'type.number'],
      [paths.regulation, 'steps[1].tilte', 'unknownKeyMeant'],
      [paths.regulation, 'steps[2].clauses[0]', 'quoteIt'],
      [paths.standard, 'editions[0].documents[0].presented', 'notOneOfMeant'],
    ])
    expect(problems.map(({ params }) => params.near).filter(Boolean)).toEqual(['title', 'original'])
  })

  it('name the line and the column of the key', () => {
    const files = filesWith((each) => {
      each.regulation.steps[0].norms[0].value = -1
    })
    const [problem] = buildLibrary(files).problems
    const line = files[0]?.text.split('\n')[(problem?.line ?? 0) - 1] ?? ''
    expect(line.slice((problem?.column ?? 0) - 1)).toBe('value: -1')
  })

  it('speak of the variant that was meant', () => {
    expect(
      problemsOf((files) => {
        files.regulation.steps[4].outcomes.done = { title: { kk: 'а', ru: 'б' }, end: 'served', nxt: 'give' }
      }),
    ).toEqual(['unknownKeyMeant steps[4].outcomes.done.nxt'])
  })

  it('reject an act that does not exist', () => {
    const [problem] = checked((files) => {
      files.regulation.steps[1].does[0].act = 'registr'
    }).problems
    expect(problem).toMatchObject({ code: 'notOneOfMeant', params: { near: 'register' } })
  })

  it('reject a day that does not exist', () => {
    expect(
      problemsOf((files) => {
        files.regulation.act.date = '2016-02-30'
      }),
    ).toContain('badDate act.date')
  })

  it('of syntax stop at that file and name the line', () => {
    const files = filesWith().map((file) => (file.path === paths.general ? { ...file, text: 'format: qyzmet.law/1\n\tid: x\n' } : file))
    expect(buildLibrary(files).problems).toMatchObject([{ code: 'yamlTab', file: paths.general, line: 2 }])
  })

  it('tell a repeated key together with the rest', () => {
    const files = filesWith((each) => {
      each.general.id = 'a b'
    }).map((file) => (file.path === paths.general ? { ...file, text: `${file.text}format: qyzmet.law/1\n` } : file))
    expect(buildLibrary(files).problems.map(({ code }) => code)).toEqual(['badCode', 'duplicateKey'])
  })

  it('do not hide problems of sense elsewhere in the file', () => {
    const found = problemsOf((files) => {
      files.regulation.steps[0].norms[0].unit = 'hours'
      files.regulation.steps[3].actor = 'head'
    })
    expect(found).toContain('notOneOf steps[0].norms[0].unit')
    expect(found).toContain('unknownRole steps[3].actor')
  })
})

it('a file in a strange place is a problem', () => {
  expect(buildLibrary([...filesWith(), { path: 'courses/notes.yaml', text: 'a: 1' }]).problems).toMatchObject([{ code: 'strangePlace' }])
})

it('examples without their regulation are a problem', () => {
  const files = filesWith().filter(({ path }) => path !== paths.regulation)
  expect(buildLibrary(files).problems.map(({ code }) => code)).toContain('examplesOfNothing')
})

it('the sound files are sound by type, too', () => {
  expect(sound.regulation.steps).toHaveLength(5)
})

it('an alias is a problem with its place, whether or not it leads somewhere', () => {
  const files = filesWith().map((file) => (file.path === paths.general ? { ...file, text: `${file.text}rights: *many\n` } : file))
  const last = files.find(({ path }) => path === paths.general)?.text.split('\n').length ?? 0
  expect(buildLibrary(files).problems).toMatchObject([{ code: 'yamlAlias', line: last - 1, column: 9, params: { detail: '*many' } }])
})

it('law under which cases were decided is read again in spite of rules of drafting that came later', () => {
  const files = filesWith(({ regulation }) => {
    regulation.roles.head = regulation.roles.clerk
  })
  expect(buildLibrary(files).library).toBeUndefined()
  expect(recallLibrary(files).library?.regulations).toHaveLength(1)
})
