import type * as SdkTrace from '@opentelemetry/sdk-trace'
import { switchTraces } from './trace.ts'

export interface Tracing {
  /** Sends what is still here. */
  stop(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>

/** Whether the environment (OpenTelemetry's own variables) asks for traces: it names where they go. */
export function wantsTraces(env: Environment): boolean {
  if (env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return false
  return (
    env.OTEL_TRACES_EXPORTER !== undefined ||
    env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined
  )
}

/**
 * Loads the SDK and sends spans by OTLP over HTTP. The exporter reads `OTEL_EXPORTER_OTLP_*` itself, the processor is told `OTEL_BSP_*`,
 * the resource is `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`. One for a process: OpenTelemetry's registers are global.
 * @param exporter another place where spans go, one by one as they end; for tests
 */
export async function startTracing(env: Environment, exporter?: SdkTrace.SpanExporter): Promise<Tracing> {
  const [api, sdk, hooks, { W3CTraceContextPropagator }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
  ])
  const processor = exporter ? new sdk.SimpleSpanProcessor({ exporter }) : await overHttp(sdk, env)
  const named = resources.resourceFromAttributes({ 'service.name': 'qyzmet' })
  const resource = resources
    .defaultResource()
    .merge(named)
    .merge(resources.detectResources({ detectors: [resources.envDetector] }))
  const provider = new sdk.TracerProvider({ spanProcessors: [processor], resource, sampler: samplerOf(sdk, env) })
  const { context, propagation, trace } = api
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  trace.setGlobalTracerProvider(provider)
  switchTraces(api)
  return {
    stop: async () => {
      switchTraces(undefined)
      await provider.shutdown()
      for (const one of [trace, context, propagation]) one.disable()
    },
  }
}

type Sdk = typeof SdkTrace

async function overHttp(sdk: Sdk, env: Environment) {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const number = (name: string, otherwise: number) => Number(env[name] ?? otherwise)
  return new sdk.BatchSpanProcessor({
    exporter: new OTLPTraceExporter(),
    scheduledDelayMillis: number('OTEL_BSP_SCHEDULE_DELAY', 5000),
    exportTimeoutMillis: number('OTEL_BSP_EXPORT_TIMEOUT', 30_000),
    maxQueueSize: number('OTEL_BSP_MAX_QUEUE_SIZE', 2048),
    maxExportBatchSize: number('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 512),
  })
}

/** `OTEL_TRACES_SAMPLER`: all (the default), none, or a part; a request that brings a trace with it follows that trace's choice. */
function samplerOf(sdk: Sdk, env: Environment) {
  const given = env.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on'
  const part = Number(env.OTEL_TRACES_SAMPLER_ARG ?? 1)
  const name = given.replace('parentbased_', '')
  const root =
    name === 'always_off'
      ? new sdk.AlwaysOffSampler()
      : name === 'traceidratio'
        ? new sdk.TraceIdRatioBasedSampler(part)
        : new sdk.AlwaysOnSampler()
  return given.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root
}
