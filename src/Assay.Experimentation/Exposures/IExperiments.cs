using Assay.Flags;

namespace Assay.Experimentation.Exposures;

/// <summary>
/// What a service asks of its experiments. Nothing here throws or waits; what is recorded is sent in the background, and what cannot be kept is counted.
/// Safe for several threads at once.
/// </summary>
public interface IExperiments
{
    /// <summary>The variant of a unit, and its exposure recorded once; null when the unit takes no part: there is no such experiment, it does not run, or the unit is outside of it.</summary>
    string? Assign(string experiment, in Unit unit);

    /// <summary>The variant of a unit without recording an exposure, for tests and previews.</summary>
    string? Peek(string experiment, in Unit unit);

    /// <summary>Something measured at a unit, such as a latency, a cost or a judge's score. A value that is not finite is sent and counted as such.</summary>
    void Record(string experiment, in Unit unit, string metric, double value);
}
