using System.Globalization;
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
    /// <exception cref="AssayException">A parameter is out of its range.</exception>
    public static DistributionFamily? Find(string name, CaseInputs row)
    {
        var family = name switch
        {
            "norm" => Everywhere(Normal.LogUpper, Normal.LogLower, Normal.Quantile, Normal.UpperQuantile),
            "t" => OfT(Positive(row, "df")),
            "nct" => OfNoncentralT(Positive(row, "df"), row.Number("nc")),
            "chi2" => OfChiSquared(Positive(row, "df")),
            "gamma" => OfGamma(Positive(row, "a")),
            "f" => OfF(Positive(row, row.Has("df1") ? "df1" : "dfn"), Positive(row, row.Has("df2") ? "df2" : "dfd")),
            "beta" => OfBeta(Positive(row, "a"), Positive(row, "b")),
            "binom" => OfBinomial(row.Count("n"), row.Number("p")),
            "poisson" => OfPoisson(Positive(row, "mu")),
            _ => null,
        };
        return family is null ? null : family with { Loc = row.OptionalNumber("loc") ?? 0, Scale = row.Has("scale") ? Positive(row, "scale") : 1 };
    }

    public double LogUpper(double x) => Tail((x - Loc) / Scale, Above, atLow: 0, atHigh: double.NegativeInfinity);

    public double LogLower(double x) => Tail((x - Loc) / Scale, Below, atLow: double.NegativeInfinity, atHigh: 0);

    public double Quantile(double p) => p > 0.5 ? Cut(Rest(p), FromAbove, High, Low) : Cut(p, FromBelow, Low, High);

    public double UpperQuantile(double q) => q > 0.5 ? Cut(Rest(q), FromBelow, Low, High) : Cut(q, FromAbove, High, Low);

    /// <summary>
    /// 1 − share of the decimal number that stands in the file. The double 0.9999999 lies 5e-17 beside it: nothing for a share,
    /// but 5e-10 of what is left to 1, and references mean what they say.
    /// </summary>
    private static double Rest(double share) =>
        share < 1 ? (double)(1 - decimal.Parse(share.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : 1 - share;

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

    private static DistributionFamily Everywhere(
        Func<double, double> above,
        Func<double, double> below,
        Func<double, double> fromBelow,
        Func<double, double> fromAbove
    ) => new(double.NegativeInfinity, double.PositiveInfinity, above, below, fromBelow, fromAbove);

    private static DistributionFamily OfT(double df) =>
        Everywhere(t => StudentT.LogUpper(t, df), t => StudentT.LogLower(t, df), p => StudentT.Quantile(p, df), q => StudentT.UpperQuantile(q, df));

    // Plans ask for tails alone, so the library has no quantile of it.
    private static DistributionFamily OfNoncentralT(double df, double delta) =>
        Everywhere(t => NoncentralT.LogUpper(t, df, delta), t => NoncentralT.LogLower(t, df, delta), _ => double.NaN, _ => double.NaN);

    private static DistributionFamily OfChiSquared(double df) =>
        new(
            0,
            double.PositiveInfinity,
            x => ChiSquared.LogUpper(x, df),
            x => ChiSquared.LogLower(x, df),
            p => ChiSquared.Quantile(p, df),
            q => ChiSquared.UpperQuantile(q, df)
        );

    private static DistributionFamily OfGamma(double shape) =>
        new(
            0,
            double.PositiveInfinity,
            x => GammaDistribution.LogUpper(x, shape),
            x => GammaDistribution.LogLower(x, shape),
            p => GammaDistribution.Quantile(p, shape),
            q => GammaDistribution.UpperQuantile(q, shape)
        );

    private static DistributionFamily OfF(double df1, double df2) =>
        new(
            0,
            double.PositiveInfinity,
            x => FisherF.LogUpper(x, df1, df2),
            x => FisherF.LogLower(x, df1, df2),
            p => FisherF.Quantile(p, df1, df2),
            q => FisherF.UpperQuantile(q, df1, df2)
        );

    private static DistributionFamily OfBeta(double a, double b) =>
        new(0, 1, x => Beta.LogUpper(x, a, b), x => Beta.LogLower(x, a, b), p => Beta.Quantile(p, a, b), q => Beta.UpperQuantile(q, a, b));

    private static DistributionFamily OfBinomial(long n, double p) =>
        n >= 0 && p is >= 0 and <= 1
            ? new(
                0,
                n,
                k => Binomial.LogUpper((long)Math.Floor(k), n, p),
                k => Binomial.LogLower((long)Math.Floor(k), n, p),
                level => Binomial.Quantile(level, n, p),
                q => Binomial.UpperQuantile(q, n, p)
            )
            : throw AssayException.Usage($"There is no binomial distribution of {n} trials with p = {p}.", "Give n of 0 or more and p from 0 to 1.");

    private static DistributionFamily OfPoisson(double mean) =>
        new(
            0,
            double.PositiveInfinity,
            k => Poisson.LogUpper((long)Math.Floor(k), mean),
            k => Poisson.LogLower((long)Math.Floor(k), mean),
            level => Poisson.Quantile(level, mean),
            q => Poisson.UpperQuantile(q, mean)
        );

    private static double Positive(CaseInputs row, string name) =>
        row.Number(name) is > 0 and var value ? value : throw AssayException.Usage($"{name} is not above 0.", $"Give {name} above 0.");
}
