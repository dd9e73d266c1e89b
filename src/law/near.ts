/** Edits (insert, delete, replace, swap of neighbours) that lead from one word to the other, regardless of case. */
export const distance = (one: string, other: string): number => {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const best = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(swapped ? Math.min(best, (older[j - 2] ?? 0) + 1) : best)
    }
    ;[older, old] = [old, row]
  }
  return old[b.length] ?? 0
}

/** The known name that was probably meant; nothing where none is near. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(name.length / 3))
  const found = [...known].map((word) => ({ word, by: distance(name, word) })).filter(({ by }) => by <= limit)
  return found.sort((a, b) => a.by - b.by || (a.word < b.word ? -1 : 1))[0]?.word
}
