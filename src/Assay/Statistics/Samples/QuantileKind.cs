namespace Assay.Statistics.Samples;

/// <summary>How a quantile between two values of a sample is told (Hyndman and Fan 1996).</summary>
public enum QuantileKind
{
    /// <summary>Type 7: linear between the two neighbours of (n − 1)·q + 1; the default of numpy, R and Excel.</summary>
    Linear,

    /// <summary>Type 1: the smallest value of the sample that at least the share q does not exceed; always a value that occurred.</summary>
    InvertedCdf,
}
