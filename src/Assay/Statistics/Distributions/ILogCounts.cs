namespace Assay.Statistics.Distributions;

/// <summary>A distribution on 0, 1, 2, … with tails as natural logarithms.</summary>
internal interface ILogCounts
{
    double Mean { get; }

    double StandardDeviation { get; }

    /// <summary>ln P(K ≤ k).</summary>
    double LogLower(long k);

    /// <summary>ln P(K &gt; k).</summary>
    double LogUpper(long k);
}
