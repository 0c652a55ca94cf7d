using System.Collections.Concurrent;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Experiments.Pages;

/// <summary>
/// How experiments stand now, for pages: a report of millions of events takes seconds, so one is shared by whoever asks within <see cref="Fresh"/>, and few are
/// made at a time. Reading a page remembers no look.
/// </summary>
internal sealed class ExperimentShelf(LookBook book, TimeProvider time) : IDisposable
{
    /// <summary>How old a report may be that is shown as the present one.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Each reads on every core.
    private const int MostAtOnce = 2;

    // Reports are some 100 KiB with 50 metrics and 20 arms.
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<string, ShelvedReport> kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(MostAtOnce, MostAtOnce);

    // Two looks at one moment would be one look told twice.
    private readonly SemaphoreSlim looking = new(1, 1);

    /// <summary>The report; at most <see cref="Fresh"/> old.</summary>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public async Task<ExperimentReport> NowAsync(ExperimentFile definition, CancellationToken cancellationToken)
    {
        if (Known(definition) is { } known)
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return Known(definition) ?? Keep(definition, await book.RecallAsync(definition, time.GetUtcNow(), cancellationToken));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>How it stood at a time in the past.</summary>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public async Task<ExperimentReport> PastAsync(ExperimentFile definition, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await book.RecallAsync(definition, asOf, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Looks now, and remembers it; one look at a time.</summary>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport> LookAsync(ExperimentFile definition, CancellationToken cancellationToken) =>
        InTurnAsync(definition, () => book.LookAsync(definition, time.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>Looks now because the schedule says so, and remembers it unless there is nothing yet; one look at a time.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="due">When the look became due.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport?> LookOnScheduleAsync(ExperimentFile definition, DateTimeOffset due, CancellationToken cancellationToken) =>
        InTurnAsync(definition, () => book.LookOnScheduleAsync(definition, due, time.GetUtcNow(), cancellationToken), cancellationToken);

    public void Dispose()
    {
        gate.Dispose();
        looking.Dispose();
    }

    // Who reads the page afterwards finds the look among those that are remembered.
    private async Task<T> InTurnAsync<T>(ExperimentFile definition, Func<Task<T>> look, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            var report = await look();
            kept.TryRemove(definition.Name, out _);
            return report;
        }
        finally
        {
            looking.Release();
        }
    }

    private ExperimentReport? Known(ExperimentFile definition) =>
        kept.TryGetValue(definition.Name, out var found) && ReferenceEquals(found.Definition, definition) && time.GetElapsedTime(found.At) < Fresh
            ? found.Report
            : null;

    private ExperimentReport Keep(ExperimentFile definition, ExperimentReport report)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[definition.Name] = new ShelvedReport(definition, report, time.GetTimestamp());
        return report;
    }

    private sealed record ShelvedReport(ExperimentFile Definition, ExperimentReport Report, long At);
}
