using Assay.Flags;

namespace Assay.Experimentation.Flags;

/// <summary>Flags from whatever snapshot is the newest. Lock-free; allocates nothing.</summary>
internal sealed class FlagReader(Func<Snapshot> newest) : IFlagReader
{
    /// <inheritdoc />
    public bool IsEnabled(string flag, in Unit unit, bool fallback = false) => Value(flag, in unit)?.Boolean ?? fallback;

    /// <inheritdoc />
    public string Text(string flag, in Unit unit, string fallback) => Value(flag, in unit)?.Text ?? fallback;

    /// <inheritdoc />
    public double Number(string flag, in Unit unit, double fallback) => Value(flag, in unit)?.Number ?? fallback;

    private FlagValue? Value(string flag, in Unit unit) =>
        // Whatever a caller hands over, nothing is thrown: a name that is null is no flag.
        newest().Flags.Find(flag)?.Decide(in unit).Value;
}
