import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { erased, FileMissing, type Ledger } from '../../src/ledger/ledger.ts'
import { anEvent, destroyedBy, move, newNumber, open } from '../ledger/commands.ts'

export interface LedgerUnderTest {
  ledger: Ledger
  dispose(): Promise<void>
}

/** What every ledger must do, whatever stands behind the port. */
export function ledgerContract(name: string, make: () => Promise<LedgerUnderTest>): void {
  describe(`${name} as a ledger`, () => {
    let ledger: Ledger
    let dispose: () => Promise<void>

    beforeAll(async () => {
      ;({ ledger, dispose } = await make())
    })
    afterAll(() => dispose())

    const opened = async (overrides = {}) => {
      const command = open(overrides)
      expect(await ledger.append(command)).toEqual({ kind: 'appended', version: 2, result: command.result })
      return command
    }

    describe('appending', () => {
      it('keeps what was given and gives it back in order, personal values opened', async () => {
        const command = await opened()
        const loaded = await ledger.load(7, command.case)
        expect(loaded?.events).toMatchObject(command.events.map((event) => ({ ...event })))
        expect(loaded?.events.map((event) => event.data)).toEqual([{ papers: 3 }, {}])
      })

      it('chains each event to the one before', async () => {
        const command = await opened()
        const [first, second] = (await ledger.load(7, command.case))?.events ?? []
        expect(first?.prev).toBe('')
        expect(second?.prev).toBe(first?.hash)
      })

      it('answers a command that saw an old version with the version there is', async () => {
        const command = await opened()
        await ledger.append(move(command, 2))
        expect(await ledger.append(move(command, 2))).toEqual({ kind: 'conflict', version: 3 })
        expect((await ledger.load(7, command.case))?.version).toBe(3)
      })

      it('answers a step of a case that is not there as a conflict with version 0', async () => {
        expect(await ledger.append(move(open(), 2))).toEqual({ kind: 'conflict', version: 0 })
      })

      it('answers a repeated request with what it answered then, also when it asks under a new number', async () => {
        const command = await opened()
        const again = { kind: 'repeated', version: 2, result: command.result, case: command.case }
        expect(await ledger.append(command)).toEqual(again)
        const renumbered = newNumber()
        expect(await ledger.append({ ...command, case: renumbered })).toEqual(again)
        expect(await ledger.load(7, renumbered)).toBeNull()
        expect(await ledger.lookUp(7, command.idempotencyKey)).toEqual({
          case: command.case,
          version: 2,
          requestHash: 'request',
          result: command.result,
        })
      })

      it('refuses a key that another request has used', async () => {
        const command = await opened()
        expect(await ledger.append({ ...command, requestHash: 'another' })).toEqual({ kind: 'keyReused' })
      })

      it('refuses a number that another case has', async () => {
        const command = await opened()
        expect(await ledger.append(open({ case: command.case }))).toEqual({ kind: 'numberTaken' })
      })

      it('keeps the same number and the same key in two homes apart', async () => {
        const command = await opened()
        expect(await ledger.append({ ...command, home: 8 })).toMatchObject({ kind: 'appended' })
        expect((await ledger.load(8, command.case))?.version).toBe(2)
      })

      it('lets one of many who saw the same version through', async () => {
        const command = await opened()
        const outcomes = await Promise.all(Array.from({ length: 20 }, () => ledger.append(move(command, 2))))
        expect(outcomes.filter((outcome) => outcome.kind === 'appended')).toHaveLength(1)
        expect(outcomes.filter((outcome) => outcome.kind === 'conflict')).toHaveLength(19)
      })

      it('opens one case for many clicks', async () => {
        const command = open()
        const clicks = Array.from({ length: 10 }, () => ({ ...command, case: newNumber() }))
        const outcomes = await Promise.all(clicks.map((click) => ledger.append(click)))
        expect(outcomes.filter((outcome) => outcome.kind === 'appended')).toHaveLength(1)
        expect(outcomes.filter((outcome) => outcome.kind === 'repeated')).toHaveLength(9)
        const loaded = await Promise.all(clicks.map((click) => ledger.load(7, click.case)))
        expect(loaded.filter((one) => one !== null)).toHaveLength(1)
      })

      it('answers each of many commands of many homes with its own outcome', async () => {
        const before = await opened()
        const commands = [...Array.from({ length: 40 }, (_, n) => open({ home: n % 3 })), open({ case: before.case }), move(before, 9)]
        const outcomes = await Promise.all(commands.map((command) => ledger.append(command)))
        expect(outcomes.slice(0, 40)).toEqual(commands.slice(0, 40).map(({ result }) => ({ kind: 'appended', version: 2, result })))
        expect(outcomes.slice(40)).toEqual([{ kind: 'numberTaken' }, { kind: 'conflict', version: 2 }])
      })

      it('refuses a bad command alone: its neighbours are committed', async () => {
        const good = open()
        const bad = open({ events: [anEvent('opened', { half: '\ud800' })] })
        const worse = open({
          views: { due: { put: [{ key: 'x', columns: { kind: 'service', due_at: 'one day', state: 'running' } }], remove: [] } },
        })
        const settled = await Promise.allSettled([ledger.append(bad), ledger.append(good), ledger.append(worse)])
        expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
        expect(await ledger.load(7, worse.case)).toBeNull()
        expect((await ledger.load(7, good.case))?.version).toBe(2)
      })

      it('refuses a column that the view does not have', async () => {
        const put = [{ key: 'x', columns: { kind: 'service', due_at: '2019-10-17T18:00:00+06:00', state: 'running', colour: 'red' } }]
        await expect(ledger.append(open({ views: { due: { put, remove: [] } } }))).rejects.toThrow(/colour/)
      })
    })

    describe('files', () => {
      it('are given back as they were put, in pieces and whole', async () => {
        const bytes = randomBytes(700_000)
        const number = newNumber()
        const sha256 = await ledger.files.put(7, number, bytes)
        expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(Buffer.compare((await ledger.files.get(7, number, sha256)) ?? Buffer.alloc(0), bytes)).toBe(0)
        const pieces = await Array.fromAsync((await ledger.files.read(7, number, sha256)) ?? [])
        expect(pieces.map((piece) => piece.length)).toEqual([262_144, 262_144, 175_712])
      })

      it('may come as a stream, be empty, and be put twice', async () => {
        const number = newNumber()
        async function* stream() {
          yield Buffer.from('қы')
          yield Buffer.from('змет')
        }
        const sha256 = await ledger.files.put(7, number, stream())
        expect(await ledger.files.put(7, number, Buffer.from('қызмет'))).toBe(sha256)
        expect(await ledger.files.get(7, number, sha256)).toEqual(Buffer.from('қызмет'))
        expect(await ledger.files.get(7, number, await ledger.files.put(7, number, Buffer.alloc(0)))).toEqual(Buffer.alloc(0))
      })

      it('are put before the command that names them, in a new case or an old one', async () => {
        const number = newNumber()
        const sha256 = await ledger.files.put(7, number, Buffer.from('scan'))
        const command = await opened({ case: number, files: [sha256] })
        const second = await ledger.files.put(7, number, Buffer.from('another scan'))
        expect(await ledger.append(move(command, 2, { files: [second] }))).toMatchObject({ kind: 'appended' })
        expect((await ledger.load(7, number))?.events[0]?.personal).toEqual(command.events[0]?.personal)
        await expect(ledger.append(move(command, 3, { files: ['ab'.repeat(32)] }))).rejects.toThrow(FileMissing)
      })

      it('come with the command that names them, and are kept with it or not at all', async () => {
        const [small, large] = [Buffer.from('қолтаңба'), Buffer.alloc(600_000, 7)]
        const [first, second] = [small, large].map((bytes) => createHash('sha256').update(bytes).digest('hex'))
        const command = await opened()
        const late = move(command, 5, { files: [first ?? ''], keeps: [small] })
        expect(await ledger.append(late)).toMatchObject({ kind: 'conflict' })
        expect(await ledger.files.get(7, command.case, first ?? '')).toBeNull()
        const both = { files: [first ?? '', second ?? ''], keeps: [small, large] }
        expect(await ledger.append(move(command, 2, both))).toMatchObject({ kind: 'appended' })
        expect(await ledger.files.get(7, command.case, first ?? '')).toEqual(small)
        expect(await ledger.files.get(7, command.case, second ?? '')).toEqual(large)
        expect(await ledger.append(move(command, 3, both))).toMatchObject({ kind: 'appended' })
        expect(await ledger.files.list(7, command.case)).toHaveLength(2)
      })

      it('of another case, or never put, are not there; longer than the limit they are refused', async () => {
        const sha256 = await ledger.files.put(7, newNumber(), Buffer.from('secret'))
        expect(await ledger.files.get(7, newNumber(), sha256)).toBeNull()
        await expect(ledger.files.put(7, newNumber(), Buffer.alloc(10 * 1024 * 1024 + 1))).rejects.toThrow(/longer/)
      })
    })

    it('destroys the values and files of a case and leaves its chain', async () => {
      const number = newNumber()
      const sha256 = await ledger.files.put(7, number, Buffer.from('scan'))
      const command = await opened({ case: number, files: [sha256] })
      const before = await ledger.load(7, number)
      expect(await ledger.destroy(7, number, destroyedBy())).toBe(true)
      const after = await ledger.load(7, number)
      expect(after?.events.slice(0, -1).map((event) => event.hash)).toEqual(before?.events.map((event) => event.hash))
      expect(after?.events.at(-1)).toMatchObject({ seq: 3, type: 'RecordsDestroyed', data: { order: { number: '41-н' } } })
      expect(after?.events[0]?.personal).toEqual({ iin: erased, name: erased })
      expect(await ledger.files.get(7, number, sha256)).toBeNull()
      expect(await ledger.cases.byNumber(7, number)).toBeNull()
      await expect(ledger.append(move(command, 3, { events: [anEvent('named', {}, { name: 'x' })] }))).rejects.toThrow(/destroyed/)
      expect(await ledger.append(move(command, 3))).toMatchObject({ kind: 'appended' })
      expect(await ledger.destroy(7, number, destroyedBy('42-н'))).toBe(false)
      expect((await ledger.load(7, number))?.version).toBe(4)
      expect(await ledger.destroy(7, newNumber(), destroyedBy())).toBe(false)
      await expect(ledger.destroy(7, number, anEvent('moved'))).rejects.toThrow(TypeError)
    })

    it('keeps who read what, by case, the newest first', async () => {
      const entry = { home: 1, at: '2019-10-14T04:00:00Z', who: 'u1', role: 'operator', purpose: 'step' }
      const later = { ...entry, at: '2019-10-14T05:00:00Z', who: 'u2' }
      const cases = [
        { home: 7, case: 'J/1' },
        { home: 8, case: 'J/2' },
      ]
      await ledger.journal.record({ ...entry, cases })
      await ledger.journal.record({ ...later, cases: [{ home: 7, case: 'J/1' }] })
      expect(await ledger.journal.ofCase(7, 'J/1')).toMatchObject([
        { ...later, cases: [{ home: 7, case: 'J/1' }] },
        { ...entry, cases: [{ home: 7, case: 'J/1' }] },
      ])
      expect(await ledger.journal.ofCase(8, 'J/1')).toEqual([])
      expect((await ledger.journal.readingsBy('u2', 7, 'J/1', ['case', 'step'], 9)).map((at) => Date.parse(at))).toEqual([
        Date.parse(later.at),
      ])
      expect(await ledger.journal.readingsBy('u2', 7, 'J/1', ['work'], 9)).toEqual([])
      expect(await ledger.journal.readingsBy('u2', 8, 'J/2', ['step'], 9)).toEqual([])
      const own = { ...entry, role: 'applicant', at: '2030-01-01T04:00:00.000Z', cases: [{ home: 7, case: 'J/1' }] }
      for (let times = 0; times < 3; times++) await ledger.journal.record(own)
      const found = await ledger.journal.ofCase(7, 'J/1', 1, { role: 'applicant', limit: 2 })
      expect(found.map(({ role }) => role)).toEqual(['applicant', 'applicant', later.role])
    })

    it('keeps who read what, by reader and by day, in pages', async () => {
      const read = (who: string, minute: number, more = {}) =>
        ledger.journal.record({ home: 31, at: `2019-10-14T04:0${minute}:00Z`, who, role: 'clerk', purpose: 'step', cases: [], ...more })
      await read('a', 1)
      await read('b', 2)
      await read('a', 3, { about: 'who:b', purpose: 'journal' })
      await read('a', 3)
      await read('a', 4, { home: 32 })
      const day = { home: 31, from: '2019-10-14T00:00:00Z', until: '2019-10-14T04:04:00Z' }
      const all = await ledger.journal.list({ ...day, limit: 9 })
      expect(all.map(({ who }) => who)).toEqual(['a', 'a', 'b', 'a'])
      expect(all.map(({ about }) => about).filter(Boolean)).toEqual(['who:b'])
      const paged = await ledger.journal.list({ ...day, limit: 3 })
      expect([...paged, ...(await ledger.journal.list({ ...day, limit: 3, after: paged[2] }))]).toEqual(all)
      expect(await ledger.journal.list({ ...day, who: ['a', 'c'], limit: 9 })).toEqual(all.filter(({ who }) => who === 'a'))
      expect(await ledger.journal.list({ ...day, who: ['a'], until: '2019-10-14T04:03:00Z', limit: 9 })).toHaveLength(1)
      expect(await ledger.journal.list({ ...day, who: [], limit: 9 })).toEqual([])
    })

    describe('law files', () => {
      const file = (path: string, text: string) => ({ path, text, sha256: createHash('sha256').update(text).digest('hex') })

      it('are kept; one changed under its path is told, until a correction records it', async () => {
        const first = file('a.yaml', 'norm: 20')
        const second = file('a.yaml', 'norm: 15')
        expect(await ledger.law.remember([first])).toEqual([])
        expect(await ledger.law.remember([first])).toEqual([])
        expect(await ledger.law.remember([second])).toEqual([{ path: 'a.yaml', was: first.sha256, is: second.sha256 }])
        const by = { kind: 'staff' as const, id: 'lawyer' }
        await ledger.law.correct({ ...second, was: first.sha256, reason: 'a slip of the pen', by, at: '2019-10-14T04:00:00Z' })
        expect(await ledger.law.remember([second])).toEqual([])
        expect(await ledger.law.text(first.sha256)).toEqual(first)
        expect(await ledger.law.corrections()).toEqual([
          { path: 'a.yaml', sha256: second.sha256, was: first.sha256, reason: 'a slip of the pen', by, at: '2019-10-14T04:00:00Z' },
        ])
      })

      it('with a digest that is not theirs are refused', async () => {
        await expect(ledger.law.remember([{ ...file('b.yaml', 'x'), sha256: 'ab'.repeat(32) }])).rejects.toThrow(/b\.yaml/)
      })
    })

    it('keeps settings', async () => {
      expect(await ledger.settings.get('demonstration')).toBeUndefined()
      await ledger.settings.set('demonstration', { since: '2019-10-14' })
      await ledger.settings.set('demonstration', null)
      expect(await ledger.settings.get('demonstration')).toBeNull()
    })

    it('lets one at a time do what is locked by name', async () => {
      const inner = await ledger.withAdvisoryLock('sweep', () => ledger.withAdvisoryLock('sweep', async () => 1))
      expect(inner).toEqual({ ran: true, value: { ran: false } })
      expect(await ledger.withAdvisoryLock('sweep', async () => 2)).toEqual({ ran: true, value: 2 })
    })
  })
}
