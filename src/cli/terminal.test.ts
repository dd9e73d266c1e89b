import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { askSecret, firstLine, isTerminal, type Terminal } from './terminal.ts'

/** Keys as a terminal sends them, and what it was told. */
function terminal(): { keys: Terminal & PassThrough; raw: boolean[]; screen: PassThrough } {
  const raw: boolean[] = []
  const keys = Object.assign(new PassThrough(), { isTTY: true as const, setRawMode: (on: boolean) => raw.push(on) })
  return { keys, raw, screen: new PassThrough() }
}

describe('a secret', () => {
  it('is read key by key, corrected, and never shown', async () => {
    const { keys, raw, screen } = terminal()
    expect(isTerminal(keys)).toBe(true)
    const answer = askSecret('? ', keys, screen)
    for (const part of ['же', 'тт', '\u007f', 'і', Buffer.from('ғ').subarray(0, 1), Buffer.from('ғ').subarray(1), '\r']) keys.write(part)
    expect(await answer).toBe('жетіғ')
    expect(raw).toEqual([true, false])
    screen.end()
    expect((await screen.toArray()).join('')).toBe('? \n')
  })

  it('pasted twice with its line ends answers two questions', async () => {
    const { keys, screen } = terminal()
    keys.write('бір екі үш\rбір екі үш\r')
    expect([await askSecret('', keys, screen), await askSecret('', keys, screen)]).toEqual(['бір екі үш', 'бір екі үш'])
  })

  it.each(['\u0003', '\u0004'])('is broken off by %j, and the terminal is given back', async (key) => {
    const { keys, raw, screen } = terminal()
    const answer = askSecret('', keys, screen)
    keys.write(key)
    expect(await answer).toBeUndefined()
    expect(raw).toEqual([true, false])
  })
})

describe('the first line of a pipe', () => {
  it.each([
    ['құпия сөз\nbelow', 'құпия сөз'],
    ['windows\r\n', 'windows'],
    ['no end', 'no end'],
    ['', undefined],
    ['\nbelow', undefined],
  ])('%j', async (text, line) => {
    const pipe = new PassThrough()
    expect(isTerminal(pipe)).toBe(false)
    pipe.end(text)
    expect(await firstLine(pipe)).toBe(line)
  })
})
