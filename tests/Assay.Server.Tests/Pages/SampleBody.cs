using System.Globalization;
using Assay.Server.Intake.Wire;

namespace Assay.Server.Tests.Pages;

/// <summary>A span's OTLP message with what only its page shows: attributes, an event, why it failed.</summary>
internal static class SampleBody
{
    public static ReadOnlyMemory<byte> Chat(long startNanos) =>
        Of(
            [
                ("gen_ai.operation.name", "chat"),
                ("gen_ai.request.model", "gpt-4.1-mini"),
                ("gen_ai.response.finish_reasons", "stop"),
                ("server.address", "models.example.com"),
            ],
            ("gen_ai.first_token", startNanos + 451_000_000, [("time_to_first_token_ms", "451")]),
            ""
        );

    public static ReadOnlyMemory<byte> RefusedRerank(long startNanos) =>
        Of(
            [("http.request.method", "POST"), ("http.response.status_code", "429"), ("server.address", "models.example.com")],
            ("exception", startNanos + 46_000_000, [("exception.type", "429 Too Many Requests"), ("exception.message", "Retry-After 50 ms, honoured")]),
            "429 Too Many Requests"
        );

    private static ReadOnlyMemory<byte> Of(
        (string Key, string Value)[] attributes,
        (string Name, long Nanos, (string Key, string Value)[] Attributes) happened,
        string status
    )
    {
        var span = new ProtoWriter();
        Attributes(span, SpanTag.Attributes, attributes);
        var begin = span.Open(SpanTag.Events);
        span.Fixed64(EventTag.Time, (ulong)happened.Nanos);
        span.Text(EventTag.Name, happened.Name);
        Attributes(span, EventTag.Attributes, happened.Attributes);
        span.Close(begin);
        if (status.Length > 0)
        {
            begin = span.Open(SpanTag.Status);
            span.Text(StatusTag.Message, status);
            span.Close(begin);
        }

        return span.ToArray();
    }

    private static void Attributes(ProtoWriter message, uint tag, (string Key, string Value)[] attributes)
    {
        foreach (var (key, value) in attributes)
        {
            var begin = message.Open(tag);
            message.Text(KeyValueTag.Key, key);
            var inner = message.Open(KeyValueTag.Value);
            if (long.TryParse(value, CultureInfo.InvariantCulture, out var number))
            {
                message.Varint(AnyValueTag.Int, (ulong)number);
            }
            else
            {
                message.Text(AnyValueTag.Text, value);
            }

            message.Close(inner);
            message.Close(begin);
        }
    }
}
