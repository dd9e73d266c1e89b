import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const tickUs = 10_000

/** Processor time of a process, with what its ended children took, in µs; undefined when it is not there to ask. */
export function cpuOf(pid: number): number | undefined {
  return statOf(pid)?.us
}

/** The same of a process and all its children: of a PostgreSQL by the number of its postmaster. */
export function cpuOfFamily(parent: number): number | undefined {
  for (let look = 1; ; look++) {
    const own = statOf(parent)
    if (own === undefined) return undefined
    const numbers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
    const children = numbers.map((entry) => statOf(Number(entry))).filter((stat) => stat?.parent === parent)
    // A child that ended in the middle stands in neither, or in both: then all are looked at again.
    if (statOf(parent)?.endedUs === own.endedUs || look === 50) return children.reduce((sum, stat) => sum + (stat?.us ?? 0), own.us)
  }
}

/** The process that began this one, if this one bears the name: else its number means another process. */
export function parentOf(pid: number, name: string): number | undefined {
  const stat = statOf(pid)
  return stat?.name.startsWith(name) ? stat.parent : undefined
}

function statOf(pid: number): { name: string; parent: number; us: number; endedUs: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): after the name come state, parent …; processor time is the 14th to 17th field.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    const ticks = (from: number, to: number) => fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0) * tickUs
    return { name, parent: Number(fields[1]), us: ticks(11, 15), endedUs: ticks(13, 15) }
  } catch {
    return undefined
  }
}
