import type { Seal, SigningSeal } from './seal.ts'

/**
 * A seal that signs with keys of its own, and judges what others signed by the name of their algorithm: the demonstration takes the simulator's signatures
 * and those of national keys.
 */
export function sealTogether(own: SigningSeal, others: Readonly<Record<string, Seal>>): SigningSeal {
  const judgeOf = (algorithm: string): Seal => (Object.hasOwn(others, algorithm) ? (others[algorithm] ?? own) : own)
  return {
    prepare: (request) => own.prepare(request),
    sign: (request) => own.sign(request),
    accept: (prepared, signature, at) => judgeOf(signature.algorithm).accept(prepared, signature, at),
    verify: (bytes, signature, expectation) => judgeOf(signature.algorithm).verify(bytes, signature, expectation),
  }
}
