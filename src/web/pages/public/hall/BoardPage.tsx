import type { Organisation } from '../../../../people/model.ts'
import type { Board } from '../../../../queue/queue.ts'
import { QueueBoard } from '../../../components/queue-board/queue-board.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Say } from '../local.tsx'

export const BoardPage = ({ frame, branch, board }: { frame: Frame; branch: Organisation; board: Board }) => {
  const { t } = frame.speech
  const href = `/hall/${branch.id}/board`
  return (
    <Page frame={onTheWall(frame)} title={t('public.hall.board')}>
      <h1 class="govuk-heading-m">
        <Say text={branch.name} />
      </h1>
      <QueueBoard board={board} refreshHref={href} />
      <p class="govuk-body q-noprint">
        <a class="govuk-link" href={href}>
          {t('public.hall.refresh')}
        </a>
      </p>
    </Page>
  )
}

/** A screen on a wall has nobody who could sign in or search at it. */
const onTheWall = ({ viewer: _viewer, navigation: _navigation, searchAction: _search, signInHref: _signIn, ...frame }: Frame): Frame =>
  frame
