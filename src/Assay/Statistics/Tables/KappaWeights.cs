namespace Assay.Statistics.Tables;

/// <summary>How much a disagreement between two categories counts.</summary>
public enum KappaWeights
{
    /// <summary>Every disagreement counts alike: for categories without an order.</summary>
    None,

    /// <summary>In proportion to the distance between the categories, |i − j|.</summary>
    Linear,

    /// <summary>In proportion to the square of that distance, (i − j)².</summary>
    Quadratic,
}
