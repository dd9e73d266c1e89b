import type { Child } from 'hono/jsx'
import { type LocalText, pickText } from '../../../../language/translator.ts'
import type { Regulation } from '../../../../law/schema/regulation.ts'
import type { Step } from '../../../../law/schema/step.ts'
import type { CustodyRow, ListedItem } from '../../../../ledger/ledger.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Live } from '../../../components/live/live.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import type { LeftShown } from '../work/left.ts'
import { writePlace } from '../work/place.ts'

interface Side {
  readonly role: string
  readonly organisation: string
}

/** One thing to be carried. */
export interface Errand {
  readonly item: ListedItem
  readonly law: Regulation
  readonly step: Step
  readonly what: 'package' | 'answer'
  /** Who offers it; undefined where it is in the reader's hands. */
  readonly from: Side | undefined
  /** Who is to have it next; undefined where this step only takes. */
  readonly to: Side | undefined
}

export interface RoundPageProps {
  frame: Frame
  errands: readonly Errand[]
  offered: readonly CustodyRow[]
  ticked: ReadonlySet<string>
  /** What came of the number that was typed or scanned. */
  says: { readonly wrong: boolean; readonly text: string } | undefined
  naming: Naming
  leftOf: (item: ListedItem) => LeftShown
  addressOf: (organisation: string) => LocalText | undefined
  notice?: Child
}

/** A courier's page for a phone: places, what to take there, what to bring there, and what waits for the other side. */
export const RoundPage = (props: RoundPageProps) => {
  const { t } = props.frame.speech
  const take = props.errands.filter(({ from }) => from !== undefined)
  const bring = props.errands.filter(({ from }) => from === undefined)
  return (
    <Page
      frame={props.frame}
      title={t('lists.round.title')}
      hasError={props.says?.wrong ?? false}
      before={<BackLink href={paths.work} text={t('lists.round.byList')} attributes={{ 'data-key-back': '' }} />}
      notice={
        <>
          {props.notice}
          <Live list />
        </>
      }
    >
      <h1 class="govuk-heading-l">{t('lists.round.title')}</h1>
      <form
        method="get"
        action={paths.round}
        class="q-round"
        data-island="round"
        data-ticked={t('lists.round.ticked', { number: '%' })}
        data-unknown={t('lists.round.unknown', { number: '%' })}
      >
        <input type="hidden" name="from" value={writePlace({ list: 'round', filter: {} })} />
        <div class="q-round__scan">
          <Input
            name="scan"
            label={t('lists.round.scan')}
            hint={t('lists.round.scanHint')}
            autocomplete="off"
            inputmode="numeric"
            {...(props.says?.wrong ? { errorMessage: props.says.text } : {})}
            attributes={{ 'data-key': 'c' }}
          />
          <Button text={t('lists.round.tick')} classes="govuk-button--secondary" />
        </div>
        <p class="govuk-body" role="status" data-round-says="">
          {props.says?.wrong === false ? props.says.text : null}
        </p>
        <Part title={t('lists.round.take')} empty={t('lists.round.takeNothing')} errands={take} placeOf={({ from }) => from} props={props}>
          <Button
            name="only"
            value="take"
            attributes={{ formaction: paths.several, 'data-key': 't' }}
            children={
              <>
                {t('lists.round.takeMarked')} <Key name="t" />
              </>
            }
          />
        </Part>
        <Part title={t('lists.round.bring')} empty={t('lists.round.bringNothing')} errands={bring} placeOf={({ to }) => to} props={props}>
          <Button
            name="only"
            value="bring"
            attributes={{ formaction: paths.several, 'data-key': 'b' }}
            children={
              <>
                {t('lists.round.bringMarked')} <Key name="b" />
              </>
            }
          />
        </Part>
      </form>
      <Offered {...props} />
    </Page>
  )
}

interface PartProps {
  title: string
  empty: string
  errands: readonly Errand[]
  placeOf: (errand: Errand) => Side | undefined
  props: RoundPageProps
  children: Child
}

const Part = ({ title, empty, errands, placeOf, props, children }: PartProps) => {
  const { t, language } = useSpeech()
  const places = Map.groupBy(errands, (errand) => placeOf(errand)?.organisation ?? '')
  return (
    <section class="q-card" data-keys="list">
      <h2 class="govuk-heading-m">
        {title} {errands.length > 0 ? <span class="q-tabs__count">{t('lists.round.count', { count: errands.length })}</span> : null}
      </h2>
      {errands.length === 0 ? <p class="govuk-body">{empty}</p> : null}
      {[...places].map(([organisation, there]) => {
        const address = props.addressOf(organisation)
        return (
          <fieldset class="govuk-fieldset q-round__place">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
              {props.naming.organisation(organisation)}
              {address ? <span class="q-round__address">{pickText(address, language).text}</span> : null}
            </legend>
            {there.map((errand) => (
              <Row errand={errand} props={props} />
            ))}
          </fieldset>
        )
      })}
      {errands.length > 0 ? children : null}
    </section>
  )
}

/** The whole row is the target; both sides of the hand-over stand in it. */
const Row = ({ errand, props }: { errand: Errand; props: RoundPageProps }) => {
  const { t } = useSpeech()
  const { item, what, from, to, law } = errand
  const left = props.leftOf(item)
  const named = (side: Side | undefined) => (side === undefined ? '' : props.naming.text(law.roles[side.role]?.title) || side.role)
  const me = props.naming.text(law.roles[item.role]?.title)
  return (
    <div class="q-round__row" data-keys-row="">
      <input
        type="checkbox"
        name="case"
        value={item.case}
        id={`carry-${item.case}`}
        checked={props.ticked.has(item.case)}
        class="q-round__box"
      />
      <label for={`carry-${item.case}`} class="q-round__what">
        <strong class="q-number">{item.case}</strong>
        <span>
          {t(`lists.round.${what}`)}: {t('lists.round.twoSides', { from: named(from) || me, to: from === undefined ? named(to) : me })}
        </span>
        <span class={left.tone ? `q-left q-left--${left.tone}` : 'q-left'}>{left.words}</span>
      </label>
    </div>
  )
}

/** Handed over, and still the reader's until the other side has taken it. */
const Offered = ({ offered, naming }: RoundPageProps) => {
  const { t, shortDateTime } = useSpeech()
  if (offered.length === 0) return null
  return (
    <section class="q-card">
      <h2 class="govuk-heading-m">
        {t('lists.round.waits')} <span class="q-tabs__count">{t('lists.round.count', { count: offered.length })}</span>
      </h2>
      <p class="govuk-body">{t('lists.round.waitsText')}</p>
      <ul class="govuk-list">
        {offered.map(({ case: number, doc, since, holderKind, key }) => (
          <li>
            <a class="govuk-link q-number" href={casePath(number)}>
              {number}
            </a>{' '}
            {t(`lists.round.${key === 'answer' ? 'answer' : 'package'}`)}:{' '}
            {t('lists.round.twoSides', { from: naming.role(holderKind), to: naming.role(String(doc.offeredTo)) })},{' '}
            {t('lists.round.offeredAt', { at: shortDateTime(since) })}
          </li>
        ))}
      </ul>
    </section>
  )
}
