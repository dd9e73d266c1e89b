import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Child } from 'hono/jsx'
import { fixturesOf, isOfGovuk } from './govuk.tsx'
import { mojExamples } from './moj.tsx'

export interface Example {
  /** What state it shows. */
  name: string
  element: Child
}

export interface GalleryEntry {
  /** The component's folder. */
  name: string
  from: 'own' | 'govuk' | 'moj'
  /** Ours, with Kazakh sample words (invented people), as regulations and people bring them. */
  examples: readonly Example[]
  /** What the library itself shows of it; tests compare ours with these. */
  theirs: readonly Example[]
}

const components = join(import.meta.dirname, '..')
/** The same code runs from `src` and, compiled, from `dist`. */
const endings = ['.tsx', '.js']

const fileOf = (folder: string, kind = ''): string | undefined =>
  endings.map((ending) => join(components, folder, `${folder}${kind}${ending}`)).find((file) => existsSync(file))

/** Folders that hold a component: some hold only the style of one page. */
export const componentFolders = (): string[] =>
  readdirSync(components).filter((folder) => fileOf(folder) !== undefined && folder !== 'gallery')

/** Folders whose examples file is there. */
async function examplesIn(folder: string): Promise<readonly Example[]> {
  const file = fileOf(folder, '.examples')
  if (file === undefined) return []
  const { examples }: { examples: () => readonly Example[] } = await import(pathToFileURL(file).href)
  return examples()
}

/**
 * Every component in its states, in order of folder name: what stands in `<name>/<name>.examples.tsx`, and what the libraries show. A component is
 * added by its file alone, so people who add two do not meet. Elements speak inside `<Page>` or a SpeechContext.
 */
export const loadGallery = async (): Promise<readonly GalleryEntry[]> =>
  Promise.all(
    componentFolders()
      .sort()
      .map(async (name): Promise<GalleryEntry> => {
        const moj = mojExamples().filter(({ component }) => component === name)
        const theirs = isOfGovuk(name) ? fixturesOf(name).filter((one) => !one.hidden && one.reason === undefined) : moj
        return { name, from: isOfGovuk(name) ? 'govuk' : moj.length > 0 ? 'moj' : 'own', examples: await examplesIn(name), theirs }
      }),
  )
