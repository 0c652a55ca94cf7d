namespace Assay.Statistics.Samples;

/// <summary>Count, mean and central moments of a sample.</summary>
public readonly struct Moments
{
    /// <summary>How many finite values.</summary>
    public long Count { get; private init; }

    /// <summary>How many values were NaN or infinite; they are not in the other figures, and no test computes with them present.</summary>
    public long NotFinite { get; private init; }

    /// <summary>The mean; 0 when empty.</summary>
    public double Mean { get; private init; }

    /// <summary>What <see cref="Mean"/> lacks to the true mean, so that differences of means keep their digits.</summary>
    internal double MeanRest { get; private init; }

    /// <summary>Σ(x − mean)².</summary>
    public double M2 { get; private init; }

    /// <summary>The smallest value; 0 when empty.</summary>
    public double Min { get; private init; }

    /// <summary>The largest value; 0 when empty.</summary>
    public double Max { get; private init; }

    /// <summary>The unbiased variance, M2/(n − 1); 0 below two values.</summary>
    public double Variance => Count < 2 ? 0 : M2 / (Count - 1);

    /// <summary>The square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Moments of the values.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        var rest = 0.0;
        foreach (var value in values)
        {
            var next = sum + value;
            rest += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }

        var n = values.Length;
        if (n == 0)
        {
            return default;
        }

        var mean = (sum + rest) / n;
        var first = 0.0;
        var m2 = 0.0;
        var (min, max) = (values[0], values[0]);
        foreach (var value in values)
        {
            var d = value - mean;
            first += d;
            m2 += d * d;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return new Moments
        {
            Count = n,
            Mean = mean,
            MeanRest = first / n,
            M2 = m2 - (first * first / n),
            Min = min,
            Max = max,
        };
    }

    /// <summary>From figures that somebody else computed: n, mean and the unbiased standard deviation.</summary>
    public static Moments FromSummary(long count, double mean, double standardDeviation) =>
        new()
        {
            Count = count,
            Mean = mean,
            M2 = standardDeviation * standardDeviation * (count - 1),
            Min = mean,
            Max = mean,
        };

    /// <summary>Mean of the treatment − mean of the control, with the digits that the rounded means have lost.</summary>
    public static double DifferenceOfMeans(in Moments control, in Moments treatment) => treatment.Mean - control.Mean + (treatment.MeanRest - control.MeanRest);
}
