import { momentIn } from '../../../desk/clock.ts'
import { inventedOf } from '../../../law/invented.ts'
import { holdsOn, type Organisation, ownRoles, type Staff, shortName } from '../../../people/model.ts'
import { Details } from '../../components/details/details.tsx'
import { useSpeech } from '../../components/speech.ts'
import type { House } from '../../house.ts'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'
import { type Naming, namingFor } from '../../wording/naming.ts'
import { roleTitle } from '../../wording/roles.ts'

/** What this is and where to go; in the demonstration, a way in as each of the invented staff. */
export const StartPage = ({ frame, house }: { frame: Frame; house: House }) => {
  const { t } = frame.speech
  const ways = [
    { href: paths.track, title: t('pages.start.track'), text: t('pages.start.trackText') },
    { href: paths.regulations, title: t('pages.regulations'), text: t('pages.start.regulationsText') },
    frame.viewer
      ? { href: paths.work, title: t('pages.work.title'), text: t('pages.start.workText') }
      : { href: paths.signIn, title: t('pages.signIn.title'), text: t('pages.start.signInText') },
  ]
  return (
    <Page frame={frame} title={t('pages.start.title')}>
      <h1 class="govuk-heading-xl">{t('pages.start.title')}</h1>
      <p class="govuk-body">{t('pages.start.text')}</p>
      <div class="q-facts q-facts--row">
        {ways.map(({ href, title, text }) => (
          <section class="q-card">
            <h2 class="govuk-heading-m">
              <a class="govuk-link" href={href}>
                {title}
              </a>
            </h2>
            <p class="govuk-body">{text}</p>
          </section>
        ))}
      </div>
      {house.demonstration ? <OneClick house={house} csrf={frame.csrf ?? ''} /> : null}
    </Page>
  )
}

const OneClick = ({ house, csrf }: { house: House; csrf: string }) => {
  const speech = useSpeech()
  const naming = namingFor(house.people, speech)
  const regions = Object.entries(house.statutes.world.regions.regions)
    .filter(([id]) => house.people.organisationsOf(id).length > 0)
    .toSorted(([a], [b]) => lawsOf(house, b) - lawsOf(house, a))
  return (
    <section aria-labelledby="one-click">
      <h2 class="govuk-heading-l" id="one-click">
        {speech.t('pages.start.oneClick')}
      </h2>
      <p class="govuk-body">{speech.t('pages.start.oneClickText')}</p>
      {regions.map(([id, region]) => (
        <section>
          <h3 class="govuk-heading-m">{naming.text(region.name)}</h3>
          <RegionStaff organisations={house.people.organisationsOf(id)} house={house} naming={naming} csrf={csrf} />
        </section>
      ))}
    </section>
  )
}

interface RegionProps {
  organisations: readonly Organisation[]
  house: House
  naming: Naming
  csrf: string
}

/** Where a case is taken and where it is decided stand open; schools and other branches are one press away. */
const RegionStaff = ({ organisations, ...rest }: RegionProps) => {
  const { t } = useSpeech()
  const staffed = organisations
    .filter(({ id }) => rest.house.people.everybodyOf(id).some(({ active }) => active))
    .toSorted(largestFirst(rest.house))
  const main = (['corporation', 'provider'] as const).flatMap((at) => staffed.find((one) => one.at === at) ?? [])
  const others = staffed.filter((one) => !main.includes(one))
  const cards = (shown: readonly Organisation[]) => (
    <div class="q-facts q-facts--row">
      {shown.map((organisation) => (
        <Staffed organisation={organisation} {...rest} />
      ))}
    </div>
  )
  return (
    <>
      {cards(main)}
      {others.length === 0 ? null : (
        <Details summaryText={t('pages.start.others', { count: others.length })} classes="q-others">
          {cards(others)}
        </Details>
      )}
    </>
  )
}

interface StaffedProps {
  organisation: Organisation
  house: House
  naming: Naming
  csrf: string
}

const Staffed = ({ organisation, house, naming, csrf }: StaffedProps) => {
  const speech = useSpeech()
  const today = momentIn(house.statutes.zoneOf(organisation.region), house.clock.now()).slice(0, 10)
  const people = house.people.everybodyOf(organisation.id).filter(({ active }) => active)
  const byRole = [...house.statutes.roles, ...ownRoles].flatMap((role) =>
    people.filter((person) => grantOf(person, role, organisation.id, today) !== undefined).map((person) => ({ role, person })),
  )
  if (byRole.length === 0) return null
  return (
    <section class="q-card">
      <h4 class="govuk-heading-s">{naming.text(organisation.name)}</h4>
      <ul class="govuk-list q-one-clicks">
        {byRole.map(({ role, person }) => (
          <li>
            <form method="post" action={paths.oneClick}>
              <input type="hidden" name="_csrf" value={csrf} />
              <input type="hidden" name="login" value={person.login} />
              <input type="hidden" name="grant" value={grantOf(person, role, organisation.id, today)?.id ?? ''} />
              <button class="q-one-click" type="submit">
                <strong>{roleTitle(house, speech, role, organisation)}</strong> <span>{shortName(person.name)}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

const grantOf = ({ grants }: Staff, role: string, organisation: string, day: string) =>
  grants.find((grant) => grant.role === role && grant.organisation === organisation && holdsOn(grant, day))

/** Channels that the region's regulations give: the richer region stands first, since visitors begin at the top, and an invented one last. */
const lawsOf = (house: House, region: string): number =>
  house.statutes.library.regulations
    .filter((law) => law.regulation.region === region && inventedOf(law) === undefined)
    .reduce((sum, { regulation }) => sum + Object.keys(regulation.channels).length * regulation.steps.length, 0)

const largestFirst =
  (house: House) =>
  (a: Organisation, b: Organisation): number =>
    house.people.everybodyOf(b.id).length - house.people.everybodyOf(a.id).length
