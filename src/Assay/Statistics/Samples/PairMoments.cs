namespace Assay.Statistics.Samples;

/// <summary>
/// The moments of two measures taken on the same units, with their covariance: compensated and merged as <see cref="Moments"/> are
/// (covariance: Pébay 2008, SAND2008-6212).
/// </summary>
public readonly struct PairMoments
{
    private readonly DoubleDouble coMoment;

    internal PairMoments(in Moments x, in Moments y, DoubleDouble coMoment)
    {
        X = x;
        Y = y;
        this.coMoment = coMoment;
    }

    /// <summary>How many pairs of finite values.</summary>
    public long Count => X.Count;

    /// <summary>How many pairs had a value that is NaN or infinite; neither of their values is in the figures.</summary>
    public long NotFinite => X.NotFinite;

    /// <summary>The moments of the first measure; its <see cref="Moments.NotFinite"/> counts the pairs left out.</summary>
    public Moments X { get; }

    /// <summary>The moments of the second measure; its <see cref="Moments.NotFinite"/> counts the pairs left out.</summary>
    public Moments Y { get; }

    /// <summary>Σ(x − mean x)(y − mean y); null when it leaves the range of double.</summary>
    public double? CoMoment => double.IsFinite(coMoment.High) ? coMoment.High : null;

    internal DoubleDouble FullCoMoment => coMoment;

    /// <summary>The unbiased covariance, <see cref="CoMoment"/>/(n − 1); 0 below two pairs; null when it leaves the range of double.</summary>
    public double? Covariance => Count < 2 ? 0 : CoMoment / (Count - 1);

    /// <summary>Pearson's correlation, −1 to 1; null when a measure has no variance or a figure leaves the range of double.</summary>
    public double? Correlation =>
        CoMoment is { } c && X.M2 > 0 && Y.M2 > 0 && double.IsFinite(X.M2) && double.IsFinite(Y.M2)
            // By Cauchy and Schwarz it lies in [−1, 1]; only the rounding of the last digit carries it past an end.
            ? Math.Clamp(c / Math.Sqrt(X.M2) / Math.Sqrt(Y.M2), -1, 1)
            : null;

    /// <summary>Moments of the pairs (x₁, y₁), (x₂, y₂), …. Allocates nothing.</summary>
    /// <exception cref="AssayException">The lengths differ (exit code 2).</exception>
    public static PairMoments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Demand.SameLength("The two measures", x.Length, y.Length);
        var all = default(PairMoments);
        while (!x.IsEmpty)
        {
            var length = Math.Min(x.Length, MomentsBlock.Length);
            all = Merge(all, PairBlock.Of(x[..length], y[..length]));
            x = x[length..];
            y = y[length..];
        }

        return all;
    }

    /// <summary>
    /// Pairs of all units where the first measure is known of some only: as its distance from a centre, 0 for those of whom it is not known. With the mean of
    /// the known ones for a centre that is imputation by the mean: a slope on it is the slope among the known, and a unit without is not adjusted.
    /// </summary>
    /// <param name="known">The pairs of the units of whom both measures are known.</param>
    /// <param name="all">The second measure of all units, those of <paramref name="known"/> among them.</param>
    /// <param name="centre">What the first measure is told as the distance from; the same for all samples that are compared.</param>
    /// <exception cref="AssayException">There are more pairs than units (exit code 2).</exception>
    public static PairMoments OfKnown(in PairMoments known, in Moments all, double centre)
    {
        Demand.CountsOf("sample of pairs", known.Count, all.Count);
        var x = known.X.Less(centre);
        var zeros = new Moments(all.Count - known.Count, 0, 0.0, 0.0, 0.0, 0.0, 0, 0);
        return new PairMoments(Moments.Merge(x, zeros), all, known.coMoment + (x.FullMean * (known.Y.FullMean - all.FullMean) * known.Count));
    }

    /// <summary>Moments of both samples of pairs together. The order and the partition change at most the last digit.</summary>
    public static PairMoments Merge(in PairMoments a, in PairMoments b)
    {
        var x = Moments.Merge(a.X, b.X);
        var y = Moments.Merge(a.Y, b.Y);
        return a.Count == 0 || b.Count == 0 ? new(x, y, a.coMoment + b.coMoment) : new(x, y, a.coMoment + b.coMoment + Between(a, b));
    }

    /// <summary>What the distance of the two centres adds: δx·δy·nₐ·n_b/n.</summary>
    private static DoubleDouble Between(in PairMoments a, in PairMoments b)
    {
        var dx = b.X.FullMean - a.X.FullMean;
        var dy = b.Y.FullMean - a.Y.FullMean;
        return dx * dy * ((DoubleDouble)a.Count / (a.Count + b.Count)) * b.Count;
    }
}
