using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assay.Observability.Correlations;
using OpenTelemetry.Resources;

namespace Assay.Observability.Tracing;

/// <summary>The JSON object of one span, with bounded attribute values.</summary>
internal sealed class SpanJson(int maxValueLength)
{
    // The bound of OpenTelemetry's own span limits.
    private const int MaxItems = 128;

    private static readonly string[] ResourceKeys = ["service.name", "service.version", "deployment.environment"];
    private static readonly string[] Kinds = ["internal", "server", "client", "producer", "consumer"];
    private static readonly string[] Statuses = ["unset", "ok", "error"];

    private Resource? described;
    private KeyValuePair<string, string>[] resource = [];
    private long truncated;

    public long Truncated => Volatile.Read(ref truncated);

    public void Describe(Resource of)
    {
        if (!ReferenceEquals(of, described))
        {
            described = of;
            resource =
            [
                .. of
                    .Attributes.Where(a => ResourceKeys.Contains(a.Key))
                    .Select(a => KeyValuePair.Create(a.Key, Convert.ToString(a.Value, CultureInfo.InvariantCulture) ?? "")),
            ];
        }
    }

    public void Write(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject();
        json.WriteString("trace_id"u8, span.TraceId.ToHexString());
        json.WriteString("span_id"u8, span.SpanId.ToHexString());
        json.WriteString("parent_id"u8, span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString());
        json.WriteString("name"u8, Bounded(span.DisplayName));
        json.WriteString("kind"u8, Kinds[(int)span.Kind]);
        WriteTime(json, "start"u8, span.StartTimeUtc);
        json.WriteNumber("duration_ms"u8, span.Duration.TotalMilliseconds);
        json.WriteString("status"u8, Statuses[(int)span.Status]);
        json.WriteString("status_description"u8, span.StatusDescription is { } why ? Bounded(why) : null);
        json.WriteString("correlation_id"u8, span.GetTagItem(Correlation.BaggageKey) as string ?? span.TraceId.ToHexString());
        WriteAttributes(json, span.EnumerateTagObjects());
        WriteEvents(json, span);
        WriteResource(json);
        json.WriteEndObject();
    }

    private void WriteAttributes(Utf8JsonWriter json, Activity.Enumerator<KeyValuePair<string, object?>> tags)
    {
        json.WriteStartObject("attributes"u8);
        var count = 0;
        foreach (ref readonly var tag in tags)
        {
            if (count++ == MaxItems)
            {
                Interlocked.Increment(ref truncated);
                break;
            }

            json.WritePropertyName(Bounded(tag.Key));
            WriteValue(json, tag.Value);
        }

        json.WriteEndObject();
    }

    private void WriteEvents(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartArray("events"u8);
        var count = 0;
        foreach (ref readonly var happened in span.EnumerateEvents())
        {
            if (count++ == MaxItems)
            {
                Interlocked.Increment(ref truncated);
                break;
            }

            json.WriteStartObject();
            json.WriteString("name"u8, Bounded(happened.Name));
            WriteTime(json, "time"u8, happened.Timestamp.UtcDateTime);
            WriteAttributes(json, happened.EnumerateTagObjects());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteResource(Utf8JsonWriter json)
    {
        json.WriteStartObject("resource"u8);
        foreach (var (key, value) in resource)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(Bounded(text));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case IEnumerable items:
                WriteArray(json, items);
                break;
            default:
                json.WriteStringValue(Bounded(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    private void WriteArray(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        var count = 0;
        foreach (var item in items)
        {
            if (count++ == MaxItems)
            {
                Interlocked.Increment(ref truncated);
                break;
            }

            // Attributes are flat: what is deeper is written as text.
            WriteValue(json, item is IEnumerable and not string ? item.ToString() : item);
        }

        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTime utc)
    {
        Span<byte> text = stackalloc byte[32];
        // "O" is ISO 8601 with seven digits and, for UTC, a Z.
        utc.TryFormat(text, out var written, "O", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..written]);
    }

    private string Bounded(string text)
    {
        if (text.Length <= maxValueLength)
        {
            return text;
        }

        Interlocked.Increment(ref truncated);
        var end = char.IsHighSurrogate(text[maxValueLength - 1]) ? maxValueLength - 1 : maxValueLength;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}…[{text.Length - end} characters cut]");
    }
}
