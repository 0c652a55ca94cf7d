using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Assay.Experimentation.Clients;

namespace Assay.Experimentation.Exposures;

/// <summary>A batch as the hub takes it: JSON, compressed.</summary>
/// <param name="instance">What tells this process from others; part of every outcome's key.</param>
internal sealed class EventMessage(string instance)
{
    /// <summary>The body of a request.</summary>
    public byte[] Of(IReadOnlyList<WaitingEvent> batch)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip))
        {
            json.WriteStartObject();
            WriteAll(json, "exposures", batch, EventKind.Exposure, WriteExposure);
            WriteAll(json, "outcomes", batch, EventKind.Outcome, WriteOutcome);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteAll(
        Utf8JsonWriter json,
        string name,
        IReadOnlyList<WaitingEvent> batch,
        EventKind kind,
        Action<Utf8JsonWriter, WaitingEvent> write
    )
    {
        json.WriteStartArray(name);
        foreach (var waiting in batch)
        {
            if (waiting.Kind == kind)
            {
                json.WriteStartObject();
                json.WriteString("experiment"u8, waiting.Experiment);
                // Text: a number of 64 bits is more than JavaScript's and some parsers' numbers hold.
                json.WriteString("unitId"u8, waiting.Unit.ToString(CultureInfo.InvariantCulture));
                json.WriteString("time"u8, waiting.At.UtcDateTime);
                write(json, waiting);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteExposure(Utf8JsonWriter json, WaitingEvent exposure)
    {
        json.WriteNumber("version"u8, (int)exposure.Number);
        json.WriteString("variant"u8, exposure.Name);
    }

    private void WriteOutcome(Utf8JsonWriter json, WaitingEvent outcome)
    {
        json.WriteString("key"u8, string.Create(CultureInfo.InvariantCulture, $"{instance}-{outcome.Sequence}"));
        json.WriteString("metric"u8, outcome.Name);
        // JSON has no number for these; the hub counts them.
        if (double.IsFinite(outcome.Number))
        {
            json.WriteNumber("value"u8, outcome.Number);
        }
        else
        {
            json.WriteString("value"u8, outcome.Number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
