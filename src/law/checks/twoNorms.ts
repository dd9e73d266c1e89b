import { type Check, inRegulation } from '../bundle.ts'

/** Two norms for one step (Almaty's clauses 5 and 8): the file must say by a reading which one is followed. */
export const twoNorms: Check = (bundle) =>
  bundle.regulation.value.steps.flatMap((step, index) =>
    step.norms.length < 2 || step.readings.length > 0
      ? []
      : step.norms.slice(1).map(({ clause }, norm) =>
          inRegulation(bundle, ['steps', index, 'norms', norm + 1], 'twoNorms', {
            params: { step: step.id },
            clause,
            severity: 'warning',
          }),
        ),
  )
