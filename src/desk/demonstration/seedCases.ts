import { play, type SeedParts } from './play.ts'
import { readStories } from './stories.ts'

/** Name of the ledger's setting that tells that all cases are there. */
const setting = 'demonstrationCases'

/**
 * The demonstration's cases, in all stages, played through the real desk with clocks of their own. Once in the life of a database:
 * afterwards it costs one look at a setting. Cut off in the middle, it goes on at the next start.
 */
export async function seedCases(parts: SeedParts): Promise<void> {
  if ((await parts.ledger.settings.get(setting)) !== undefined) return
  await parts.ledger.withAdvisoryLock(setting, async () => {
    const stories = readStories()
    const played = await Promise.allSettled(stories.stories.map(({ story, applicant }) => play(parts, stories, story, applicant)))
    // All have come to their end, well or badly, before the lock is given back.
    for (const one of played) if (one.status === 'rejected') throw one.reason
    await parts.ledger.settings.set(setting, stories.seed)
  })
}
