using Assay.Experimentation.Analysis;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Experiments.Pages;

/// <summary>
/// How experiments stand now, for pages: a report of millions of events takes seconds, so one is shared by whoever asks within
/// <see cref="SharedReports.Fresh"/>, and few are made at a time. Reading a page remembers no look.
/// </summary>
internal sealed class ExperimentShelf(LookBook book, TimeProvider time) : IAsyncDisposable
{
    private readonly SharedReports reports = new((definition, ended) => book.RecallAsync(definition, time.GetUtcNow(), ended), time);

    // Two looks at one moment would be one look told twice.
    private readonly SemaphoreSlim looking = new(1, 1);

    /// <summary>The report: at most <see cref="SharedReports.Fresh"/> old, or the one that is being made.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="cancellationToken">Ends the waiting; the report is made all the same, for who asks next.</param>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport> NowAsync(ExperimentFile definition, CancellationToken cancellationToken) => reports.NowAsync(definition, cancellationToken);

    /// <summary>What it came to when it was last told, however long ago; null when it never was.</summary>
    public ToldReport? Last(ExperimentFile definition) => reports.Last(definition);

    /// <summary>How it stood at a time in the past.</summary>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport> PastAsync(ExperimentFile definition, DateTimeOffset asOf, CancellationToken cancellationToken) =>
        reports.InTurnAsync(() => book.RecallAsync(definition, asOf, cancellationToken), cancellationToken);

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

    public async ValueTask DisposeAsync()
    {
        await reports.DisposeAsync();
        looking.Dispose();
    }

    // Who reads the page afterwards finds the look among those that are remembered.
    private async Task<T> InTurnAsync<T>(ExperimentFile definition, Func<Task<T>> look, CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            var report = await look();
            reports.Outdate(definition, report as ExperimentReport);
            return report;
        }
        finally
        {
            looking.Release();
        }
    }
}
