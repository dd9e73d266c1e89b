import { raw } from 'hono/html'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { apart } from '../../../components/gallery/apart.ts'
import type { Example, GalleryEntry } from '../../../components/gallery/gallery.ts'
import { SpeechContext, useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { componentPath, paths } from '../../../paths.ts'
import { Section } from '../local.tsx'

const sources = ['own', 'govuk', 'moj'] as const

/** Every component by where it comes from. */
export const ComponentsPage = ({ frame, gallery }: { frame: Frame; gallery: readonly GalleryEntry[] }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('gallery.title')}>
      <h1 class="govuk-heading-l">{t('gallery.title')}</h1>
      <p class="govuk-body">{t('gallery.text')}</p>
      {sources.map((source) => (
        <Section id={`from-${source}`} title={t(`gallery.${source}`)}>
          <ul class="q-gallery">
            {gallery
              .filter(({ from }) => from === source)
              .map(({ name, examples, theirs }) => (
                <li>
                  <a class="govuk-link" href={componentPath(name)} lang="en">
                    {name}
                  </a>{' '}
                  <span class="q-soft">{examples.length + theirs.length}</span>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </Page>
  )
}

const schemes = ['system', 'light', 'dark'] as const

const Schemes = ({ name, scheme }: { name: string; scheme: Frame['scheme'] }) => {
  const { t } = useSpeech()
  return (
    <p class="q-row">
      <span class="q-soft">{t('gallery.scheme')}:</span>
      {schemes.map((one) =>
        one === (scheme ?? 'system') ? (
          <strong>{t(`gallery.${one}`)}</strong>
        ) : (
          <a class="govuk-link" href={one === 'system' ? componentPath(name) : `${componentPath(name)}?scheme=${one}`}>
            {t(`gallery.${one}`)}
          </a>
        ),
      )}
    </p>
  )
}

interface ShownProps {
  frame: Frame
  examples: readonly Example[]
  mark: string
  lang: 'kk' | 'en'
}

/** An example is drawn alone first, so that what it calls by name can be told from its neighbours. */
const Shown = ({ frame, examples, mark, lang }: ShownProps) => (
  <>
    {examples.map(({ name, element }, index) => {
      const alone = String(<SpeechContext.Provider value={frame.speech}>{element}</SpeechContext.Provider>)
      return (
        <div class="q-example">
          <p class="q-example__name" lang="en">
            {name}
          </p>
          <div class="q-example__stage" lang={lang === frame.speech.language ? undefined : lang}>
            {raw(apart(alone, `${mark}${index + 1}`))}
          </div>
        </div>
      )
    })}
  </>
)

/** One component in all its states: ours, and those by which its library tests it. */
export const ComponentPage = ({ frame, entry }: { frame: Frame; entry: GalleryEntry }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={entry.name} before={<BackLink href={paths.components} text={t('gallery.title')} />}>
      <h1 class="govuk-heading-l" lang="en">
        {entry.name}
      </h1>
      <Schemes name={entry.name} scheme={frame.scheme} />
      {entry.examples.length === 0 ? null : (
        <Section id="examples" title={t('gallery.examples')}>
          <Shown frame={frame} examples={entry.examples} mark="ours" lang="kk" />
        </Section>
      )}
      {entry.theirs.length === 0 ? null : (
        <Section id="theirs" title={t('gallery.theirs')}>
          <Shown frame={frame} examples={entry.theirs} mark="theirs" lang="en" />
        </Section>
      )}
    </Page>
  )
}
