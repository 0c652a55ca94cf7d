using System.Globalization;
using Assay.Experimentation.Analysis.Looks;
using Assay.Stores;

namespace Assay.Experimentation.Analysis.Health;

/// <summary>
/// Whether the store still has the begin of the experiment. Retention deletes the oldest events first: units that were exposed then are missing, and those
/// that are exposed again count from there, so what is left is another experiment than the one that was run.
/// </summary>
internal static class DeletionHealth
{
    // Were units coming before the deletion as they come after it, so long a pause after it would be one in e²⁰.
    private const double LongestPause = 20;

    // Of few units a pause says little; an experiment that began within a day of the deletion is about to lose its begin anyway.
    private static readonly TimeSpan MostPause = TimeSpan.FromDays(1);

    /// <summary>When the experiment began, as far as the store or any look knows; null when no unit was ever seen.</summary>
    /// <param name="sums">What is left.</param>
    /// <param name="earlier">Looks before this one.</param>
    public static DateTimeOffset? Begin(ExperimentSums sums, IReadOnlyList<ExperimentLook> earlier) =>
        // A look of an older version says no more than that there were units by then.
        earlier.Select(l => l.First ?? (l.Units > 0 ? l.At : null)).Append(sums.First).Min();

    /// <summary>One check when anything was ever deleted, else none.</summary>
    public static IEnumerable<HealthCheck> Of(ExperimentSums sums, IReadOnlyList<ExperimentLook> earlier, DateTimeOffset now)
    {
        if (sums.KeptFrom is { } kept)
        {
            var begin = Begin(sums, earlier);
            yield return Problem(sums, begin, kept, now) is { } problem
                ? new HealthCheck(
                    HealthFault.Deleted,
                    HealthState.Fault,
                    $"{problem} Raise the version to begin anew, and keep events for longer than it runs."
                )
                : new HealthCheck(
                    HealthFault.Deleted,
                    HealthState.Fine,
                    begin is { } first
                        ? $"Events are kept since {Told(kept)}; it began on {Told(first)}."
                        : $"Events are kept since {Told(kept)}; no unit has come yet."
                );
        }
    }

    private static string? Problem(ExperimentSums sums, DateTimeOffset? begin, DateTimeOffset kept, DateTimeOffset now) =>
        now <= kept ? $"Events before {Told(kept)} were deleted: how it stood on {Told(now)} can no longer be told."
        : begin < kept
            ? $"It began on {Told(begin.Value)}, and events before {Told(kept)} were deleted: units of its begin are missing or counted from a later exposure."
        : sums.First is { } first && first - kept <= Pause(sums)
            ? $"Events before {Told(kept)} were deleted, and the first exposure that is left came right after it, on {Told(first)}: units most likely came before."
        : null;

    private static TimeSpan Pause(ExperimentSums sums)
    {
        var units = sums.Variants.Sum(v => v.Units) + sums.InSeveral;
        var usual = units < 2 ? MostPause : (sums.Last!.Value - sums.First!.Value) / (units - 1) * LongestPause;
        return usual < MostPause ? usual : MostPause;
    }

    private static string Told(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
