using Assay.Statistics;
using Assay.Statistics.Means;
using Assay.Statistics.Rates;
using Assay.Statistics.Samples;

namespace Assay.Server.Quality;

/// <summary>A mean or a rate with its interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The low end of the 95 % interval; null when none follows from the data.</param>
/// <param name="High">The high end.</param>
/// <param name="N">On how many values it rests.</param>
/// <param name="Method">The interval's method.</param>
/// <param name="Reason">Why there is no interval; null when there is one.</param>
internal sealed record Estimate(double Value, double? Low, double? High, long N, string Method, string? Reason)
{
    /// <summary>A mean with Student's t interval; null without values.</summary>
    public static Estimate? OfMean(in Moments values) => values.Count == 0 ? null : Of(MeanInterval.Of(values), values.Mean, values.Count);

    /// <summary>A rate with Wilson's score interval; null without trials.</summary>
    public static Estimate? OfRate(long hits, long trials) => trials == 0 ? null : Of(RateInterval.Wilson(hits, trials), (double)hits / trials, trials);

    private static Estimate Of(StatisticResult result, double value, long n) =>
        result switch
        {
            Computed computed => new(value, computed.Interval?.Low, computed.Interval?.High, n, computed.Method, Reason: null),
            NotComputable none => new(value, null, null, n, none.Method, none.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
