using Assay.Evaluation.Datasets;
using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Running;

/// <summary>Works through the cases of a run that are not done yet, many at once.</summary>
/// <param name="target">What is asked.</param>
/// <param name="metrics">What is measured, in the order of the plan.</param>
/// <param name="limits">How much at once and in all.</param>
/// <param name="time">The clock.</param>
/// <param name="telemetry">Spans and metrics; null for none.</param>
internal sealed class BenchmarkRunner(ITarget target, IReadOnlyList<IMetric> metrics, RunLimits limits, TimeProvider time, RunTelemetry? telemetry = null)
{
    // A power cut takes no more than this; a killed process takes nothing, since records are the system's once they are appended.
    private static readonly TimeSpan SyncEvery = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly AdaptiveGate gate = new(limits.Concurrency);

    /// <summary>An endpoint said 429.</summary>
    public void Throttled() => gate.Throttled();

    /// <summary>Works until every case is done, a limit is reached or someone cancels. What is done is in the journal, on disk, when it returns or throws.</summary>
    /// <param name="cases">The cases of the dataset, in its order.</param>
    /// <param name="journal">What was done before, and where to write.</param>
    /// <param name="report">Hears after every case.</param>
    /// <param name="cancellationToken">Ends the run; it can be resumed.</param>
    /// <exception cref="ModelCallException">An endpoint refuses (401, 403).</exception>
    /// <exception cref="AssayException">The journal cannot be written (4), or a case lacks what the target needs (2).</exception>
    public async Task<RunEnd> RunAsync(IEnumerable<Case> cases, RunJournal journal, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        using var execution = telemetry?.BeginRun(journal.Plan);
        using var launching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var working = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        // What is in flight is paid for: when someone stops the run it gets a moment to arrive.
        await using var stopping = cancellationToken.Register(() => working.CancelAfter(Grace));
        var tally = new RunTally(journal.State, journal.Plan.Content.Asked);
        var crew = new Crew(gate, new CaseWork(target, metrics, journal, tally, telemetry), launching, () => report(tally.Read(gate)), working.Token);
        report(tally.Read(gate));
        using var synced = new CancellationTokenSource();
        var syncing = SyncAsync(journal, synced.Token);
        var end = RunEnd.Cancelled;
        try
        {
            end = await LaunchAsync(cases, journal, crew, launching.Token);
        }
        catch (OperationCanceledException) when (launching.IsCancellationRequested)
        {
            // Someone stopped the run, or a fault that the crew keeps ends it.
        }
        finally
        {
            await crew.DoneAsync();
            await synced.CancelAsync();
            await syncing;
        }

        await journal.FlushAsync();
        var ended = crew.End(end, cancellationToken.IsCancellationRequested);
        return execution?.Ended(ended) ?? ended;
    }

    private async Task<RunEnd> LaunchAsync(IEnumerable<Case> cases, RunJournal journal, Crew crew, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        foreach (var item in Items(cases, journal))
        {
            if (time.GetElapsedTime(began) > limits.MaxTime)
            {
                return RunEnd.OutOfTime;
            }

            await crew.BeginAsync(item, cancellationToken);
        }

        return RunEnd.Finished;
    }

    private static IEnumerable<WorkItem> Items(IEnumerable<Case> cases, RunJournal journal)
    {
        var index = 0;
        foreach (var asked in cases)
        {
            for (var repeat = 0; repeat < journal.Plan.Content.Repeats; repeat++)
            {
                if (!journal.State.IsDone(index, repeat))
                {
                    yield return new WorkItem(asked, index, repeat, journal.State.Find(index, repeat));
                }
            }

            index++;
        }
    }

    private async Task SyncAsync(RunJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(SyncEvery, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await journal.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended; it flushes once more itself.
        }
    }
}
