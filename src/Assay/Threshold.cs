namespace Assay;

/// <summary>Where a figure must lie.</summary>
/// <param name="Side">On which side of <paramref name="Value"/> it is good.</param>
/// <param name="Value">The limit, in the figure's unit; good itself.</param>
/// <param name="Warn">A figure that is good, but not by this much, is in the warning band; on the good side of the limit; null for no band.</param>
public sealed record Threshold(ThresholdSide Side, double Value, double? Warn = null)
{
    /// <summary>Whether the figure is good.</summary>
    public bool Holds(double figure) => Side == ThresholdSide.AtLeast ? figure >= Value : figure <= Value;

    /// <summary>Whether the figure is good but in the warning band.</summary>
    public bool Warns(double figure) => Holds(figure) && Warn is { } warn && (Side == ThresholdSide.AtLeast ? figure < warn : figure > warn);
}

/// <summary>On which side of a threshold figures are good.</summary>
public enum ThresholdSide
{
    /// <summary>At the value or above.</summary>
    AtLeast,

    /// <summary>At the value or below.</summary>
    AtMost,
}
