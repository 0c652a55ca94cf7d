namespace Assay.Experimentation.Flags.Conditions;

/// <summary>Which outcomes of a comparison an operator accepts.</summary>
internal readonly record struct Comparison(bool Less, bool Equal, bool Greater)
{
    public static Comparison Of(string operation) =>
        operation switch
        {
            "less" or "before" or "semverLess" => new(true, false, false),
            "atMost" or "semverAtMost" => new(true, true, false),
            "greater" or "after" or "semverGreater" => new(false, false, true),
            "atLeast" or "semverAtLeast" => new(false, true, true),
            _ => new(false, true, false),
        };

    /// <param name="order">Below, at or above 0.</param>
    public bool Holds(int order) =>
        order < 0 ? Less
        : order > 0 ? Greater
        : Equal;
}
