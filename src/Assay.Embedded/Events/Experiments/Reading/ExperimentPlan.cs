using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Experiments.Reading;

/// <summary>A question with the ids of its names and its windows in nanoseconds.</summary>
internal sealed record ExperimentPlan
{
    /// <summary>No variant, or a metric that was not asked for.</summary>
    public const int None = -1;

    /// <summary>The experiment's id; 0 when it was never seen.</summary>
    public int Experiment { get; private init; }

    /// <summary>The variants of the version in order of their names.</summary>
    public IReadOnlyList<string> Variants { get; private init; } = [];

    /// <summary>What each metric of the question is made of.</summary>
    public IReadOnlyList<MetricColumns> Metrics { get; private init; } = [];

    /// <summary>How many different outcomes are summed.</summary>
    public int Columns { get; private init; }

    public long Before { get; private init; }

    public long Attribution { get; private init; }

    public long PreExposure { get; private init; }

    /// <summary>Events before it are deleted, whether they still lie there or not.</summary>
    public long DeletedBefore { get; private init; }

    private int FirstId { get; init; }

    /// <summary>By id: the place of a variant, or of a metric's column.</summary>
    private int[] Places { get; init; } = [];

    public static ExperimentPlan Of(SqliteConnection connection, ExperimentQuery query)
    {
        Demand(query);
        var columns = query.Metrics.Select(m => m.Metric).Concat(query.Metrics.Select(m => m.Denominator).OfType<string>()).Distinct().ToList();
        var plan = new ExperimentPlan
        {
            Columns = columns.Count,
            Metrics =
            [
                .. query.Metrics.Select(m => new MetricColumns(
                    m.Metric,
                    columns.IndexOf(m.Metric),
                    m.Denominator is { } below ? columns.IndexOf(below) : None,
                    m.Quantiles
                )),
            ],
            Before = query.Before is { } before ? Nanos.Of(before) : long.MaxValue,
            Attribution = Nanos.Of(query.Attribution),
            PreExposure = Nanos.Of(query.PreExposure),
            DeletedBefore = EventCounts.Read(connection).GetValueOrDefault(EventCounts.DeletedBefore, long.MinValue),
        };
        return plan.WithNames(connection, query, columns);
    }

    public int VariantOf(in UnitRecord exposure) => PlaceOf(-exposure.Name);

    public int ColumnOf(in UnitRecord outcome) => PlaceOf(outcome.Name);

    private ExperimentPlan WithNames(SqliteConnection connection, ExperimentQuery query, List<string> columns)
    {
        using var find = new Statement(connection, "SELECT id FROM experiment_name WHERE experiment = 0 AND kind = 0 AND version = 0 AND name = ?");
        if (!find.Bind(1, query.Experiment).Step())
        {
            return this;
        }

        var experiment = (int)find.Long(0);
        var variants = Read(connection, experiment, NameKind.Variant, query.Version).OrderBy(v => v.Text, StringComparer.Ordinal).ToList();
        var metrics = Read(connection, experiment, NameKind.Metric, version: 0).Where(m => columns.Contains(m.Text)).ToList();
        var ids = variants.Concat(metrics).Select(n => n.Id).DefaultIfEmpty(0).ToList();
        var places = new int[ids.Max() - ids.Min() + 1];
        Array.Fill(places, None);
        for (var i = 0; i < variants.Count; i++)
        {
            places[variants[i].Id - ids.Min()] = i;
        }

        foreach (var metric in metrics)
        {
            places[metric.Id - ids.Min()] = columns.IndexOf(metric.Text);
        }

        return this with
        {
            Experiment = experiment,
            Variants = [.. variants.Select(v => v.Text)],
            FirstId = ids.Min(),
            Places = places,
        };
    }

    private int PlaceOf(int id) => (uint)(id - FirstId) < (uint)Places.Length ? Places[id - FirstId] : None;

    private static IEnumerable<(int Id, string Text)> Read(SqliteConnection connection, int experiment, NameKind kind, int version)
    {
        using var names = new Statement(connection, "SELECT id, name FROM experiment_name WHERE experiment = ? AND kind = ? AND version = ?");
        names.Bind(1, experiment).Bind(2, (long)kind).Bind(3, version);
        while (names.Step())
        {
            yield return ((int)names.Long(0), names.Text(1));
        }
    }

    private static void Demand(ExperimentQuery query)
    {
        if (query.Attribution < TimeSpan.Zero || query.PreExposure < TimeSpan.Zero)
        {
            throw AssayException.Usage("A window of the sums of an experiment is negative.", "Give 0 or more for attribution and pre-exposure.");
        }

        if (query.Metrics.Count > ExperimentQuery.MostMetrics)
        {
            throw AssayException.Usage($"{query.Metrics.Count} metrics are asked for.", $"Ask for at most {ExperimentQuery.MostMetrics} at a time.");
        }
    }
}

/// <summary>A metric of a question.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Above">The column of its outcomes.</param>
/// <param name="Below">The column of its denominator; <see cref="ExperimentPlan.None"/> for the number of outcomes.</param>
/// <param name="Quantiles">Whether single values are kept in a sketch.</param>
internal sealed record MetricColumns(string Metric, int Above, int Below, bool Quantiles);
