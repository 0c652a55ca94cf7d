using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;

namespace Assay.Releases.Rehearsals;

/// <summary>A rehearsal as the ledger keeps it.</summary>
/// <param name="Scenario">What was broken: 1 to 64 of <c>a-z 0-9 _ - .</c>, a letter first.</param>
/// <param name="At">When.</param>
/// <param name="Verdict">Whether it kept its budget.</param>
/// <param name="Reason">Why, at most 1,000 characters.</param>
internal sealed record RehearsalNote(string Scenario, DateTimeOffset At, Verdict Verdict, string Reason)
{
    /// <summary>The most that are handed in at once: a hundred times all six.</summary>
    public const int MostAtOnce = 600;

    private const int LongestReason = 1_000;
    private const int MostLessons = 100;
    private const int LongestLesson = 1_000;

    /// <summary>From the fault until the rollback was decided, in seconds; null when it was not.</summary>
    public double? DetectSeconds { get; init; }

    /// <summary>From the fault until all was well again, in seconds; null when it was not.</summary>
    public double? RestoreSeconds { get; init; }

    /// <summary>What was allowed for both together, in seconds.</summary>
    public double? BudgetSeconds { get; init; }

    /// <summary>The metrics that found it.</summary>
    public IReadOnlyList<string> FoundBy { get; init; } = [];

    /// <summary>What was learned.</summary>
    public IReadOnlyList<string> Lessons { get; init; } = [];

    /// <summary>The version of the controller.</summary>
    public string Assay { get; init; } = "";

    public static RehearsalNote Of(RehearsalResult result, string assay) =>
        new(result.Scenario, result.At, result.Verdict, result.Reason.Length <= LongestReason ? result.Reason : result.Reason[..LongestReason])
        {
            DetectSeconds = result.DetectSeconds,
            RestoreSeconds = result.RestoreSeconds,
            BudgetSeconds = result.BudgetRestoreSeconds,
            FoundBy = [.. result.FoundBy.Select(f => f.Metric)],
            Lessons = [.. result.Facts.Concat(result.Lessons).Take(MostLessons)],
            Assay = assay,
        };

    /// <summary>The entry of a ledger; the same rehearsal told twice is told once.</summary>
    /// <exception cref="AssayException">It is none that a ledger takes (exit code 2).</exception>
    public LedgerEntry Entry(ReleaseId release, string actor)
    {
        // What a sender left out is null, whatever stands above.
        var whole = this with
        {
            FoundBy = FoundBy ?? [],
            Lessons = Lessons ?? [],
            Assay = Assay ?? "",
        };
        whole.Check();
        return new(
            release.ToString(),
            LedgerKind.Rehearsal,
            $"rehearsal/{Scenario}/{LedgerLine.TimeOf(At)}",
            actor,
            At,
            JsonSerializer.SerializeToUtf8Bytes(whole, RehearsalJson.Default.RehearsalNote)
        );
    }

    private void Check()
    {
        var isWhole =
            ReleaseId.IsName(Scenario)
            && Reason is { Length: <= LongestReason }
            && FoundBy is { Count: <= MostLessons }
            && Assay is { Length: <= LongestLesson }
            && Lessons is { Count: <= MostLessons }
            && Lessons.Concat(FoundBy).All(l => l is { Length: <= LongestLesson });
        double?[] times = [DetectSeconds, RestoreSeconds, BudgetSeconds];
        if (!isWhole || times.Any(t => t is not (null or >= 0 and <= 86_400)))
        {
            throw AssayException.Usage(
                "That is no rehearsal.",
                "Send what `assay release rehearse --record` sends: scenario, at, verdict, reason, times of 0 to 86,400 seconds, and at most 100 lessons."
            );
        }
    }
}

/// <summary>Rehearsals that are handed in for the ledger.</summary>
/// <param name="Rehearsals">1 to 600.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RehearsalHandIn(IReadOnlyList<RehearsalNote> Rehearsals);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(VerdictName)]
)]
[JsonSerializable(typeof(RehearsalFault))]
[JsonSerializable(typeof(RehearsalNote))]
[JsonSerializable(typeof(RehearsalHandIn))]
internal sealed partial class RehearsalJson : JsonSerializerContext;
