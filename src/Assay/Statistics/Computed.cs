using System.Text.Json.Serialization;

namespace Assay.Statistics;

/// <summary>A result that the data carried. Every number is finite; what a method does not have is null.</summary>
public sealed record Computed : StatisticResult
{
    [JsonConstructor]
    internal Computed(string method, string reference)
        : base(method, reference) { }

    /// <summary>What was estimated: a difference (treatment − control), a mean, a rate, a ratio, as the method's documentation says.</summary>
    [JsonInclude]
    public double Estimate { get; internal init; }

    /// <summary>The standard error of <see cref="Estimate"/>, in its unit.</summary>
    [JsonInclude]
    public double? StandardError { get; internal init; }

    /// <summary>The confidence interval of <see cref="Estimate"/>.</summary>
    [JsonInclude]
    public Interval? Interval { get; internal init; }

    /// <summary>The test statistic: t, z, χ² or U, as the method's documentation says.</summary>
    [JsonInclude]
    public double? Statistic { get; internal init; }

    /// <summary>Degrees of freedom of <see cref="Statistic"/>; not whole for Welch's test.</summary>
    [JsonInclude]
    public double? DegreesOfFreedom { get; internal init; }

    /// <summary>The p-value under the method's null hypothesis.</summary>
    [JsonInclude]
    public PValue? P { get; internal init; }

    /// <summary>How many observations were used, over all arms.</summary>
    [JsonInclude]
    public long N { get; internal init; }

    /// <summary>The result, or <see cref="NotComputable"/> when the arithmetic left the range of double, so that no infinity or NaN leaves the library.</summary>
    internal StatisticResult OrNotComputable() =>
        double.IsFinite(Estimate)
        && IsFinite(StandardError)
        && IsFinite(Statistic)
        && IsFinite(DegreesOfFreedom)
        && IsFinite(Interval?.Low)
        && IsFinite(Interval?.High)
        && P is null or { IsNumber: true }
            ? this
            : new NotComputable(Method, Reference, "the arithmetic left the range of a double: the values are too large, or too far apart");

    private static bool IsFinite(double? value) => value is null || double.IsFinite(value.Value);
}
