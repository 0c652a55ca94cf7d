using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Files;
using Assay.Releases.Rollbacks;

namespace Assay.Releases.Canaries;

/// <summary>Canaries as JSON: snake case, what is unknown left out. No number is NaN or infinite: such a one would be refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(ReleaseIdText),
        typeof(CanaryWord<CanaryPhase>),
        typeof(CanaryWord<CanaryRole>),
        typeof(CanaryWord<MetricBreak>),
        typeof(CanaryWord<MetricVerdict>),
        typeof(CanaryWord<RollbackStage>),
        typeof(CanaryWord<Verdict>),
        typeof(CanaryWord<Ledger.LedgerKind>),
    ]
)]
[JsonSerializable(typeof(CanaryState))]
[JsonSerializable(typeof(CanaryLook))]
[JsonSerializable(typeof(CanaryNoteBody))]
[JsonSerializable(typeof(CanaryLease))]
[JsonSerializable(typeof(CanaryList))]
[JsonSerializable(typeof(CanaryLooks))]
[JsonSerializable(typeof(CanaryOrder))]
[JsonSerializable(typeof(CanaryStart))]
[JsonSerializable(typeof(CanaryStatus))]
[JsonSerializable(typeof(RollbackCard))]
internal sealed partial class CanaryJson : JsonSerializerContext;

/// <summary>Names of an enumeration as JSON writes them: <c>rolled_back</c>.</summary>
internal sealed class CanaryWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

/// <summary>A release's id as <c>name@version</c>.</summary>
internal sealed class ReleaseIdText : JsonConverter<ReleaseId>
{
    public override ReleaseId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()?.Split('@', 2) is [var name, var version]
            ? new ReleaseId(name, version)
            : throw new JsonException("A release's id is name@version.");

    public override void Write(Utf8JsonWriter writer, ReleaseId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
