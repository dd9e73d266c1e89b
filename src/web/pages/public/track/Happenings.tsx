import type { HistoryEvent } from '../../../components/history/history.tsx'
import { History } from '../../../components/history/history.tsx'
import type { Frame } from '../../../layout/Page.tsx'
import { Cited, Section, said } from '../local.tsx'
import type { Happened } from './happened.ts'
import type { TrackView } from './TrackPage.tsx'

const shownAtOnce = 5

/** Newest first; what is older opens below. */
export const Happenings = ({ view, frame }: { view: TrackView; frame: Frame }) => {
  const { t } = frame.speech
  const all = view.happened.map((one, index) => eventOf(one, view.happened[index - 1], view, frame)).reverse()
  const few = all.length <= shownAtOnce + 2
  const older = few ? [] : all.slice(shownAtOnce)
  return (
    <Section id="happened" title={t('public.track.happened')}>
      <History events={few ? all : all.slice(0, shownAtOnce)} />
      {older.length > 0 ? (
        <details class="q-why">
          <summary>{t('public.track.older', { count: older.length })}</summary>
          <History events={older} />
        </details>
      ) : null}
    </Section>
  )
}

/** The organisation is said where it changes: a dozen lines of one office need its name once. */
function eventOf(one: Happened, before: Happened | undefined, view: TrackView, frame: Frame): HistoryEvent {
  const { t } = frame.speech
  const role = one.role?.kk === one.what?.kk ? null : one.role
  const organisation = one.organisation?.kk === before?.organisation?.kk ? null : one.organisation
  const by = [role, organisation].flatMap((text) => (text ? [said(text, frame)] : []))
  return {
    what: t(`public.happened.${one.code}`, { what: one.what ? said(one.what, frame) : '' }),
    at: one.at,
    ...(by.length > 0 ? { by: by.join(', ') } : {}),
    ...(one.clause === null ? {} : { children: <Cited clause={one.clause} general={view.general} /> }),
    ...(one.corrected ? { corrected: true } : {}),
  }
}
