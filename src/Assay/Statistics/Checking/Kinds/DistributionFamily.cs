using Assay.Statistics.Distributions;

namespace Assay.Statistics.Checking.Kinds;

/// <summary>One distribution with its parameters set: tails as logarithms, and quantiles.</summary>
/// <param name="Low">The lower end of where values lie, as a standard value.</param>
/// <param name="High">The upper end.</param>
/// <param name="Above">ln P(X &gt; x) between the ends.</param>
/// <param name="Below">ln P(X ≤ x) between the ends.</param>
/// <param name="FromBelow">The x with P(X ≤ x) = p, 0 &lt; p &lt; 1.</param>
/// <param name="FromAbove">The x with P(X &gt; x) = q, 0 &lt; q &lt; 1.</param>
internal sealed record DistributionFamily(
    double Low,
    double High,
    Func<double, double> Above,
    Func<double, double> Below,
    Func<double, double> FromBelow,
    Func<double, double> FromAbove
)
{
    private double Loc { get; init; }

    private double Scale { get; init; } = 1;

    /// <summary>The distribution of this name with parameters from a row; null when the name is unknown.</summary>
    public static DistributionFamily? Find(string name, CaseInputs inputs)
    {
        var family = name switch
        {
            "norm" => Standard(Normal.LogUpper, z => Normal.LogUpper(-z), Normal.Quantile, Normal.UpperQuantile),
            "t" => OfT(inputs.Number("df")),
            _ => null,
        };
        return family is null ? null : family with { Loc = inputs.OptionalNumber("loc") ?? 0, Scale = inputs.OptionalNumber("scale") ?? 1 };
    }

    public double LogUpper(double x) => Tail((x - Loc) / Scale, Above, atLow: 0, atHigh: double.NegativeInfinity);

    public double LogLower(double x) => Tail((x - Loc) / Scale, Below, atLow: double.NegativeInfinity, atHigh: 0);

    public double Quantile(double p) => Cut(p, FromBelow, Low, High);

    public double UpperQuantile(double q) => Cut(q, FromAbove, High, Low);

    private double Tail(double z, Func<double, double> tail, double atLow, double atHigh) =>
        z < Low ? atLow
        : z >= High ? atHigh
        : tail(z);

    private double Cut(double share, Func<double, double> cut, double at0, double at1) =>
        Loc
        + (
            Scale
            * share switch
            {
                0 => at0,
                1 => at1,
                > 0 and < 1 => cut(share),
                _ => double.NaN,
            }
        );

    private static DistributionFamily Standard(
        Func<double, double> above,
        Func<double, double> below,
        Func<double, double> fromBelow,
        Func<double, double> fromAbove
    ) => new(double.NegativeInfinity, double.PositiveInfinity, above, below, fromBelow, fromAbove);

    private static DistributionFamily OfT(double df) =>
        Standard(
            t => StudentT.LogUpper(t, Positive("df", df)),
            t => StudentT.LogUpper(-t, Positive("df", df)),
            p => -StudentT.UpperQuantile(p, Positive("df", df)),
            q => StudentT.UpperQuantile(q, Positive("df", df))
        );

    private static double Positive(string name, double value) =>
        value > 0 ? value : throw AssayException.Usage($"{name} is {value}; the distribution needs it above 0.", $"Give {name} above 0.");
}
