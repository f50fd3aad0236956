import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  type SpanExporter,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Logger } from "pino";
import { type Step, spanIdOf, type Tracer, traceIdOf } from "./step.ts";

const complainEveryMs = 60_000;

/** Sends steps to a collector by OTLP over HTTP, some seconds late and many at once. One that is away costs spans, not work. */
export function openOtlp(endpoint: string, logger: Pick<Logger, "warn">): Tracer {
  const next = { traceId: "", spanId: "" };
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "newsledger" }),
    // Ids follow from the ledger, so that processes which know nothing of each other tell of one trace.
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    sampler: new AlwaysOnSampler(),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: complaining(
          new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` }),
          logger,
        ),
        maxQueueSize: 4_096,
        maxExportBatchSize: 512,
        scheduledDelayMillis: 1_000,
        exportTimeoutMillis: 10_000,
      }),
    ],
  });
  const tracer = provider.getTracer("newsledger");
  return {
    note(step) {
      next.traceId = traceIdOf(step.correlationId);
      next.spanId = spanIdOf(step.id);
      const { from: startTime, facts: attributes = {} } = step;
      const span = tracer.startSpan(step.name, { startTime, attributes }, causeOf(step));
      if (step.problem !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR, message: step.problem });
      span.end(step.to);
    },
    async [Symbol.asyncDispose]() {
      await provider.shutdown().catch(() => {}); // it has said so
    },
  };
}

const causeOf = ({ correlationId, causedBy }: Step) =>
  causedBy === null
    ? ROOT_CONTEXT
    : trace.setSpanContext(ROOT_CONTEXT, {
        traceId: traceIdOf(correlationId),
        spanId: spanIdOf(causedBy),
        traceFlags: TraceFlags.SAMPLED,
        isRemote: true,
      });

/** Says, once a minute, that spans are lost. */
function complaining(exporter: SpanExporter, logger: Pick<Logger, "warn">): SpanExporter {
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    export: (spans, told) =>
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - saidAt > complainEveryMs) {
          saidAt = performance.now();
          logger.warn(
            { error: result.error.message, spans: spans.length },
            "traces were not taken",
          );
        }
        told(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
