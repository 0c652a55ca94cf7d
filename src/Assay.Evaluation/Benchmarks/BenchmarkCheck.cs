using Assay.Catalogs;

namespace Assay.Evaluation.Benchmarks;

/// <summary>What a benchmark file must say, beyond what its metrics and gates check themselves.</summary>
internal static class BenchmarkCheck
{
    /// <summary>The longest wait for one answer, in seconds, as of a model's (<c>--timeout</c>).</summary>
    private const int MostSeconds = 3_600;

    /// <exception cref="AssayException">Something is missing or out of range (exit code 2, file and line named).</exception>
    public static void Demand(BenchmarkFile file)
    {
        Demand(
            file,
            file.Name.Length > 0 && file.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'),
            "The benchmark has no name, or one with odd characters.",
            "Write 'name:' with letters, digits and _ . -."
        );
        Demand(file, file.Language is "en" or "ru", $"'language: {file.Language}' is not known.", "Write en or ru.");
        Demand(
            file,
            file.Mode is "full" or "smoke",
            $"'mode: {file.Mode}' is not known.",
            "Write full, or smoke for fewer than 5 cases with a deterministic judge."
        );
        Demand(file, file.Dataset.Length > 0, "The benchmark has no dataset.", "Write 'dataset:' with a path relative to this file.");
        Demand(file, file.Repeats is >= 1 and <= 100, $"'repeats: {file.Repeats}' is out of range.", "Write a number from 1 to 100.");
        Demand(file, file.Concurrency is >= 1 and <= 1024, $"'concurrency: {file.Concurrency}' is out of range.", "Write a number from 1 to 1024.");
        Demand(file, file.Metrics.Count > 0, "The benchmark measures nothing.", "Write 'metrics:' with at least one kind.");
        DemandTarget(file, file.Target);
        if (file.DryRun?.Target is { } standIn)
        {
            DemandTarget(file, standIn);
        }

        DemandLimits(file.Limits);
    }

    private static void DemandTarget(BenchmarkFile file, TargetEntry? target)
    {
        var kinds = target?.Kinds().ToList() ?? [];
        if (kinds.Count != 1)
        {
            throw (target?.Place ?? file.Place).Error(
                kinds.Count == 0 ? "The benchmark says not what is asked." : $"The target is {string.Join(" and ", kinds)} at once.",
                "Write one of prompt, recorded, offline, http, process under 'target:'."
            );
        }

        if (target!.Offline is { } offline && offline != "extract")
        {
            throw target.Place.Error($"There is no offline target '{offline}'.", "Write 'offline: extract'.");
        }

        if (target.Http is { } http && !(Uri.TryCreate(http.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            throw http.Place.Error($"'url: {http.Url}' is no address.", "Write it in full: http://127.0.0.1:5081/ask.");
        }

        if (target.Process is { Command.Count: 0 } process)
        {
            throw process.Place.Error("The process has no command.", "Write 'command: [program, argument]'.");
        }

        DemandTimeout(target.Http?.TimeoutSeconds, target.Http?.Place);
        DemandTimeout(target.Process?.TimeoutSeconds, target.Process?.Place);
    }

    // Not a number is within no range.
    private static void DemandTimeout(double? seconds, CatalogPlace? place)
    {
        if (seconds is { } given && given is not (> 0 and <= MostSeconds))
        {
            throw place!.Error(FormattableString.Invariant($"'timeoutSeconds: {given}' is out of range."), $"Write seconds above 0, at most {MostSeconds}.");
        }
    }

    private static void DemandLimits(LimitsEntry limits)
    {
        if (limits.RequestsPerMinute <= 0 || limits.TokensPerMinute <= 0 || limits.MaxCostUsd <= 0 || limits.MaxMinutes <= 0)
        {
            throw limits.Place.Error("A limit is 0 or less.", "Leave a limit out to have none.");
        }
    }

    private static void Demand(BenchmarkFile file, bool holds, string problem, string fix)
    {
        if (!holds)
        {
            throw file.Place.Error(problem, fix);
        }
    }
}
