namespace Assay.Statistics.Ranks;

/// <summary>Sorted copies of two arms, the ground of every rank method.</summary>
internal sealed class SortedArms
{
    private readonly double[] control;
    private readonly double[] treatment;
    private MannWhitneyDistribution? counted;

    public SortedArms(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
    {
        this.control = control.ToArray();
        this.treatment = treatment.ToArray();
        Array.Sort(this.control);
        Array.Sort(this.treatment);
    }

    public ReadOnlySpan<double> Control => control;

    public ReadOnlySpan<double> Treatment => treatment;

    /// <summary>How many values both arms have together.</summary>
    public long Total => (long)control.Length + treatment.Length;

    /// <summary>How many pairs of a control and a treatment there are.</summary>
    public long Pairs => (long)control.Length * treatment.Length;

    /// <summary>The groups of equal values over both arms, upwards.</summary>
    public TieGroups Groups() => new(control, treatment);

    /// <summary>The exact distribution of U for arms of these sizes; null when there are too many pairs to count.</summary>
    public MannWhitneyDistribution? Counted() =>
        Pairs > MannWhitneyDistribution.MaxPairs ? null : counted ??= new MannWhitneyDistribution(control.Length, treatment.Length);

    /// <summary>All differences treatment − control, ordered without being written down.</summary>
    public DifferenceMatrix Differences() => new(control, treatment);
}
