using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Statistics;

namespace Assay;

/// <summary>
/// One measured claim about a candidate and what it came to: what a release decides by. Evidence is never changed after it was made.
/// Its JSON (<see cref="ToJson"/>) is one object with the properties below in snake case, in this order; what is unknown is left out.
/// </summary>
/// <param name="Subject">What it speaks about.</param>
/// <param name="Metric">What was measured: <c>answer_quality mean</c>.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="At">When it was made.</param>
/// <param name="ToolVersion">The version of <c>assay</c> that made it.</param>
public sealed record Evidence(Candidate Subject, string Metric, Verdict Verdict, string Reason, DateTimeOffset At, string ToolVersion)
{
    /// <summary>The most trace ids that one piece of evidence names.</summary>
    public const int MostTraces = 20;

    /// <summary>The figure; null when there is none.</summary>
    public double? Estimate { get; init; }

    /// <summary>Its interval; null when there is none.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Where the figure must lie; null when nothing was demanded.</summary>
    public Threshold? Threshold { get; init; }

    /// <summary>How many cases, requests or items the figure rests on.</summary>
    public long N { get; init; }

    /// <summary>How figure and interval were computed; empty when they were not.</summary>
    public string Method { get; init; } = "";

    /// <summary>Traces to look at, the worst first, at most <see cref="MostTraces"/>.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Whether it comes from a smoke run (point thresholds, an offline or deterministic judge): a release gate refuses it.</summary>
    public bool IsSmoke { get; init; }

    /// <summary>The evidence as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvidenceJson.Default.Evidence);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="AssayException">It is no evidence (exit code 2).</exception>
    public static Evidence Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EvidenceJson.Default.Evidence) ?? throw new JsonException("the text is null");
        }
        catch (JsonException e)
        {
            throw AssayException.Usage($"This is no evidence: {e.Message}", "Use a record that `assay eval run` or `assay slo check` wrote.", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(EvidenceWord<Verdict>), typeof(EvidenceWord<ThresholdSide>)]
)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;

/// <summary>Names of an enumeration as JSON writes them: <c>no_data</c>.</summary>
internal sealed class EvidenceWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;
