using System.Text.Json.Serialization;

namespace Assay.Statistics;

/// <summary>A p-value with its decimal logarithm, which goes on where a double ends (p below 1e-308).</summary>
public readonly record struct PValue
{
    private const double LogOf10 = 2.302585092994045684;

    /// <summary>Both forms as they were stored; use <see cref="From"/> and <see cref="FromLog"/> to make one.</summary>
    [JsonConstructor]
    internal PValue(double value, double log10)
    {
        Value = value;
        Log10 = log10;
    }

    /// <summary>The p-value, 0 to 1. Below 1e-308 it rounds to 0; <see cref="Log10"/> then still tells.</summary>
    public double Value { get; }

    /// <summary>The decimal logarithm of the p-value, at most 0.</summary>
    public double Log10 { get; }

    internal bool IsNumber => double.IsFinite(Value) && double.IsFinite(Log10);

    /// <summary>From the natural logarithm of the p-value; above 0 counts as 0 (rounding may carry a probability past 1).</summary>
    internal static PValue FromLog(double logP)
    {
        var log = logP > 0 ? 0 : logP;
        return new PValue(Math.Exp(log), log / LogOf10);
    }

    /// <summary>From the p-value itself, above 0 and at most 1.</summary>
    internal static PValue From(double p)
    {
        var bounded = p > 1 ? 1 : p;
        return new PValue(bounded, Math.Log10(bounded));
    }

    /// <summary>Whether the p-value is at most <paramref name="alpha"/>.</summary>
    public bool IsAtMost(double alpha) => Value <= alpha;
}
