import { InMemorySpanExporter } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runEffects } from '../../src/ledger/effects/runEffects.ts'
import { inSpan, traceId } from '../../src/observe/trace.ts'
import { startTracing, type Tracing, wantsTraces } from '../../src/observe/tracing.ts'
import { open } from '../ledger/commands.ts'
import { withDatabase } from '../ledger/database.ts'

const exporter = new InMemorySpanExporter()
let tracing: Tracing
beforeAll(async () => {
  tracing = await startTracing({}, exporter)
})
afterAll(() => tracing.stop())

const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name)

it('an effect runs in a trace of its own that points to the command that caused it, and never sees how', async () => {
  const seen: unknown[] = []
  await withDatabase(async ({ ledger: own }) => {
    exporter.reset()
    let caused: string | undefined
    await inSpan('request', () => {
      caused = traceId()
      return own.append(open({ effects: [{ task: 'notify', key: 'accepted', payload: { to: 'applicant' } }] }))
    })
    const effects = await runEffects(own.database, { notify: async (effect) => void seen.push(effect.payload) })
    await expect.poll(() => named('effect.run').length, { timeout: 15_000 }).toBe(1)
    await effects.stop()
    const [run] = named('effect.run')
    expect(run?.links.map(({ context }) => context.traceId)).toEqual([caused])
    expect(run?.spanContext().traceId).not.toBe(caused)
    expect(run?.attributes).toEqual({ 'qyzmet.task': 'notify', 'qyzmet.attempt': 1 })
    expect(seen).toEqual([{ to: 'applicant' }])
  })
})

it('a failure leaves its name in the span and not its message', async () => {
  exporter.reset()
  await expect(inSpan('fails', async () => Promise.reject(new TypeError('850412499913')))).rejects.toThrow(TypeError)
  expect(() =>
    inSpan('fails', () => {
      throw new RangeError('850412499913')
    }),
  ).toThrow(RangeError)
  expect(named('fails').map(({ status, events }) => [status.message, events])).toEqual([
    ['TypeError', []],
    ['RangeError', []],
  ])
})

it('traces are written only where OpenTelemetry’s own variables say where to', () => {
  expect([{}, { OTEL_SERVICE_NAME: 'x' }, { OTEL_TRACES_EXPORTER: 'none' }].map(wantsTraces)).toEqual([false, false, false])
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toBe(true)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' })).toBe(false)
})
