import { beforeAll, describe, expect, it } from 'vitest'
import { Memory } from '../../survive/check/memory.ts'
import type { Job, SeenCase } from '../../survive/check/seen.ts'
import type { Answer, Sent } from '../../survive/load/journal.ts'
import { type Sound, soundCase } from './story.ts'

/** What a check says of a ledger that was bent in one place. */
describe('the checks of survival', () => {
  let sound: Sound
  beforeAll(async () => {
    sound = await soundCase('almaty')
  })

  interface Bent {
    readonly sent?: readonly Sent[]
    readonly seen?: Partial<SeenCase>
    readonly jobs?: readonly Job[]
    readonly repeats?: ReadonlyMap<string, readonly Answer[]>
    readonly memory?: Memory
    /** The case is not there at all. */
    readonly gone?: boolean
  }
  const judge = ({
    sent = sound.sent,
    seen = {},
    jobs = [],
    repeats = new Map(),
    memory = new Memory(sound.statutes),
    gone = false,
  }: Bent) => {
    const one: SeenCase = { ...sound.seen, ...seen }
    const heads = gone ? [] : [{ home: one.home, number: one.number, version: one.version }]
    return memory.judge(sent, heads, { cases: gone ? [] : [one], jobs, commands: one.commands }, repeats)
  }
  const kindsOf = (bent: Bent) => [...new Set(judge(bent).violations.map(({ kind }) => kind))].sort()
  const middle = () => Math.floor(sound.sent.length / 2)
  const rowOf = (place: number) => {
    const version = sound.sent[place]?.answers[0]?.version ?? 0
    const index = sound.seen.commands.findIndex((row) => row.version === version)
    return { index, version, from: sound.seen.commands[index - 1]?.version ?? 0 }
  }
  const answering = (place: number, ...answers: Answer[]) => sound.sent.map((one, index) => (index === place ? { ...one, answers } : one))

  it('find nothing wrong with a sound ledger, and count it', () => {
    const { violations, verdicts, effects } = judge({})
    expect(violations).toEqual([])
    expect(verdicts.filter(({ acknowledged, row }) => acknowledged && row !== null)).toHaveLength(sound.sent.length)
    expect(effects.asked).toBeGreaterThan(1)
    expect(effects.tookHold).toBe(effects.asked)
  })

  it('name an acknowledged command that is lost, with or without what came after it', () => {
    const { index, from } = rowOf(sound.sent.length - 1)
    const [events, commands] = [sound.seen.events.slice(0, from), sound.seen.commands.slice(0, index)]
    expect(kindsOf({ seen: { events, commands, version: from } })).toContain('lost')
    expect(kindsOf({ gone: true, seen: { commands: [] } })).toEqual(['lost'])
  })

  it('do not miss an unacknowledged command that is absent, nor one that is there', () => {
    const place = sound.sent.length - 1
    const { index, from } = rowOf(place)
    const absent = { events: sound.seen.events.slice(0, from), commands: sound.seen.commands.slice(0, index), version: from }
    const notices = sound.seen.notices.filter(({ key }) => Number(key.split('/')[0]) <= from)
    expect(judge({ sent: answering(place, { status: 'lost' }), seen: { ...absent, notices } }).violations).toEqual([])
    expect(judge({ sent: answering(place, { status: 503, code: 'unavailable' }) }).violations).toEqual([])
  })

  it('name a command that is there twice', () => {
    const { index, from, version } = rowOf(middle())
    const again = sound.seen.events.slice(from, version)
    const events = [...sound.seen.events, ...again].map((event, place) => ({ ...event, seq: place + 1 }))
    const row = sound.seen.commands[index]
    const commands = row === undefined ? [] : [...sound.seen.commands, { ...row, version: events.length }]
    expect(kindsOf({ seen: { events, commands, version: events.length } })).toContain('twice')
    const other = row === undefined ? [] : [...sound.seen.commands, { ...row, key: 'api/another' }]
    expect(kindsOf({ seen: { commands: other } })).toEqual(['strange', 'twice'])
  })

  it('name one that is half written: an event less, a row less, events less', () => {
    const { index, from, version } = rowOf(middle())
    const renumbered = (events: SeenCase['events']) => events.map((event, place) => ({ ...event, seq: place + 1 }))
    // An event in the middle of the command is gone, and everything after it has moved up: the chain would be whole.
    const less = renumbered(sound.seen.events.toSpliced(version - 1, 1))
    const moved = sound.seen.commands.map((row, place) => (place < index ? row : { ...row, version: row.version - 1 }))
    expect(kindsOf({ seen: { events: less, commands: moved, version: less.length } })).toContain('halfWritten')
    expect(kindsOf({ seen: { commands: sound.seen.commands.toSpliced(index, 1) } })).toContain('lost')
    const last = sound.seen.commands.at(-1)
    expect(
      kindsOf({ sent: answering(sound.sent.length - 1, { status: 'lost' }), seen: { commands: sound.seen.commands.slice(0, -1) } }),
    ).toEqual([...(last === undefined ? ['never'] : ['halfWritten'])])
    expect(kindsOf({ seen: { events: sound.seen.events.slice(0, from + 1), version: from + 1 } })).toContain('halfWritten')
    expect(kindsOf({ seen: { events: sound.seen.events.slice(0, -1) } })).toContain('halfWritten')
  })

  it('name one that was written as another', () => {
    const other = sound.sent.map((one, index) => (index === middle() ? { ...one, sender: 'somebody' } : one))
    expect(kindsOf({ sent: other })).toEqual(['lost', 'strange'])
    const { from } = rowOf(middle())
    const events = sound.seen.events.map((event, place) =>
      place === from ? { ...event, actor: { ...event.actor, id: 'somebody' } } : event,
    )
    expect(kindsOf({ seen: { events } })).toContain('halfWritten')
  })

  it('name two results of one key, also when it is only sent again when all is over', () => {
    const one = sound.sent[0]
    const [yes = { status: 'lost' } as const] = one?.answers ?? []
    expect(kindsOf({ sent: answering(0, yes, { ...yes, number: 'another' }) })).toEqual(['twoResults'])
    expect(kindsOf({ repeats: new Map([[one?.key ?? '', [{ ...yes, version: 99 }]]]) })).toEqual(['twoResults'])
    expect(kindsOf({ repeats: new Map([[one?.key ?? '', [{ status: 409, code: 'notNow' }]]]) })).toEqual(['twoResults'])
    expect(kindsOf({ repeats: new Map([[one?.key ?? '', [yes, { status: 503, code: 'unavailable' }]]]) })).toEqual([])
  })

  it('name a command that was refused and is there', () => {
    expect(kindsOf({ sent: answering(middle(), { status: 409, code: 'notNow' }) })).toEqual(['refusedYetThere'])
  })

  it('name what comes into being when all was quiet, and what goes', () => {
    const memory = new Memory(sound.statutes)
    const place = sound.sent.length - 1
    const { index, from } = rowOf(place)
    const sent = answering(place, { status: 'lost' })
    const notices = sound.seen.notices.filter(({ key }) => Number(key.split('/')[0]) <= from)
    judge({
      memory,
      sent,
      seen: { events: sound.seen.events.slice(0, from), commands: sound.seen.commands.slice(0, index), version: from, notices },
    })
    expect(kindsOf({ memory, sent })).toEqual(['changed'])
    expect(judge({ memory, sent, gone: true, seen: { commands: [] } }).violations).toContainEqual({
      kind: 'changed',
      text: expect.stringContaining('gone'),
    })
  })

  it('name effects that are lost, done twice, or of nothing; and let wait what has a job', () => {
    const [first, ...others] = sound.seen.notices
    if (first === undefined) throw new Error('the example tells nobody anything')
    const job = { key: `75/${sound.seen.number}/notify/x`, task: 'notify', attempts: 3, dead: false }
    expect(kindsOf({ seen: { notices: others } })).toEqual(['effectLost'])
    expect(kindsOf({ seen: { notices: [{ ...first, state: 'waiting' }, ...others] } })).toEqual(['effectLost'])
    expect(judge({ seen: { notices: others }, jobs: [job] })).toMatchObject({ violations: [], effects: { waiting: 1 } })
    expect(kindsOf({ seen: { notices: others }, jobs: [{ ...job, dead: true }] })).toEqual(['effectLost'])
    expect(kindsOf({ seen: { notices: [first, first, ...others] } })).toEqual(['effectTwice'])
    expect(kindsOf({ seen: { notices: [{ ...first, key: '1/ready' }, first, ...others] } })).toEqual(['effectStrange'])
    expect(kindsOf({ jobs: [{ ...job, key: '75/075-191014-00000-1/notify/x' }] })).toEqual(['effectStrange'])
  })

  it('name an answer of an outside system that was taken twice', async () => {
    const { seen, sent, statutes } = await soundCase('aktobe')
    const place = seen.events.findIndex(({ type }) => type === 'RegisterAnswered' || type === 'RequestDelivered')
    const answer = seen.events[place]
    if (answer === undefined) throw new Error('the example asks nobody outside')
    const events = seen.events.toSpliced(place, 0, answer).map((event, index) => ({ ...event, seq: index + 1 }))
    const commands = seen.commands.map((row) => (row.version > place ? { ...row, version: row.version + 1 } : row))
    const one = { ...seen, events, commands, version: events.length }
    const heads = [{ home: seen.home, number: seen.number, version: events.length }]
    const { violations } = new Memory(statutes).judge(sent, heads, { cases: [one], jobs: [], commands }, new Map())
    expect(violations.map(({ kind }) => kind)).toContain('effectTwice')
  })
})
