import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadLanguages } from '../language/load.ts'
import { languages } from '../language/messages.ts'
import { createTranslator } from '../language/translator.ts'
import { examples } from './examples.ts'
import { openapi } from './openapi.ts'
import { isRefusalCode, problemCodes } from './problem.ts'
import { routes } from './routes/all.ts'

const described = openapi(routes, '1.0.0', examples())
const text = JSON.stringify(described)

describe('the description', () => {
  it('has every route once, each with its answer and its problems', () => {
    const paths = z
      .record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) })))
      .parse(described.paths)
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    expect(operations.map((o) => o.operationId).sort()).toEqual(routes.map((r) => r.id).sort())
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(routes.length)
    for (const { responses } of operations) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['500', '503']))
  })

  it('refers to no shape that it does not hold', () => {
    const components = z.looseObject({ schemas: z.record(z.string(), z.unknown()) }).parse(described.components)
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, id]) => id ?? ''))
    expect([...referred].filter((id) => !(id in components.schemas))).toEqual([])
    expect(referred.size).toBeGreaterThan(20)
    expect(text).not.toContain('"$defs"')
  })

  it('never describes what only a system gives', () => {
    const { schemas } = z
      .looseObject({ schemas: z.record(z.string(), z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() })) })
      .parse(described.components)
    expect(Object.keys(schemas.StepInput?.properties ?? {})).toContain('application')
    expect(Object.keys(schemas.StepInput?.properties ?? {})).not.toEqual(expect.arrayContaining(['signature']))
    expect(schemas.StepInput?.properties).not.toHaveProperty('answer')
  })

  it('gives samples that fit their shapes', () => {
    for (const [id, { body, answer }] of Object.entries(examples())) {
      const route = routes.find((r) => r.id === id)
      expect(route, id).toBeDefined()
      if (body !== undefined) expect(route?.body?.safeParse(body).error?.message, id).toBeUndefined()
      if (answer !== undefined) expect(route?.answer.schema?.safeParse(answer).error?.message, id).toBeUndefined()
    }
    const silent = routes.filter((r) => r.body !== undefined && examples()[r.id]?.body === undefined)
    expect(silent.map((r) => r.id)).toEqual([])
  })
})

describe('problems', () => {
  const loaded = loadLanguages(`${import.meta.dirname}/../language`)
  it.each(languages)('have words in %s', (language) => {
    const t = createTranslator(loaded[language], language)
    const missing = problemCodes.flatMap((code) =>
      ['title', 'says', 'remedy']
        .map((part) => (isRefusalCode(code) ? `refusal.${code}.${part}` : `api.problem.${code}.${part}`))
        .filter((key) => !t.has(key)),
    )
    expect(missing).toEqual([])
  })
})
