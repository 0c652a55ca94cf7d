namespace Assay.Evaluation.Gates.Learning;

/// <summary>A limit that blessed runs teach, and how.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Side">On which side of the limit a figure is good.</param>
/// <param name="Limit">The limit; null when none can be learned.</param>
/// <param name="Runs">The runs that it rests on.</param>
/// <param name="Reason">How it came about, or why there is none, in words.</param>
internal sealed record LearnedLimit(string Gate, ThresholdSide Side, double? Limit, int Runs, string Reason)
{
    /// <summary>What shapes the figure, as a hash: the limit holds for no other.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>What the runs alone would give, before the floor; null when none can be learned.</summary>
    public double? Bound { get; init; }

    /// <summary>The floor of the catalog; null when the gate has none.</summary>
    public double? Floor { get; init; }

    /// <summary>The probability that the next run, if nothing changed, passes this gate.</summary>
    public double Confidence { get; init; }

    /// <summary>The method's name; empty when none was used.</summary>
    public string Method { get; init; } = "";

    /// <summary>The mean of the figure over the runs; null without a run.</summary>
    public double? Mean { get; init; }

    /// <summary>How far the figure moves from run to run, as a standard deviation; null below two runs.</summary>
    public double? RunDeviation { get; init; }
}
