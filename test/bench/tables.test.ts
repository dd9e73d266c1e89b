import { describe, expect, it } from 'vitest'
import { chart } from '../../bench/ledger/chart.ts'
import { between } from '../../bench/ledger/document.ts'
import { tell } from '../../bench/ledger/markdown.ts'
import { type Results, type Run, spreadOf, summaryOf } from '../../bench/ledger/results.ts'

const mean = { stepsPerCase: 10, rowsPerStep: 12.4, bytesPerStep: 5400 }

function run(contender: Run['contender'], round: number, stepsPerSecond: number, callers = 8): Run {
  const times = { p50Ms: 2, p95Ms: 4, p99Ms: 8 }
  return {
    contender,
    callers,
    round,
    seconds: 4,
    steps: stepsPerSecond * 4,
    stepsPerSecond,
    ...times,
    errors: 0,
    ownCpuUs: 300,
    serverCpuUs: 100,
    load: 0.1,
  }
}

const results: Results = {
  at: '2026-11-26T14:45:00.000Z',
  machine: { cpu: 'x', cores: 2, memoryGb: 24, kernel: '6.18', node: 'v26', syncUs: 100 },
  settings: { server_version: '18.4', fsync: 'on' },
  callers: [8, 256],
  seconds: 4,
  rounds: 3,
  recorded: { all: mean, kept: mean },
  contenders: [
    { name: 'qyzmet', about: {} },
    { name: 'ceiling', about: {} },
    { name: 'plain', about: {} },
  ],
  absent: [{ name: 'ceiling', callers: 256, why: 'max_connections is 100' }],
  runs: [
    run('qyzmet', 1, 3000),
    run('qyzmet', 2, 9000),
    run('qyzmet', 3, 6000),
    run('ceiling', 1, 2000),
    run('plain', 1, 1500),
    run('qyzmet', 1, 12_000, 256),
    { ...run('plain', 1, 900, 256), errors: 2 },
  ],
  where: [],
}

describe('tables of a measurement', () => {
  it('give the median with the least and the most of the rounds, and how many times the ceiling it is', () => {
    expect(tell(results)).toContain('| Qyzmet, the whole path | 6,000 (3,000 to 9,000), 3.0 × the ceiling | 12,000 |')
  })

  it('say what was not run and what went wrong', () => {
    const text = tell(results)
    expect(text).toContain('| ceiling: the same rows, driver | 2,000 | not run |')
    expect(text).toContain('900; 2 errors')
    expect(text).toContain('Not run: ceiling at 256 (max_connections is 100)')
  })

  it('take the middle of an even number of rounds between the two', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ min: 1, median: 2.5, max: 4 })
    expect(summaryOf(results).find(({ contender, callers }) => contender === 'plain' && callers === 256)?.errors).toBe(2)
  })

  it('go between the marks of a page and nowhere else', () => {
    expect(between('a <!-- x -->old<!-- /x --> b', 'x', 'new')).toBe('a <!-- x -->\nnew\n<!-- /x --> b')
    expect(() => between('a', 'x', 'new')).toThrow('<!-- x -->')
  })
})

describe('the chart', () => {
  const svg = chart(results)

  it('says everything in words too', () => {
    expect(svg).toContain('role="img" aria-labelledby="title desc"')
    expect(svg).toContain(
      '8 callers: Qyzmet, the whole path 6,000; ceiling: the same rows, driver 2,000; plain service, a round trip each 1,500.',
    )
  })

  it('has a name and a number beside each bar, and kinds that differ without colour', () => {
    expect(svg.match(/<rect x="300"/g)).toHaveLength(5)
    for (const number of ['6,000', '2,000', '1,500', '12,000', '900']) expect(svg).toContain(`>${number}</text>`)
    expect(svg).toContain('url(#hatch)')
  })

  it('keeps all of it inside the picture', () => {
    const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? []
    for (const [, x = 0, y = 0] of [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)].map((found) => found.map(Number))) {
      expect(x).toBeLessThan(width - 40)
      expect(y).toBeLessThan(height)
    }
  })
})
