import { type Check, inRegulation } from '../bundle.ts'
import { problemAt } from '../problem.ts'

/** The Standard lies beside the regions of its service, and has the edition on which the regulation rests. */
export const standardEdition: Check = (bundle) => {
  const { value } = bundle.regulation
  const { standard } = bundle
  if (!standard) return [inRegulation(bundle, ['standard'], 'noStandard', { params: { path: `${value.service}/standard.yaml` } })]
  const { source, value: found } = standard
  const known = found.editions.map(({ id }) => id)
  return [
    ...(found.service === value.service
      ? []
      : [problemAt(source, ['service'], 'otherPlace', { params: { key: 'service', value: found.service, wanted: value.service } })]),
    ...(known.includes(value.standard)
      ? []
      : [inRegulation(bundle, ['standard'], 'unknownStandardEdition', { params: { edition: value.standard, known: known.join(', ') } })]),
  ]
}
