using Assay.Statistics.Samples;
using Assay.Stores;

namespace Assay.Server.Quality;

/// <summary>From the store's sums, split by category, name and one dimension more, to a report. Pure.</summary>
internal static class QualitySums
{
    private const string NotBinary = "values other than 0 and 1 were sent; a guardrail sends 1 when it triggered and 0 when it let pass";

    /// <summary>The split of the sums that are understood here.</summary>
    public static IReadOnlyList<Dimension> SplitWith(Dimension by) => [Dimension.Category, Dimension.Name, by];

    /// <summary>Means of the scores of a kind, by name and key.</summary>
    public static IReadOnlyList<ScoreRow> Means(IEnumerable<AggregateRow> rows, ScoreKind kind) =>
        [.. Of(rows, kind).Select(g => Mean(g.Name, g.Key, g.Values)).OfType<ScoreRow>()];

    /// <summary>Trigger rates of the guardrails, by name and key.</summary>
    public static IReadOnlyList<GuardrailRow> Guardrails(IEnumerable<AggregateRow> rows) =>
        [.. Of(rows, ScoreKind.Guardrail).Where(g => g.Values.Count > 0).Select(g => Guardrail(g.Name, g.Key, g.Values))];

    /// <summary>How many of 0s and 1s are 1; null when there are other values among them.</summary>
    /// <remarks>Σx = n·mean and Σ(x − mean)² = n·mean·(1 − mean) hold together with 0 ≤ x ≤ 1 for 0s and 1s only.</remarks>
    public static long? Ones(in Moments values)
    {
        var sum = values.Mean * values.Count;
        var spread = sum * (1 - values.Mean);
        var isBinary =
            values is { NotFinite: 0, Min: 0 or 1, Max: 0 or 1 }
            && Math.Abs(sum - Math.Round(sum)) < 1e-6
            && Math.Abs(values.M2 - spread) < 1e-6 * Math.Max(1, spread);
        return isBinary ? (long)Math.Round(sum) : null;
    }

    private static IEnumerable<NamedValues> Of(IEnumerable<AggregateRow> rows, ScoreKind kind)
    {
        var category = kind.ToString().ToLowerInvariant();
        return rows.Where(row => row.By[0] == category)
            .GroupBy(row => (Name: row.By[1], Key: row.By[2]))
            .Select(group => new NamedValues(group.Key.Name, group.Key.Key, group.Aggregate(default(Moments), (all, row) => Moments.Merge(all, row.Value))))
            .OrderBy(values => values.Name, StringComparer.Ordinal)
            .ThenBy(values => values.Key, StringComparer.Ordinal);
    }

    private static ScoreRow? Mean(string name, string key, in Moments values) =>
        Estimate.OfMean(values) is { } mean ? new ScoreRow(name, key, mean, values.Min, values.Max) : null;

    private static GuardrailRow Guardrail(string name, string key, in Moments values) =>
        Ones(values) is { } triggered
            ? new GuardrailRow(name, key, triggered, values.Count, Estimate.OfRate(triggered, values.Count), Reason: null)
            : new GuardrailRow(name, key, 0, values.Count, Rate: null, NotBinary);

    private readonly record struct NamedValues(string Name, string Key, Moments Values);
}
