using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>
/// Sums an experiment in ranges of units, on several connections at once. The ranges are always the same, and are added up in their order:
/// the bits do not depend on the machine.
/// </summary>
internal sealed class ExperimentReader(SqliteFile file, ExperimentQuery query)
{
    /// <summary>Ranges of units; units are hashes, so each has about as many.</summary>
    private const int Ranges = 8;

    /// <summary>Connections at a time; each holds a block for each run, some 5 MB.</summary>
    private const int MostReaders = 4;

    /// <summary>Whether it was ended is asked after so many records.</summary>
    private const int RecordsUnasked = 65_536;

    /// <summary>So many questions are answered at once, each on all cores; others wait their turn, so that memory is bounded.</summary>
    private static readonly SemaphoreSlim Turns = new(2);

    public async Task<ExperimentSums> SumAsync(CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await SumInTurnAsync(cancellationToken);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task<ExperimentSums> SumInTurnAsync(CancellationToken cancellationToken)
    {
        await using var readers = await SameReaders.OpenAsync(file, Math.Clamp(Environment.ProcessorCount, 1, MostReaders), Stamp, cancellationToken);
        var begin = await readers.RunAsync(0, Begin, cancellationToken);
        DateTimeOffset? kept = begin.Plan.DeletedBefore > long.MinValue ? Nanos.ToTime(begin.Plan.DeletedBefore) : null;
        if (begin.Plan.Experiment == 0)
        {
            return new ExperimentSums([]) { KeptFrom = kept };
        }

        var parts = new ExperimentSums[Ranges];
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, readers.Count)
                .Select(reader =>
                    readers.RunAsync(
                        reader,
                        connection =>
                        {
                            for (int range; (range = Interlocked.Increment(ref next)) < Ranges; )
                            {
                                parts[range] = Sum(connection, begin, range, cancellationToken);
                            }

                            return 0;
                        },
                        cancellationToken
                    )
                )
        );
        return parts.Aggregate(SumsMerge.Of) with { KeptFrom = kept };
    }

    /// <summary>Changes with every commit that changes the sums of an experiment.</summary>
    private static long Stamp(SqliteConnection connection) => EventCounts.Read(connection).GetValueOrDefault(EventCounts.ExperimentChanges);

    private Beginning Begin(SqliteConnection connection)
    {
        var plan = ExperimentPlan.Of(connection, query);
        using var runs = new RunTable(connection);
        return new Beginning(
            plan,
            [.. runs.Read().Where(r => r.State == RunState.Live).Select(r => r.Id)],
            FreshRecords.ReadSorted(connection, experiment => experiment == plan.Experiment)
        );
    }

    private static ExperimentSums Sum(SqliteConnection connection, Beginning begin, int range, CancellationToken cancellationToken)
    {
        var (first, last) = UnitsOf(range);
        var tally = new ExperimentTally(begin.Plan);
        using var merge = new RecordMerge([.. Cursors(connection, begin, first)], begin.Plan.DeletedBefore);
        for (var records = 1; merge.Next() && merge.Current.Unit <= last; records++)
        {
            tally.Add(merge.Current);
            if (records % RecordsUnasked == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return tally.ToSums();
    }

    private static IEnumerable<RecordCursor> Cursors(SqliteConnection connection, Beginning begin, long first)
    {
        foreach (var run in begin.Runs)
        {
            var blocks = new Statement(
                connection,
                "SELECT body FROM experiment_block WHERE run = ?1 AND experiment = ?2 AND last_unit >= ?3 ORDER BY last_unit, id"
            );
            var cursor = new RecordCursor(blocks.Bind(1, run).Bind(2, begin.Plan.Experiment).Bind(3, first));
            cursor.SkipTo(first);
            yield return cursor;
        }

        var fresh = new RecordCursor(begin.Fresh, 0, begin.Fresh.Length);
        fresh.SkipTo(first);
        yield return fresh;
    }

    private static (long First, long Last) UnitsOf(int range)
    {
        const ulong Width = ulong.MaxValue / Ranges + 1;
        var first = unchecked((long)(Width * (ulong)range) + long.MinValue);
        return (first, unchecked(first + (long)(Width - 1)));
    }

    /// <summary>What all ranges share.</summary>
    private sealed record Beginning(ExperimentPlan Plan, IReadOnlyList<long> Runs, UnitRecord[] Fresh);
}
