import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const tickUs = 10_000

/** Processor time of a process, with what its ended children took, in µs; undefined when it is not there to ask. */
export function cpuOf(pid: number): number | undefined {
  return statOf(pid)?.us
}

/** The same of a process and all its children: of a PostgreSQL by the number of its postmaster. */
export function cpuOfFamily(parent: number): number | undefined {
  const own = statOf(parent)
  if (own === undefined) return undefined
  const numbers = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  const children = numbers.map((entry) => statOf(Number(entry))).filter((stat) => stat?.parent === parent)
  return children.reduce((sum, stat) => sum + (stat?.us ?? 0), own.us)
}

function statOf(pid: number): { parent: number; us: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): after the name come state, parent …; processor time is the 14th to 17th field.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), us: [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) * tickUs }
  } catch {
    return undefined
  }
}
