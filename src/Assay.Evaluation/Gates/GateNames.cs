namespace Assay.Evaluation.Gates;

/// <summary>Statistics as benchmark files write them.</summary>
internal static class GateNames
{
    private static readonly Dictionary<string, (GateStatistic Statistic, double? Quantile)> Known = new(StringComparer.Ordinal)
    {
        ["mean"] = (GateStatistic.Mean, null),
        ["rate"] = (GateStatistic.Rate, null),
        ["p50"] = (GateStatistic.Quantile, 0.5),
        ["p90"] = (GateStatistic.Quantile, 0.9),
        ["p95"] = (GateStatistic.Quantile, 0.95),
        ["p99"] = (GateStatistic.Quantile, 0.99),
        ["difference"] = (GateStatistic.Difference, null),
        ["error_rate"] = (GateStatistic.ErrorRate, null),
        ["total"] = (GateStatistic.Total, null),
        ["run_sd"] = (GateStatistic.RunDeviation, null),
        ["agreement"] = (GateStatistic.Agreement, null),
    };

    public static string All => string.Join(", ", Known.Keys);

    public static bool TryFind(string name, out GateStatistic statistic, out double? quantile)
    {
        var found = Known.TryGetValue(name, out var entry);
        (statistic, quantile) = entry;
        return found;
    }

    public static string Of(GateStatistic statistic, double? quantile) => Known.First(k => k.Value == (statistic, quantile)).Key;

    /// <summary>Short names of what answers took, as people write them.</summary>
    public static string Resource(string metric) =>
        metric switch
        {
            "cost" => "cost_usd",
            "judge_cost" => "judge_cost_usd",
            "run_cost" => "run_cost_usd",
            "latency" => "latency_ms",
            _ => metric,
        };
}
