using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;

namespace Assay.Server.Experiments.Pages;

/// <summary>
/// Reports of experiments, one made for all who ask at a time. What was begun is made to its end, though who asked has gone: a report that takes longer than a
/// reader waits is there for the next one, and keeps no other from being made for ever.
/// </summary>
/// <param name="make">Makes the report of a definition, as it stands now.</param>
/// <param name="time">The time.</param>
internal sealed class SharedReports(Func<ExperimentFile, CancellationToken, Task<ExperimentReport>> make, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How old a report may be that is shown as the present one, from its end on.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Each reads on every core.
    private const int MostAtOnce = 2;

    // Reports are some 100 KiB with 50 metrics and 20 arms.
    private const int MostKept = 200;

    private readonly Lock guard = new();
    private readonly Dictionary<string, ToldReport> kept = new(StringComparer.Ordinal);

    // One for each experiment of the catalog at most, in turn behind the gate; one whose definition changed meanwhile ends unused.
    private readonly Dictionary<string, Making> making = new(StringComparer.Ordinal);
    private readonly List<Task> running = [];
    private readonly SemaphoreSlim gate = new(MostAtOnce, MostAtOnce);
    private readonly CancellationTokenSource ended = new();

    /// <summary>The report: one that is fresh, else the one that is being made.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making.</param>
    /// <exception cref="AssayException">The definition asks for what cannot be analysed (exit code 2).</exception>
    public Task<ExperimentReport> NowAsync(ExperimentFile definition, CancellationToken cancellationToken)
    {
        lock (guard)
        {
            return Told(definition) is { Report: { } known, IsOutdated: false } told && time.GetElapsedTime(told.At) < Fresh
                ? Task.FromResult(known)
                : Begun(definition).WaitAsync(cancellationToken);
        }
    }

    /// <summary>What a definition came to when it was last told, however long ago; null when it never was.</summary>
    public ToldReport? Last(ExperimentFile definition)
    {
        lock (guard)
        {
            return Told(definition);
        }
    }

    /// <summary>Who asks from now on gets a report made anew.</summary>
    /// <param name="definition">The experiment.</param>
    /// <param name="latest">What it came to meanwhile; null when that is not known.</param>
    public void Outdate(ExperimentFile definition, ExperimentReport? latest)
    {
        lock (guard)
        {
            making.Remove(definition.Name);
            if ((latest ?? Told(definition)?.Report) is { } report)
            {
                Keep(new ToldReport(definition, report, null, time.GetTimestamp()) { IsOutdated = true });
            }
        }
    }

    /// <summary>Makes another report when its turn has come: few are made at once.</summary>
    public async Task<ExperimentReport> InTurnAsync(Func<Task<ExperimentReport>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends what is being made.</summary>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        Task[] open;
        lock (guard)
        {
            open = [.. running];
        }

        await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
        gate.Dispose();
    }

    private Task<ExperimentReport> Begun(ExperimentFile definition)
    {
        if (!making.TryGetValue(definition.Name, out var found) || !ReferenceEquals(found.Definition, definition))
        {
            found = new Making(definition);
            making[definition.Name] = found;
            // It waits for the guard before it can end, so it is there before it is gone.
            found.Task = Task.Run(() => MakeAsync(found));
            running.RemoveAll(t => t.IsCompleted);
            running.Add(found.Task);
        }

        return found.Task;
    }

    private async Task<ExperimentReport> MakeAsync(Making asked)
    {
        try
        {
            var report = await InTurnAsync(() => make(asked.Definition, ended.Token), ended.Token);
            End(asked, report, null);
            return report;
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            End(asked, null, e);
            throw;
        }
        catch
        {
            End(asked, null, null);
            throw;
        }
    }

    private void End(Making asked, ExperimentReport? report, AssayException? problem)
    {
        lock (guard)
        {
            if (!making.TryGetValue(asked.Definition.Name, out var found) || found != asked)
            {
                return;
            }

            making.Remove(asked.Definition.Name);
            if (report is not null || problem is not null)
            {
                Keep(new ToldReport(asked.Definition, report, problem, time.GetTimestamp()));
            }
        }
    }

    private ToldReport? Told(ExperimentFile definition) =>
        kept.TryGetValue(definition.Name, out var told) && ReferenceEquals(told.Definition, definition) ? told : null;

    private void Keep(ToldReport told)
    {
        if (kept.Count >= MostKept && !kept.ContainsKey(told.Definition.Name))
        {
            kept.Remove(kept.MinBy(k => k.Value.At).Key);
        }

        kept[told.Definition.Name] = told;
    }

    private sealed class Making(ExperimentFile definition)
    {
        public ExperimentFile Definition { get; } = definition;

        public Task<ExperimentReport> Task { get; set; } = null!;
    }
}

/// <summary>What an experiment came to when it was last told.</summary>
/// <param name="Definition">The experiment as it was then.</param>
/// <param name="Report">The report; null when it cannot be analysed.</param>
/// <param name="Problem">Why it cannot be; null when it can.</param>
/// <param name="At">When, as a time stamp of the clock.</param>
internal sealed record ToldReport(ExperimentFile Definition, ExperimentReport? Report, AssayException? Problem, long At)
{
    /// <summary>Whether something happened since that a report must tell.</summary>
    public bool IsOutdated { get; init; }
}
