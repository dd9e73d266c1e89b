import { type Check, inRegulation } from '../bundle.ts'
import { type Problem, problemAt } from '../problem.ts'

/** The place of a file says what it is: `<service>/<region>/<edition>.yaml`; what stands inside must agree. */
export const filePlace: Check = (bundle) => {
  const { source, value } = bundle.regulation
  const [service = '', region = '', name = ''] = source.path.split('/')
  const expect = (key: 'service' | 'region' | 'edition' | 'id', wanted: string): Problem[] =>
    value[key] === wanted ? [] : [inRegulation(bundle, [key], 'otherPlace', { params: { key, value: value[key], wanted } })]
  const { examples } = bundle
  const beside = (key: 'regulation' | 'edition', wanted: string): Problem[] =>
    !examples || examples.value[key] === wanted
      ? []
      : [problemAt(examples.source, [key], 'otherPlace', { params: { key, value: examples.value[key], wanted } })]
  return [
    ...expect('service', service),
    ...expect('region', region),
    ...expect('edition', name.replace(/\.yaml$/, '')),
    ...expect('id', `${value.region}-${value.service}`),
    ...beside('regulation', value.id),
    ...beside('edition', value.edition),
  ]
}
