namespace Assay.Flags;

/// <summary>
/// What a workload asks of its flags. Nothing here throws or waits: a flag that does not exist, or that cannot be decided, gives the caller's fallback.
/// Safe for several threads at once.
/// </summary>
public interface IFlagReader
{
    /// <summary>Whether a flag is on for a unit. Allocates nothing.</summary>
    /// <param name="flag">The flag's name.</param>
    /// <param name="unit">For whom.</param>
    /// <param name="fallback">The answer when there is no such flag or its value is not true or false.</param>
    bool IsEnabled(string flag, in Unit unit, bool fallback = false);

    /// <summary>The text that a flag has for a unit. Allocates nothing.</summary>
    /// <param name="flag">The flag's name.</param>
    /// <param name="unit">For whom.</param>
    /// <param name="fallback">The answer when there is no such flag or its value is no text.</param>
    string Text(string flag, in Unit unit, string fallback);

    /// <summary>The number that a flag has for a unit. Allocates nothing.</summary>
    /// <param name="flag">The flag's name.</param>
    /// <param name="unit">For whom.</param>
    /// <param name="fallback">The answer when there is no such flag or its value is no number.</param>
    double Number(string flag, in Unit unit, double fallback);
}
