namespace Assay.Statistics.Samples;

/// <summary>
/// Count, mean and central moments of a sample: computed around the mean of each block of values, compensated, and merged
/// pairwise in about 32 digits, so that neither a large offset nor the partition costs digits.
/// Merging: Chan, Golub and LeVeque (1979); third and fourth moments: Pébay (2008), Sandia report SAND2008-6212.
/// The bits do not depend on the machine.
/// </summary>
public readonly struct Moments
{
    /// <summary>Halfway out of the range of double: values scaled down by 2^600 leave room for squares and sums.</summary>
    internal const int HugePower = 600;

    private readonly DoubleDouble mean;
    private readonly DoubleDouble m2;
    private readonly DoubleDouble m3;
    private readonly DoubleDouble m4;

    internal Moments(long count, long notFinite, DoubleDouble mean, DoubleDouble m2, DoubleDouble m3, DoubleDouble m4, double min, double max)
    {
        Count = count;
        NotFinite = notFinite;
        this.mean = mean;
        this.m2 = double.IsFinite(m2.High) ? m2 : double.PositiveInfinity;
        this.m3 = m3;
        this.m4 = m4;
        Min = min;
        Max = max;
    }

    /// <summary>How many finite values.</summary>
    public long Count { get; }

    /// <summary>How many values were NaN or infinite; they are not in the other figures, and no test computes with them present.</summary>
    public long NotFinite { get; }

    /// <summary>The mean; 0 when empty.</summary>
    public double Mean => mean.High;

    /// <summary>What <see cref="Mean"/> lacks to the true mean, so that differences of means keep their digits.</summary>
    internal double MeanRest => mean.Low;

    /// <summary>Both together.</summary>
    internal DoubleDouble FullMean => mean;

    /// <summary>Σ(x − mean)²; infinite when the values are so far apart that it leaves the range of double.</summary>
    public double M2 => m2.High;

    /// <summary>Σ(x − mean)³; null when it leaves the range of double, or when only a summary was given.</summary>
    public double? M3 => double.IsFinite(m3.High) ? m3.High : null;

    /// <summary>Σ(x − mean)⁴; null when it leaves the range of double, or when only a summary was given.</summary>
    public double? M4 => double.IsFinite(m4.High) ? m4.High : null;

    /// <summary>The smallest value; 0 when empty; the mean when only a summary was given.</summary>
    public double Min { get; }

    /// <summary>The largest value; 0 when empty; the mean when only a summary was given.</summary>
    public double Max { get; }

    /// <summary>The unbiased variance, M2/(n − 1); 0 below two values; infinite where <see cref="M2"/> is.</summary>
    public double Variance => Count < 2 ? 0 : M2 / (Count - 1);

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>
    /// The sample skewness g₁ = √n·M3/M2^1.5 (Joanes and Gill 1998): 0 for a symmetric sample, positive for a long right tail.
    /// Null when there is no variance or <see cref="M3"/> is null.
    /// </summary>
    public double? Skewness => M3 is { } third && HasSpread ? third / M2 * (Math.Sqrt(Count) / Math.Sqrt(M2)) : null;

    /// <summary>
    /// The sample excess kurtosis g₂ = n·M4/M2² − 3 (Joanes and Gill 1998): near 0 for a normal sample.
    /// Null when there is no variance or <see cref="M4"/> is null.
    /// </summary>
    public double? Kurtosis => M4 is { } fourth && HasSpread ? (fourth / M2 * (Count / M2)) - 3 : null;

    private bool HasSpread => M2 > 0 && double.IsFinite(M2);

    /// <summary>Moments of the values. Allocates nothing.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var all = default(Moments);
        while (values.Length > MomentsBlock.Length)
        {
            all = Merge(all, MomentsBlock.Of(values[..MomentsBlock.Length]));
            values = values[MomentsBlock.Length..];
        }

        return values.IsEmpty ? all : Merge(all, MomentsBlock.Of(values));
    }

    /// <summary>From figures that somebody else computed: n, mean and the unbiased standard deviation.</summary>
    /// <exception cref="AssayException">A negative count, a negative deviation, or a figure that is not finite (exit code 2).</exception>
    public static Moments FromSummary(long count, double mean, double standardDeviation)
    {
        if (count < 0)
        {
            throw AssayException.Usage($"A summary has a count of {count}.", "Give the number of values, 0 or more.");
        }

        if (!double.IsFinite(mean))
        {
            throw AssayException.Usage($"A summary has a mean of {mean}.", "Give a finite mean.");
        }

        if (!(standardDeviation >= 0 && double.IsFinite(standardDeviation)))
        {
            throw AssayException.Usage(
                $"A summary has a standard deviation of {standardDeviation}.",
                "Give the unbiased standard deviation, 0 or more and finite."
            );
        }

        DoubleDouble sd = standardDeviation;
        return count == 0 ? default : new Moments(count, 0, mean, sd * sd * (count - 1.0), double.NaN, double.NaN, mean, mean);
    }

    /// <summary>All that these moments know.</summary>
    public MomentsState ToState() => new(Count, NotFinite, mean.High, mean.Low, m2.High, m2.Low, m3.High, m3.Low, m4.High, m4.Low, Min, Max);

    /// <summary>The moments of a state, which may come from elsewhere.</summary>
    /// <exception cref="AssayException">The state cannot be one of moments (exit code 2).</exception>
    public static Moments FromState(in MomentsState state) =>
        state.Problem is { } problem
            ? throw AssayException.Usage($"The state is none of moments: {problem}.", "Use a state as ToState gave it.")
            : new Moments(
                state.Count,
                state.NotFinite,
                new DoubleDouble(state.Mean, state.MeanRest),
                new DoubleDouble(state.M2, state.M2Rest),
                new DoubleDouble(state.M3, state.M3Rest),
                new DoubleDouble(state.M4, state.M4Rest),
                state.Min,
                state.Max
            );

    /// <summary>Moments of both samples together. The order and the partition change at most the last digit; an empty side changes nothing.</summary>
    public static Moments Merge(in Moments a, in Moments b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return a.Count == 0 ? b.WithNotFinite(a.NotFinite) : a.WithNotFinite(b.NotFinite);
        }

        var merged = MergeFull(a, b);
        return double.IsFinite(merged.Mean) ? merged : MergeFull(a.Times2To(-HugePower), b.Times2To(-HugePower)).Times2To(HugePower);
    }

    /// <summary>Mean of the treatment − mean of the control, with the digits that the rounded means have lost.</summary>
    public static double DifferenceOfMeans(in Moments control, in Moments treatment) => treatment.Mean - control.Mean + (treatment.MeanRest - control.MeanRest);

    internal static Moments OnlyNotFinite(long count) => default(Moments).WithNotFinite(count);

    internal Moments WithNotFinite(long more) => new(Count, NotFinite + more, mean, m2, m3, m4, Min, Max);

    /// <summary>The moments of the values less a number.</summary>
    internal Moments Less(double number) => Count == 0 ? this : new(Count, NotFinite, mean - number, m2, m3, m4, Min - number, Max - number);

    /// <summary>The moments of the values times 2^power.</summary>
    internal Moments Times2To(int power) =>
        new(
            Count,
            NotFinite,
            mean.Times2To(power),
            m2.Times2To(2 * power),
            m3.Times2To(3 * power),
            m4.Times2To(4 * power),
            Math.ScaleB(Min, power),
            Math.ScaleB(Max, power)
        );

    private static Moments MergeFull(in Moments a, in Moments b)
    {
        var n = a.Count + b.Count;
        var wa = (DoubleDouble)a.Count / n;
        var wb = (DoubleDouble)b.Count / n;
        var d = b.mean - a.mean;
        var d2 = d * d;
        var between = d2 * wb * a.Count;
        var m2 = a.m2 + b.m2 + between;
        var m3 = a.m3 + b.m3 + (d * ((between * (wa - wb)) + (((wa * b.m2) - (wb * a.m2)) * 3)));
        var m4 =
            a.m4
            + b.m4
            + (between * d2 * ((wa * wa) - (wa * wb) + (wb * wb)))
            + (d2 * ((wa * wa * b.m2) + (wb * wb * a.m2)) * 6)
            + (d * ((wa * b.m3) - (wb * a.m3)) * 4);
        return new Moments(n, a.NotFinite + b.NotFinite, a.mean + (d * wb), m2, m3, m4, Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max));
    }
}
