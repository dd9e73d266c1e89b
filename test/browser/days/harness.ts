import { join } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { play } from '../../../src/desk/demonstration/play.ts'
import { type Applicant, readStories, type Story } from '../../../src/desk/demonstration/stories.ts'
import { checkDigit } from '../../../src/law/identifiers.ts'
import { simulateSeal } from '../../../src/seal/simulator/simulator.ts'
import { openStage, type Stage } from '../stage.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'

/** A day at a desk: a house with as many cases there as a day brings, and a person who has a keyboard and no mouse. */
export interface Day {
  readonly stage: Stage
  /** Brings cases to a desk by commands, through the real engine; gives their numbers in the order in which they began. */
  bring(wanted: Wanted): Promise<string[]>
  /** Signs in by keyboard alone and gives the hands. */
  sitDown(login: string, options?: BrowserContextOptions): Promise<Keyboard>
  close(): Promise<void>
}

export interface Wanted {
  readonly count: number
  readonly region: 'aktobe' | 'almaty' | 'akmola'
  readonly channel: string
  readonly provider: string
  readonly branch?: string
  /** The step at which the cases wait. Absent: they go on to their end. */
  readonly waits?: string
  /** Local time of the first case, `2019-10-11T09:10`; each next one begins so many minutes later. */
  readonly begins?: string
  readonly minutesApart?: number
  /** What is out of the ordinary in the n-th case. */
  readonly differs?: (index: number) => Partial<Story>
}

/** Twenty: what the desks' days are made of. */
export const aDay = 20

export async function openDay(): Promise<Day> {
  const stage = await openStage()
  const { ledger, statutes, people } = stage.server.house
  const seal = simulateSeal({ folder: join(stage.keys, 'simulator') })
  const stories = readStories()
  const [like] = stories.stories
  if (like === undefined) throw new Error('the demonstration has no stories to be like')
  let brought = 0
  return {
    stage,
    bring: async (wanted) => {
      const numbers: string[] = []
      const parts = {
        ledger,
        statutes,
        people,
        seal,
        until: stage.clock.now(),
        opened: (number: string) => numbers.push(number),
      }
      for (let index = 0; index < wanted.count; index++) {
        brought += 1
        await play(parts, stories, storyOf(wanted, index, brought, like.story), applicantOf(brought, like.applicant))
      }
      return numbers
    },
    sitDown: async (login, options) => {
      const page = await stage.stranger('kk', options)
      const hands = await keyboardOf(page)
      await page.goto('/sign-in')
      await hands.tabTo(page.locator('[name="login"]'))
      await hands.type(login)
      await hands.tabTo(page.locator('[name="password"]'))
      await hands.type('qyzmet-demo')
      await hands.go('Enter')
      return hands
    },
    close: () => stage.close(),
  }
}

function storyOf(wanted: Wanted, index: number, serial: number, like: Story): Story {
  const first = Temporal.PlainDateTime.from(wanted.begins ?? '2019-10-11T09:10')
  const begins = first.add({ minutes: index * (wanted.minutesApart ?? 5) })
  return {
    ...like,
    id: `day-${serial}`,
    region: wanted.region,
    channel: wanted.channel,
    provider: wanted.provider,
    branch: wanted.branch ?? null,
    begins: begins.toString().slice(0, 16),
    times: {},
    also: [],
    defects: [],
    holds: false,
    asks: 'moderator',
    ...(wanted.waits === undefined ? {} : { waits: wanted.waits }),
    ...wanted.differs?.(index),
  }
}

/** A work list narrowed to one step by its filter, by keyboard. */
export async function showOnly(hands: Keyboard, step: string): Promise<void> {
  await hands.press('KeyF')
  await hands.tabTo(hands.page.locator('#filter-step'))
  const places = await hands.page
    .locator('#filter-step option')
    .evaluateAll((all) => all.map((option) => option.getAttribute('value') ?? ''))
  for (let at = 0; at < places.indexOf(step); at++) await hands.press('ArrowDown')
  await hands.go('Control+Enter')
}

const letters = 'абвгдежзик'

/** Somebody who never was, with a name of their own and a number whose check digit is right. */
function applicantOf(serial: number, like: Applicant): Applicant {
  const word = [...String(serial)].map((digit) => letters[Number(digit)] ?? '').join('')
  return { ...like, iin: inventedIin(serial), surname: `Сынақ${word}ова`, name: 'Айсұлу', patronymic: 'Мысалқызы', language: 'kk' }
}

/** Born on a day of 1985, a woman, with a serial that is drawn from the top of the day's numbers. */
export function inventedIin(serial: number): string {
  const day = Temporal.PlainDate.from('1985-01-01').add({ days: serial % 365 })
  // Two numbers of a day for each: some are not issued, because no check digit fits.
  for (let drawn = 9000 + 2 * Math.trunc(serial / 365); drawn < 10_000; drawn++) {
    const eleven = `${day.toString().slice(2).replaceAll('-', '')}4${drawn}`
    const digit = checkDigit(eleven)
    if (digit !== null) return `${eleven}${digit}`
  }
  throw new RangeError(`no number is left for ${serial}`)
}
