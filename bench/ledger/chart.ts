import { kindOf, number, titleOf } from './markdown.ts'
import { type Results, type Summary, summaryOf } from './results.ts'

const width = 860
const left = 300
const right = 130
const barHeight = 18
const step = 25

/** Filled, hatched, outlined: the three kinds differ without colour; every bar has its name and its number beside it. */
const fills = { ours: '#0f4c81', ceiling: 'url(#hatch)', peer: '#ffffff' } as const

/** Steps a second as bars, one group for each number of callers, with the least and the most of the rounds as whiskers. */
export function chart(results: Pick<Results, 'runs' | 'callers' | 'contenders'>): string {
  const summary = summaryOf(results)
  const parts: string[] = []
  let y = 52
  for (const callers of results.callers) {
    const cells = results.contenders.flatMap(({ name }) => summary.filter((one) => one.contender === name && one.callers === callers))
    const most = Math.max(1, ...cells.map(({ stepsPerSecond }) => stepsPerSecond.max))
    parts.push(`<text x="16" y="${y}" font-weight="bold">${callers} ${callers === 1 ? 'caller' : 'callers'}</text>`)
    y += 12
    for (const cell of cells) {
      parts.push(bar(cell, y, (width - left - right) / most))
      y += step
    }
    y += 28
  }
  const height = y - 8
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13" fill="#1a1a1a">
<title id="title">Durable steps a second</title>
<desc id="desc">${escaped(inWords(results, summary))}</desc>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/><rect width="2" height="6" fill="#444444"/></pattern></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="16" y="24" font-size="16" font-weight="bold">Durable steps a second; each group has a scale of its own</text>
${parts.join('\n')}
</svg>
`
}

function bar({ contender, stepsPerSecond: { min, median, max } }: Summary, y: number, scale: number): string {
  const middle = y + barHeight / 2
  const at = (value: number) => (left + value * scale).toFixed(1)
  const whisker =
    min === max
      ? ''
      : `<path d="M${at(min)} ${middle}H${at(max)}M${at(min)} ${middle - 4}v8M${at(max)} ${middle - 4}v8" stroke="#c2410c" stroke-width="2" fill="none"/>`
  return [
    `<text x="${left - 8}" y="${middle + 4.5}" text-anchor="end">${escaped(titleOf(contender))}</text>`,
    `<rect x="${left}" y="${y}" width="${(median * scale).toFixed(1)}" height="${barHeight}" fill="${fills[kindOf(contender)]}" stroke="#1a1a1a"/>`,
    whisker,
    `<text x="${(left + max * scale + 8).toFixed(1)}" y="${middle + 4.5}">${number(median)}</text>`,
  ].join('')
}

/** The same for those who do not see it. */
function inWords({ callers }: Pick<Results, 'callers'>, summary: readonly Summary[]): string {
  return callers
    .map((count) => {
      const cells = summary.filter((one) => one.callers === count).toSorted((a, b) => b.stepsPerSecond.median - a.stepsPerSecond.median)
      return `${count} ${count === 1 ? 'caller' : 'callers'}: ${cells.map(({ contender, stepsPerSecond }) => `${titleOf(contender)} ${number(stepsPerSecond.median)}`).join('; ')}.`
    })
    .join(' ')
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
