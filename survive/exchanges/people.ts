import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { checkDigit } from '../../src/law/identifiers.ts'
import { draw, drawWhole } from '../draw.ts'

/** Whom a case is about: invented, with a right check digit; some of whom the register has nobody. */
export function personOf(name: string): { readonly iin: string; readonly absent: boolean } {
  const kind = draw(`${name}/kind`)
  if (kind < 0.08) return { iin: edgeIins.absent, absent: true }
  return { iin: inventedIin(name), absent: false }
}

/** Edge numbers have 99 in the serial: drawn ones never do. */
function inventedIin(name: string): string {
  for (let turn = 0; ; turn++) {
    const two = (value: number) => String(value).padStart(2, '0')
    const born = `${two(drawWhole(`${name}/${turn}/year`, 60, 95))}${two(drawWhole(`${name}/${turn}/month`, 1, 12))}${two(drawWhole(`${name}/${turn}/day`, 1, 28))}`
    const eleven = `${born}${drawWhole(`${name}/${turn}/sex`, 3, 4)}${String(drawWhole(`${name}/${turn}/serial`, 1, 8999)).padStart(4, '0')}`
    const digit = checkDigit(eleven)
    if (digit !== null) return `${eleven}${digit}`
  }
}
