using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Approvals;
using Assay.Releases.Ledger;

namespace Assay.Releases.Gates;

/// <summary>What a gate came to. Its JSON is the body of a ledger's link of the kind <c>gate</c>.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Commit">The candidate's commit; empty when nobody named one.</param>
/// <param name="FileHash">The hash of the release file that asked.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Verdict">Pass only when every need passes and everybody needed has approved.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Needs">Each need, in the order of the file.</param>
/// <param name="Approvals">Who approved.</param>
internal sealed record GateDecision(
    string Release,
    string Commit,
    string FileHash,
    DateTimeOffset At,
    Verdict Verdict,
    string Reason,
    IReadOnlyList<NeedDecision> Needs,
    ApprovalsDecision Approvals
)
{
    /// <summary>The shape of the JSON.</summary>
    public string Schema { get; init; } = "assay.gate/1";

    /// <summary>The decision as a ledger's body.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, GateJson.Default.GateDecision);

    /// <summary>The decision of a link; null when the link holds none that can be read.</summary>
    public static GateDecision? Of(LedgerLink link)
    {
        try
        {
            return link.Entry is { Kind: LedgerKind.Gate, Body.IsEmpty: false }
                ? JsonSerializer.Deserialize(link.Entry.Body.Span, GateJson.Default.GateDecision)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a need came to.</summary>
/// <param name="Need">The need: <c>benchmark handbook</c>.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in sentences.</param>
/// <param name="Source">Where the evidence is from; empty when there is none.</param>
/// <param name="Figures">Each piece.</param>
internal sealed record NeedDecision(string Need, Verdict Verdict, string Reason, string Source, IReadOnlyList<NeedFigure> Figures)
{
    /// <summary>The time of the oldest piece; null when there is none.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What is told and not decided by.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A piece of evidence as the gate took it.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Verdict">What it came to here.</param>
/// <param name="Reason">Why.</param>
internal sealed record NeedFigure(string Metric, Verdict Verdict, string Reason)
{
    /// <summary>The figure; null when there is none.</summary>
    public double? Estimate { get; init; }

    /// <summary>Its interval's low end.</summary>
    public double? Low { get; init; }

    /// <summary>Its interval's high end.</summary>
    public double? High { get; init; }

    /// <summary>The limit that was demanded; null for none.</summary>
    public double? Limit { get; init; }

    /// <summary>What the figure rests on.</summary>
    public long N { get; init; }

    /// <summary>How it was computed.</summary>
    public string Method { get; init; } = "";

    /// <summary>The p-value of a fail, corrected by Holm over all fails that have one; null when it has none.</summary>
    public double? FailP { get; init; }

    /// <summary>The hash of the evidence, as the ledger has it; null when it is not in the ledger.</summary>
    public string? Hash { get; init; }
}

/// <summary>Who approved.</summary>
/// <param name="Needed">How many different people must.</param>
/// <param name="Given">Each approval, and whether it counts.</param>
internal sealed record ApprovalsDecision(int Needed, IReadOnlyList<CheckedApproval> Given)
{
    /// <summary>How many count.</summary>
    [JsonIgnore]
    public int Counting => Given.Count(a => a.Counts);

    /// <summary>How many are missing.</summary>
    [JsonIgnore]
    public int Lacking => Math.Max(0, Needed - Counting);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(VerdictName), typeof(SideName)]
)]
[JsonSerializable(typeof(GateDecision))]
[JsonSerializable(typeof(GateRequest))]
[JsonSerializable(typeof(EvidenceHandIn))]
[JsonSerializable(typeof(OpenedRelease))]
internal sealed partial class GateJson : JsonSerializerContext;

/// <summary>Verdicts as JSON writes them: <c>no_data</c>.</summary>
internal sealed class VerdictName() : JsonStringEnumConverter<Verdict>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>Sides of thresholds as JSON writes them: <c>at_least</c>.</summary>
internal sealed class SideName() : JsonStringEnumConverter<ThresholdSide>(JsonNamingPolicy.SnakeCaseLower);
