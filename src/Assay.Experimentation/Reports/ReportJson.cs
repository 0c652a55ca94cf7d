using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Health;
using Assay.Experimentation.Analysis.Looks;

namespace Assay.Experimentation.Reports;

/// <summary>Reports and looks as JSON: snake case, what is unknown left out. No number is NaN or infinite: such a one would be refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(SnakeCaseWord<DecidedAction>),
        typeof(SnakeCaseWord<DecisionCause>),
        typeof(SnakeCaseWord<HealthFault>),
        typeof(SnakeCaseWord<HealthState>),
        typeof(SnakeCaseWord<MetricRole>),
        typeof(SnakeCaseWord<Finding>),
        typeof(SnakeCaseWord<Verdict>),
    ]
)]
[JsonSerializable(typeof(ExperimentReport))]
[JsonSerializable(typeof(ExperimentLook))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>A report as one JSON document: letters of every script as they are.</summary>
    public static string Text(ExperimentReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(json, report, Default.ExperimentReport);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A look as it is stored.</summary>
    public static byte[] Bytes(ExperimentLook look) => JsonSerializer.SerializeToUtf8Bytes(look, Default.ExperimentLook);

    /// <summary>A stored look.</summary>
    public static ExperimentLook Look(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.ExperimentLook)!;
}

/// <summary>Names of an enumeration as JSON writes them: <c>roll_back</c>.</summary>
internal sealed class SnakeCaseWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
