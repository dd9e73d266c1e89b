/** What is told together: all cases that were opened in one region on one day. No two lots draw from the same case numbers. */
export interface Lot {
  readonly name: string
  readonly region: string
  /** `yyyy-mm-dd` */
  readonly day: string
  readonly ended: number
  readonly open: number
  /** Working days from this one to the last. */
  readonly age: number
  /** Numbers of the cases begin here: seeds of what is drawn. */
  readonly first: number
}

/** The last moment of the told history: a Friday after all offices have closed, so that little comes due while something is measured. Before any document of the stories expires. */
export const until = '2019-12-27T21:30:00+06:00'
const lastDay = '2019-12-27'

/** Each region's part of the ended and of the open cases, and the first Monday of its edition. Both editions are in force on the last day. */
const regions = [
  { region: 'aktobe', from: '2018-08-20', ended: 0.9, open: 0.55 },
  { region: 'almaty', from: '2019-09-16', ended: 0.1, open: 0.45 },
] as const

/** The newest cases are open: those of these last working days. */
const openDays = 10

export function lotsOf(cases: number, open: number): Lot[] {
  let first = 0
  // The last region takes what rounding leaves.
  const partOf = (all: number, of: 'ended' | 'open', index: number): number =>
    index === 0 ? Math.round(all * regions[0][of]) : all - Math.round(all * regions[0][of])
  return regions.flatMap((one, place) => {
    const days = workingDays(one.from, lastDay)
    const ended = shares(partOf(cases - open, 'ended', place), days.length - openDays)
    const opened = shares(partOf(open, 'open', place), openDays)
    return days.map((day, index): Lot => {
      const age = days.length - 1 - index
      const lot = { name: `${one.region}/${day}`, region: one.region, day, ended: ended[index] ?? 0, open: opened[age] ?? 0, age, first }
      first += lot.ended + lot.open
      return lot
    })
  })
}

/** As even as whole numbers can be. */
const shares = (all: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, index) => Math.floor((all * (index + 1)) / parts) - Math.floor((all * index) / parts))

function workingDays(from: string, until: string): string[] {
  const days: string[] = []
  for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= 5) days.push(day.toString())
  return days
}
