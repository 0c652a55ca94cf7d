// Sends one request with a model call in it, by an OpenTelemetry SDK without any setting but what stands in the environment.
// Usage: node send.mjs proto|http|grpc
import { SpanKind, SpanStatusCode, context, trace } from "@opentelemetry/api";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

const { OTLPTraceExporter } = await import(`@opentelemetry/exporter-trace-otlp-${process.argv[2]}`);
const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())] });
provider.register();

const tracer = trace.getTracer("js-client", "1.0.0");
const request = tracer.startSpan("POST /ask", { kind: SpanKind.SERVER, attributes: { "http.response.status_code": 200, tags: ["a", "b"] } });
const call = tracer.startSpan(
  "chat small-1",
  {
    kind: SpanKind.CLIENT,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "small-1",
      "gen_ai.usage.input_tokens": 1200,
      "gen_ai.usage.output_tokens": 34,
      "gen_ai.request.temperature": 0.5,
    },
  },
  trace.setSpan(context.active(), request),
);
call.addEvent("first_token", { n: 1 });
call.setStatus({ code: SpanStatusCode.ERROR, message: "cut off" });
call.end();
request.end();

await provider.forceFlush();
await provider.shutdown();
console.log(request.spanContext().traceId);
