import type { Law } from '../../../../law/model.ts'
import { useSpeech } from '../../../components/speech.ts'
import { Act } from './Act.tsx'
import { lifeOf } from './life.ts'

/** The life of a regulation from act to act, with the day that was asked about in its place: which edition held then, and why. */
export const LifeLine = ({ editions, on }: { editions: readonly Law[]; on: string }) => {
  const { t, date } = useSpeech()
  return (
    <ol class="q-life" aria-label={t('proofs.life')}>
      {lifeOf(editions, on).map((one) => (
        <li class={`q-life__mark q-life__mark--${one.kind}`} aria-current={one.kind === 'today' ? 'date' : undefined}>
          <time class="q-life__date" datetime={one.date}>
            {date(one.date)}
          </time>
          <span>
            {t(`proofs.mark.${one.kind}`)}
            {one.act ? (
              <>
                : <Act of={one.act} />
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}
