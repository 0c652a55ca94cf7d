using Assay.Embedded.Events.Experiments.Runs;
using Assay.Embedded.Safety;
using Assay.Embedded.Sqlite;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments;

/// <summary>Whether every exposure and outcome can be read, runs are sorted, counts are those of the records, and every name is known.</summary>
internal static class ExperimentTablesCheck
{
    public static StoreCheck Check { get; } = new("exposures", FindProblems);

    private static IEnumerable<string> FindProblems(SqliteConnection connection)
    {
        using var table = new RunTable(connection);
        var runs = table.Read();
        var look = new RecordLook(connection);
        foreach (var run in runs.Where(r => r.State != RunState.Dead))
        {
            foreach (var problem in ProblemsOf(connection, run, look))
            {
                yield return problem;
            }
        }

        foreach (var problem in ProblemsOfTheRest(connection, [.. runs.Where(r => r.State == RunState.Live)], look))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ProblemsOf(SqliteConnection connection, RunRow run, RecordLook look)
    {
        using var blocks = new Statement(
            connection,
            "SELECT id, experiment, last_unit, body FROM experiment_block WHERE run = ? ORDER BY experiment, last_unit, id"
        );
        blocks.Bind(1, run.Id);
        look.BeginRun();
        while (blocks.Step())
        {
            if (look.ProblemOfBlock((int)blocks.Long(1), blocks.Long(2), blocks.Bytes(3)) is { } problem)
            {
                yield return $"block {blocks.Long(0)} of run {run.Id} {problem}";
            }
        }

        if ((look.Exposures, look.Outcomes) != (run.Totals.Exposures, run.Totals.Outcomes))
        {
            yield return $"run {run.Id} holds {look.Exposures} exposures and {look.Outcomes} outcomes and says {run.Totals.Exposures} and {run.Totals.Outcomes}";
        }
    }

    private static IEnumerable<string> ProblemsOfTheRest(SqliteConnection connection, IReadOnlyList<RunRow> live, RecordLook look)
    {
        using var fresh = new Statement(connection, "SELECT id, body FROM experiment_fresh ORDER BY id");
        look.BeginRun();
        while (fresh.Step())
        {
            if (look.ProblemOfFresh(fresh.Bytes(1)) is { } problem)
            {
                yield return $"fresh block {fresh.Long(0)} {problem}";
            }
        }

        var counts = EventCounts.Read(connection);
        (string Name, long Found)[] counted =
        [
            (EventCounts.ExperimentFresh, look.Exposures + look.Outcomes),
            (EventCounts.Exposures, look.Exposures + live.Sum(r => r.Totals.Exposures)),
            (EventCounts.Outcomes, look.Outcomes + live.Sum(r => r.Totals.Outcomes)),
        ];
        foreach (var (name, found) in counted.Where(c => c.Found != counts.GetValueOrDefault(c.Name)))
        {
            yield return $"there are {found} {name.Replace('_', ' ')}, the store counted {counts.GetValueOrDefault(name)}";
        }

        if (look.Unnamed > 0)
        {
            yield return $"{look.Unnamed} exposures or outcomes have an experiment, a variant or a metric that is not there";
        }
    }
}
