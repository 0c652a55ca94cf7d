using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Runs;

/// <summary>
/// Keeps the records in few sorted runs: what is fresh becomes a run, and eight runs of a level one of the next (a log-structured merge tree, O'Neil et al.
/// 1996, in tiers). It works in small steps, as much as was appended, so that nobody waits for a large merge. All that it knows is in the file: after a
/// failure it goes on from the last block that was written.
/// </summary>
internal sealed class RunKeeper(SqliteConnection connection, EventCounts counts, RunSizes sizes) : IDisposable
{
    /// <summary>Records that a step merges for each that was appended: a level's merge ends well before its next one is due, which takes 1.</summary>
    private const int StepsAhead = 2;

    /// <summary>A run is written anew when this share of its time is deleted.</summary>
    private const double WorthDeleting = 0.1;

    private readonly RunTable table = new(connection);
    private bool mayHaveWork = true;

    private long DeletedBefore => counts.Find(EventCounts.DeletedBefore) ?? long.MinValue;

    /// <summary>Works for as long as so many appended records allow.</summary>
    public void Work(int appended)
    {
        counts.Next(EventCounts.ExperimentChanges);
        if (counts[EventCounts.ExperimentFresh] >= sizes.Fresh)
        {
            Flush();
        }

        if (mayHaveWork)
        {
            mayHaveWork = Step(Math.Max(sizes.LeastStep, StepsAhead * appended));
        }
    }

    /// <summary>A step of giving back the room of what was deleted: of runs where it is worth it.</summary>
    public DeletionStep DeleteStep(long before)
    {
        counts.Next(EventCounts.ExperimentChanges);
        var records = counts[EventCounts.Exposures] + counts[EventCounts.Outcomes];
        if (counts[EventCounts.ExperimentFresh] > 0 && counts[EventCounts.ExperimentFreshFirst] < before)
        {
            Flush();
        }

        BeginDeletion(before);
        mayHaveWork |= Step(sizes.DeletionStep);
        // Merges of what came meanwhile go on without the one who deletes.
        var goesOn = table.Read().Any(r => r.State == RunState.Dead || (r.State == RunState.Live && IsWorthDeleting(r.Totals, before)));
        return new DeletionStep(records - counts[EventCounts.Exposures] - counts[EventCounts.Outcomes], goesOn);
    }

    /// <summary>After a failure: looks anew whether there is work.</summary>
    public void ForgetAll() => mayHaveWork = true;

    public void Dispose() => table.Dispose();

    private static bool IsWorthDeleting(in RunTotals totals, long before) =>
        totals.FirstTime < before && (before - totals.FirstTime) >= WorthDeleting * ((double)totals.LastTime - totals.FirstTime);

    /// <summary>Writes one run at a time anew without what was deleted. One that is being merged loses it there.</summary>
    private void BeginDeletion(long before)
    {
        var runs = table.Read();
        var run = runs.FirstOrDefault(r => r is { State: RunState.Live, Target: 0 } && IsWorthDeleting(r.Totals, before));
        if (run is not null && !runs.Any(r => r.State == RunState.Building))
        {
            Begin([run], run.Level);
        }
    }

    /// <summary>Makes a run of what is fresh.</summary>
    private void Flush()
    {
        var fresh = FreshRecords.ReadSorted(connection, _ => true);
        var (exposures, run) = (fresh.Count(r => r.IsExposure), table.Add(level: 1));
        var builder = new RunBuilder(table, run, sizes.Block);
        using (var merge = new RecordMerge([new RecordCursor(fresh, 0, fresh.Length)], DeletedBefore))
        {
            while (merge.Next())
            {
                builder.Add(merge.Current);
            }
        }

        builder.Write();
        Publish(run with { Totals = builder.Totals }, new RunTotals(exposures, fresh.Length - exposures, 0, 0));
        FreshRecords.Clear(connection);
        counts[EventCounts.ExperimentFresh] = 0;
        counts[EventCounts.ExperimentFreshFirst] = long.MaxValue;
        mayHaveWork = true;
    }

    /// <summary>Goes on with every merge and every removal, and begins those that are due; false when there was nothing to do.</summary>
    private bool Step(int records)
    {
        var runs = table.Read();
        foreach (var run in runs.Where(r => r.State == RunState.Building))
        {
            Merge(run, [.. runs.Where(r => r.Target == run.Id)], records);
        }

        if (runs.FirstOrDefault(r => r.State == RunState.Dead) is { } dead)
        {
            table.Remove(dead.Id, Math.Max(1, records / sizes.Block));
        }

        var begun = BeginDue(runs);
        return begun || runs.Any(r => r.State != RunState.Live);
    }

    /// <summary>One merge at a time into each level.</summary>
    private bool BeginDue(IReadOnlyList<RunRow> runs)
    {
        var begun = false;
        foreach (var level in runs.Where(r => r is { State: RunState.Live, Target: 0 }).GroupBy(r => r.Level).Where(g => g.Count() >= sizes.FanIn))
        {
            if (!runs.Any(r => r.State == RunState.Building && r.Level == level.Key + 1))
            {
                Begin([.. level.Take(sizes.FanIn)], level.Key + 1);
                begun = true;
            }
        }

        return begun;
    }

    private void Begin(IReadOnlyList<RunRow> inputs, int level)
    {
        var target = table.Add(level);
        foreach (var input in inputs)
        {
            table.Put(input with { Target = target.Id });
        }
    }

    /// <summary>Merges so many records more; with the last of them the new run takes the place of those that it was made of.</summary>
    private void Merge(RunRow run, IReadOnlyList<RunRow> inputs, int records)
    {
        var last = table.LastOf(run.Id);
        var builder = new RunBuilder(table, run, sizes.Block);
        using var merge = new RecordMerge([.. inputs.Select(input => table.Open(input.Id, last))], DeletedBefore, last);
        var left = records;
        // A step ends with a full block; where experiments are small, none is ever full.
        while (left > -records && (left > 0 || !builder.IsWritten))
        {
            if (!merge.Next())
            {
                builder.Write();
                Replace(run with { Totals = builder.Totals }, inputs);
                return;
            }

            builder.Add(merge.Current);
            left--;
        }

        builder.Write();
        table.Put(run with { Totals = builder.Totals });
    }

    private void Replace(RunRow run, IReadOnlyList<RunRow> inputs)
    {
        Publish(run, new RunTotals(inputs.Sum(r => r.Totals.Exposures), inputs.Sum(r => r.Totals.Outcomes), 0, 0));
        foreach (var input in inputs)
        {
            table.Put(input with { State = RunState.Dead, Target = 0 });
        }
    }

    /// <summary>Lets the records of a run count instead of others.</summary>
    private void Publish(RunRow run, RunTotals instead)
    {
        table.Put(run with { State = run.Totals.Records > 0 ? RunState.Live : RunState.Dead });
        counts[EventCounts.Exposures] += run.Totals.Exposures - instead.Exposures;
        counts[EventCounts.Outcomes] += run.Totals.Outcomes - instead.Outcomes;
    }
}

/// <summary>What a step of deletion came to.</summary>
/// <param name="Deleted">Records that are gone.</param>
/// <param name="GoesOn">Whether there is more to do.</param>
internal readonly record struct DeletionStep(long Deleted, bool GoesOn);
