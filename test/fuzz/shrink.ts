import type { Input } from './target.ts'

/** The smallest input found that breaks the same thing: pieces are left out, ever smaller ones, part by part, within so many trials; those before `first` only say what the others are. */
export async function shrink(input: Input, breaks: (input: Input) => Promise<boolean>, first = 0, trials = 600): Promise<Input> {
  let best = [...input]
  let left = trials
  for (let part = first; part < best.length; part++) {
    for (let size = Math.ceil((best[part]?.length ?? 0) / 2); size >= 1 && left > 0; size = Math.floor(size / 2)) {
      for (let at = 0; at < (best[part]?.length ?? 0) && left > 0; ) {
        const whole = best[part] ?? Buffer.alloc(0)
        const fewer = Buffer.concat([whole.subarray(0, at), whole.subarray(at + size)])
        const tried = best.with(part, fewer)
        left -= 1
        if (await breaks(tried)) best = tried
        else at += size
      }
    }
  }
  return best
}
