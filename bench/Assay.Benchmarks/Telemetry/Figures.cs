namespace Assay.Benchmarks.Telemetry;

/// <summary>Makes figures of costs that were measured in turns: the peer's first, ours second.</summary>
internal static class Figures
{
    public static Figure Time(string what, IReadOnlyList<Cost> costs, Goal? goal = null) =>
        new(what, "ns", [new Reading("Assay", costs[1].Ns), new Reading(costs[0].Name, costs[0].Ns)], goal);

    /// <summary>Bytes are means over rounds, of which the runtime counts the last few kilobytes late; no object is smaller than 24 B, so fractions say nothing.</summary>
    public static Figure NoMoreBytes(string what, IReadOnlyList<Cost> costs) =>
        new(
            what,
            "B",
            [new Reading("Assay", costs[1].Bytes), new Reading(costs[0].Name, costs[0].Bytes)],
            Goal.AtMost("0 B on top", Math.Max(0, Math.Round(costs[1].Bytes - costs[0].Bytes)), 0, "B")
        );
}
