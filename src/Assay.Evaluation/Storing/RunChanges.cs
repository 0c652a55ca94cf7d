using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Reports;

namespace Assay.Evaluation.Storing;

/// <summary>What handing a run in did.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Change">What it changed.</param>
internal sealed record RunReceipt(string Run, string Benchmark, [property: JsonConverter(typeof(SnakeCaseEnum<RunChange>))] RunChange Change)
{
    /// <summary>What became of its cases; null when nothing was stored.</summary>
    [JsonIgnore]
    public CaseCounts? Counted { get; init; }
}

/// <summary>Cases of a run by what became of them, repeats counted.</summary>
/// <param name="Answered">The target answered.</param>
/// <param name="Cached">The response cache answered.</param>
/// <param name="Failed">The target failed.</param>
internal readonly record struct CaseCounts(int Answered, int Cached, int Failed);

/// <summary>What handing a run in changes.</summary>
internal enum RunChange
{
    /// <summary>The run is new.</summary>
    Added,

    /// <summary>It was stored before, when less of it was done or its gates were others.</summary>
    Replaced,

    /// <summary>The same run is stored already.</summary>
    None,

    /// <summary>More of the run is stored already: what was handed in is an older state of it.</summary>
    Older,

    /// <summary>Another run has this id, or was being stored under it at the same time.</summary>
    Other,
}

/// <summary>Decides what handing a run in changes.</summary>
internal static class RunChanges
{
    public static RunChange Of(StoredRun? stored, RunHead head) =>
        stored is null ? RunChange.Added
        : !IsSameRun(stored, head) ? RunChange.Other
        : head.Report.Done < stored.Report.Done ? RunChange.Older
        : IsSame(stored, head) ? RunChange.None
        : RunChange.Replaced;

    private static bool IsSameRun(StoredRun stored, RunHead head)
    {
        var (ours, theirs) = (stored.Report, head.Report);
        return ours.Benchmark == theirs.Benchmark
            && stored.Timings.StartedAt == head.Timings.StartedAt
            && ours.Content.DatasetHash == theirs.Content.DatasetHash
            && ours.Content.TargetFingerprint == theirs.Content.TargetFingerprint
            && (ours.Content.Repeats, ours.Content.Seed) == (theirs.Content.Repeats, theirs.Content.Seed);
    }

    // Lists of records do not compare by what they hold; their JSON does.
    private static bool IsSame(StoredRun stored, RunHead head) =>
        JsonSerializer
            .SerializeToUtf8Bytes(
                new RunHead(stored.Report, stored.Timings) { Translations = stored.Translations, Origin = stored.Origin },
                StoringJson.Strict.RunHead
            )
            .AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(head with { DurationS = null }, StoringJson.Strict.RunHead));
}
