using Assay.Experimentation.Flags;
using Assay.Flags;

namespace Assay.Experimentation.Clients;

/// <summary>Flags of the snapshot in force; what they gave is told on the current span.</summary>
internal sealed class ServedFlags(CurrentSnapshot current) : IFlagReader
{
    public bool IsEnabled(string flag, in Unit unit, bool fallback = false) => Evaluate(flag, unit).Value?.Boolean ?? fallback;

    public string Text(string flag, in Unit unit, string fallback) => Evaluate(flag, unit).Value?.Text ?? fallback;

    public double Number(string flag, in Unit unit, double fallback) => Evaluate(flag, unit).Value?.Number ?? fallback;

    private FlagEvaluation Evaluate(string flag, in Unit unit)
    {
        // Whatever a caller hands over, nothing is thrown: a name that is null is no flag.
        if (flag is null)
        {
            return default;
        }

        var evaluation = current.Value.Flags.Evaluate(flag, unit);
        FlagSpans.Record(flag, evaluation.Variant);
        return evaluation;
    }
}
