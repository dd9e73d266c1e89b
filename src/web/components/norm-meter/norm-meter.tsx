import { useSpeech } from '../speech.ts'

export interface NormMeterProps {
  /** Seconds of the performer's opening hours since the step could start, by the law's clock. */
  spentSeconds: number
  /** The norm in seconds; undefined where the regulation sets none. */
  limitSeconds?: number
  /** False outside opening hours and after the step: then nothing counts. */
  running?: boolean
  label?: string
  /** What the meter counts on by: the law's time of the page and the open spans from that day on, in milliseconds since 1970. */
  by?: { readonly now: number; readonly spans: readonly (readonly [number, number])[] }
}

/** As the island reads them: minutes since 1970. */
const written = (spans: readonly (readonly [number, number])[]) => spans.map((span) => span.map((at) => at / 60_000).join('-')).join(' ')

/** "12:05", or "1:02:05" from an hour on; the same form the island writes. */
export const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** The time of a step running: words first, a bar beside them; without script it is true for the moment of the page. */
export const NormMeter = (props: NormMeterProps) => {
  const { t, norm } = useSpeech()
  const { spentSeconds: spent, limitSeconds: limit } = props
  if (limit === undefined) {
    return <p class="q-norm q-norm--untimed">{t('components.norm.untimed')}</p>
  }
  const over = spent > limit
  const words = over ? t('components.norm.over', { over: clock(spent - limit) }) : t('components.norm.left', { left: clock(limit - spent) })
  const shownNorm = norm({ value: Math.round(limit / 60), unit: 'min' })
  return (
    <div
      class={over ? 'q-norm q-norm--over' : 'q-norm'}
      data-island="norm-meter"
      data-running={props.running ? 'true' : 'false'}
      data-spent={spent}
      data-now={props.by?.now}
      data-spans={props.by === undefined ? undefined : written(props.by.spans)}
      data-limit={limit}
      data-left-words={t('components.norm.left', { left: '%' })}
      data-over-words={t('components.norm.over', { over: '%' })}
    >
      <progress class="q-norm__bar" max={limit} value={Math.min(spent, limit)} aria-label={props.label ?? t('components.deadline.norm')} />
      <p class="q-norm__words">
        <strong data-norm-words>{words}</strong> <span>{t('components.norm.of', { norm: shownNorm })}</span>
      </p>
      {/* Its place is kept: at lunch it must not push down what is below. */}
      {props.running && props.by === undefined ? null : (
        <p class={props.running ? 'q-norm__paused q-norm__paused--not' : 'q-norm__paused'}>{t('components.norm.paused')}</p>
      )}
    </div>
  )
}
