import { writeFileSync } from 'node:fs'
import { pictureOf } from './camera.ts'
import { captions } from './stops.ts'

/** docs/tour.md: for each stop what it is, and the page in Kazakh and Russian, at a desk and on a phone. */
export function writeTour(path: string, stops: readonly string[]): void {
  const parts = stops.map((name, index) => {
    const caption = captions[name]
    if (caption === undefined) throw new Error(`the stop ${name} has no caption`)
    const picture = (reader: 'kk' | 'ru', size: 'desk' | 'phone') => `tour/${pictureOf(name, reader, size)}`
    return [
      `## ${index + 1}. ${caption}`,
      '',
      '| қазақша | по-русски | phone |',
      '| --- | --- | --- |',
      `| ![${name}, Kazakh](${picture('kk', 'desk')}) | ![${name}, Russian](${picture('ru', 'desk')}) | [kk](${picture('kk', 'phone')}) · [ru](${picture('ru', 'phone')}) |`,
      '',
    ].join('\n')
  })
  writeFileSync(path, [introduction, ...parts].join('\n'))
}

const introduction = `# A tour

One case from the ticket to the result, as the pages show it: Almaty, through the State Corporation, with courier, head and specialist. Made by
\`npm run tour\` from the demonstration; everybody is invented. Each picture stands in Kazakh and in Russian, at 1280×720 and on a phone.
`
