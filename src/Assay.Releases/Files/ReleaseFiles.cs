using Assay.Catalogs;

namespace Assay.Releases.Files;

/// <summary>Whether release files can be used: every fault with its file and line.</summary>
internal static class ReleaseFiles
{
    private const int MostNeeds = 50;
    private const int MostMargins = 50;
    private const int MostApprovals = 20;

    /// <summary>Refuses a file that cannot be used.</summary>
    /// <exception cref="AssayException">It has faults, all of them named (exit code 2).</exception>
    public static void Check(ReleaseFile file)
    {
        if (ReleaseFault.ErrorOf(Faults(file)) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Everything that is wrong with a file; unknown keys are refused while it is read.</summary>
    public static IReadOnlyList<ReleaseFault> Faults(ReleaseFile file) =>
        [.. Head(file), .. Gate(file), .. file.Canary is { } canary ? CanaryFaults.Of(canary) : []];

    private static IEnumerable<ReleaseFault> Head(ReleaseFile file)
    {
        if (!ReleaseId.IsName(file.Name))
        {
            yield return At(file, $"'{file.Name}' cannot be a release's name.", ReleaseId.NameFix);
        }

        if (string.IsNullOrWhiteSpace(file.Service))
        {
            yield return At(file, "the service is missing.", "Write `service:` and the service.name of its telemetry: rag-service.");
        }
    }

    private static IEnumerable<ReleaseFault> Gate(ReleaseFile file)
    {
        var gate = file.Gate;
        if (gate?.Evidence is not { Count: > 0 and <= MostNeeds } needs)
        {
            yield return At(
                (CatalogEntry?)gate ?? file,
                $"the gate needs {gate?.Evidence?.Count ?? 0} pieces of evidence.",
                $"Name 1 to {MostNeeds} under gate.evidence: a gate that asks for nothing opens for everything."
            );
            yield break;
        }

        if (gate.Approvals is < 0 or > MostApprovals)
        {
            yield return At(gate, $"'approvals: {gate.Approvals}' is out of range.", $"Write 0 to {MostApprovals}.");
        }

        foreach (
            var fault in needs.SelectMany(n => n is null ? [At(gate, "a need is empty.", "Write one of benchmark, experiment, slo and canary.")] : Need(n))
        )
        {
            yield return fault;
        }

        foreach (var twice in needs.OfType<NeedEntry>().GroupBy(n => n.Title).Where(g => g.Skip(1).Any()))
        {
            yield return At(twice.Last(), $"'{twice.Key}' is needed twice.", "Write it once.");
        }
    }

    private static IEnumerable<ReleaseFault> Need(NeedEntry need)
    {
        var kinds = new[] { need.Benchmark, need.Experiment, need.Slo, need.Canary }.Where(k => k is not null).ToList();
        if (kinds.Count != 1 || !IsReference(kinds[0]!))
        {
            yield return At(
                need,
                "a need names " + (kinds.Count == 1 ? $"'{kinds[0]}', which cannot be a name." : $"{kinds.Count} things."),
                "Write exactly one of benchmark, experiment, slo and canary, with a name of the catalog."
            );
        }

        if (Durations.TryRead(need.MaxAge) is null)
        {
            yield return At(need, $"'maxAge: {need.MaxAge}' is no length of time.", Durations.Fix);
        }

        if (need.Margins is not { Count: <= MostMargins })
        {
            yield return At(need, "there are too many margins.", $"Write at most {MostMargins}.");
            yield break;
        }

        foreach (var (metric, margin) in need.Margins)
        {
            if (margin is null || (margin.AtLeast is null) == (margin.AtMost is null) || !double.IsFinite((margin.AtLeast ?? margin.AtMost)!.Value))
            {
                yield return At(
                    (CatalogEntry?)margin ?? need,
                    $"the margin of '{metric}' has not exactly one limit.",
                    "Write atLeast or atMost, a finite number."
                );
            }
        }
    }

    // A name goes into addresses and keys: what can be none is refused.
    private static bool IsReference(string name) =>
        name.Length is > 0 and <= 128 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static ReleaseFault At(CatalogEntry entry, string problem, string fix) => new(entry.Place, problem, fix);
}
