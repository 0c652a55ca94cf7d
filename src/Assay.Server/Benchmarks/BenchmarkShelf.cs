using Assay.Evaluation.Storing;

namespace Assay.Server.Benchmarks;

/// <summary>A benchmark and its latest runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Runs">The oldest first; never empty.</param>
internal sealed record ShelvedBenchmark(string Name, IReadOnlyList<StoredRun> Runs)
{
    public StoredRun Last => Runs[^1];
}

/// <summary>Benchmarks with their latest runs, as the pages show them.</summary>
internal sealed class BenchmarkShelf(StoredRuns runs)
{
    /// <summary>Runs that a trend shows.</summary>
    public const int TrendRuns = 30;

    /// <summary>Benchmarks on one page, and in one answer of the API.</summary>
    public const int MostListed = 100;

    /// <summary>Benchmarks, the one that ran last first.</summary>
    public async Task<IReadOnlyList<ShelvedBenchmark>> ListAsync(int skip, int limit, CancellationToken cancellationToken)
    {
        var found = new List<ShelvedBenchmark>();
        foreach (var name in (await runs.BenchmarksAsync(cancellationToken)).Skip(skip).Take(limit))
        {
            if (await FindAsync(name, TrendRuns, cancellationToken) is { } benchmark)
            {
                found.Add(benchmark);
            }
        }

        return found;
    }

    /// <summary>One benchmark with so many of its latest runs; null when it has none.</summary>
    public async Task<ShelvedBenchmark?> FindAsync(string name, int most, CancellationToken cancellationToken)
    {
        var latest = await runs.ListAsync(name, 0, most, cancellationToken);
        return latest.Count == 0 ? null : new ShelvedBenchmark(name, [.. latest.Reverse()]);
    }
}
