import { type Check, inRegulation } from '../bundle.ts'
import { type Path, type Problem, problemAt } from '../problem.ts'

/** Nothing is registered before it is adopted, in force before its edition, repealed before it begins. */
export const datesInOrder: Check = (bundle) => {
  const { act, edition } = bundle.regulation.value
  const late = (path: Path, earlier: string, later: string | undefined): Problem[] =>
    later === undefined || earlier <= later ? [] : [inRegulation(bundle, path, 'datesInDisorder', { params: { earlier, later } })]
  const { from, until } = act.inForce
  const { standard } = bundle
  return [
    ...late(['act', 'registration', 'date'], act.date, act.registration.date),
    ...late(['act', 'edition', 'date'], act.date, act.edition.date),
    ...late(['act', 'inForce', 'from', 'date'], edition, from.date),
    ...late(['act', 'inForce', 'until', 'date'], from.date, until?.date),
    ...late(['act', 'repealed', 'date'], act.edition.date, act.repealed?.date),
    ...(act.edition.date === edition
      ? []
      : [inRegulation(bundle, ['edition'], 'editionNotOfItsAct', { params: { edition, date: act.edition.date } })]),
    ...(act.repealed && !until ? [inRegulation(bundle, ['act', 'inForce'], 'repealedWithoutEnd')] : []),
    ...(standard?.value.editions ?? []).flatMap(({ from: begins, until: ends }, index) =>
      standard && ends && ends.date < begins.date
        ? [
            problemAt(standard.source, ['editions', index, 'until', 'date'], 'datesInDisorder', {
              params: { earlier: begins.date, later: ends.date },
            }),
          ]
        : [],
    ),
  ]
}
