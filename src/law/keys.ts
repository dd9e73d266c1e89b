import type { z } from 'zod'
import type { Path } from './problem.ts'

/** The part of zod's own description of a schema on which we rely. */
interface Def {
  readonly type: string
  readonly innerType?: z.core.$ZodType
  readonly element?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
}
const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def // zod types each kind apart; we read them by `type`

/** Objects that may stand where the schema stands: options, defaults and unions opened. */
const open = (schema: z.core.$ZodType): z.core.$ZodType[] => {
  const { innerType, options } = defOf(schema)
  if (options) return options.flatMap(open)
  return innerType ? open(innerType) : [schema]
}

const into = (schema: z.core.$ZodType, part: string | number): z.core.$ZodType[] => {
  const { element, valueType, shape } = defOf(schema)
  const next = shape?.[String(part)] ?? (typeof part === 'number' ? element : valueType)
  return next ? open(next) : []
}

/** Keys that the schema allows in the mapping at a path. */
export const keysAt = (schema: z.core.$ZodType, path: Path): string[] => {
  const found = path.reduce((schemas, part) => schemas.flatMap((each) => into(each, part)), open(schema))
  return [...new Set(found.flatMap((each) => Object.keys(defOf(each).shape ?? {})))]
}
