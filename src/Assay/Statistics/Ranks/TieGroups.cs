namespace Assay.Statistics.Ranks;

/// <summary>Walks over the groups of equal values in two sorted arms, upwards.</summary>
internal ref struct TieGroups(ReadOnlySpan<double> control, ReadOnlySpan<double> treatment)
{
    private readonly ReadOnlySpan<double> control = control;
    private readonly ReadOnlySpan<double> treatment = treatment;

    /// <summary>Controls below the group.</summary>
    public int ControlsBelow { get; private set; }

    /// <summary>Treatments below the group.</summary>
    public int TreatmentsBelow { get; private set; }

    /// <summary>Controls in the group.</summary>
    public int Controls { get; private set; }

    /// <summary>Treatments in the group.</summary>
    public int Treatments { get; private set; }

    /// <summary>Values in the group.</summary>
    public readonly long Size => (long)Controls + Treatments;

    /// <summary>Goes on to the next group; false after the last.</summary>
    public bool Next()
    {
        ControlsBelow += Controls;
        TreatmentsBelow += Treatments;
        if (ControlsBelow == control.Length && TreatmentsBelow == treatment.Length)
        {
            return false;
        }

        var value = Math.Min(FirstOf(control, ControlsBelow), FirstOf(treatment, TreatmentsBelow));
        Controls = Equal(control, ControlsBelow, value);
        Treatments = Equal(treatment, TreatmentsBelow, value);
        return true;
    }

    private static double FirstOf(ReadOnlySpan<double> values, int from) => from < values.Length ? values[from] : double.PositiveInfinity;

    private static int Equal(ReadOnlySpan<double> values, int from, double value)
    {
        var to = from;
        while (to < values.Length && values[to] == value)
        {
            to++;
        }

        return to - from;
    }
}
