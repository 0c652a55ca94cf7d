namespace Assay.Experimentation.Assignment;

/// <summary>Percentages as people write them, counted in millionths.</summary>
internal static class Percent
{
    private const int PerPercent = Draw.Steps / 100;

    /// <summary>Null when it is below 0, above 100 or finer than 0.0001 %.</summary>
    public static int? Millionths(decimal percent) =>
        percent is >= 0 and <= 100 && decimal.IsInteger(percent * PerPercent) ? (int)(percent * PerPercent) : null;

    /// <summary>As percent.</summary>
    public static decimal Of(int millionths) => (decimal)millionths / PerPercent;
}
