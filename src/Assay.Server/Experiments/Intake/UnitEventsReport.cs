using System.Text.Json.Serialization;

namespace Assay.Server.Experiments.Intake;

/// <summary>What became of the events of a request; those that were rejected are lost, and sending them again changes nothing.</summary>
/// <param name="Stored">New ones, on disk.</param>
/// <param name="Duplicates">Those that were there already, by key.</param>
/// <param name="Rejected">Those with a fault.</param>
internal sealed record UnitEventsReport(int Stored, int Duplicates, int Rejected)
{
    /// <summary>Of the rejected, those that are older than what was deleted; absent when there are none.</summary>
    public int? TooLate { get; init; }

    /// <summary>Of the rejected, those of an experiment, a variant or a metric too many; absent when there are none.</summary>
    public int? TooManyNames { get; init; }

    /// <summary>The first faults, each with its place; absent when there are none.</summary>
    public IReadOnlyList<string>? Faults { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UnitEventsReport))]
internal sealed partial class UnitEventJson : JsonSerializerContext;
