namespace Assay.Statistics.Sequential;

/// <summary>What sequences ask of their parameters, beside <see cref="Demand"/>.</summary>
internal static class SequenceDemand
{
    /// <summary>The parameters that are fixed before the first look.</summary>
    public static void Tuning(double alpha, long tuningN)
    {
        Demand.Alpha(alpha);
        if (tuningN < 1)
        {
            throw AssayException.Usage($"tuningN is {tuningN}; it must be at least 1.", "Give the number of values that you expect, such as 5000.");
        }
    }

    /// <summary>Counts of 0 or more whose sum is a count.</summary>
    public static void Counts(long control, long treatment)
    {
        Demand.CountsOf("control", control, long.MaxValue);
        Demand.CountsOf("treatment", treatment, long.MaxValue);
        if (control > long.MaxValue - treatment)
        {
            throw AssayException.Usage($"The arms have {control} and {treatment} outcomes, more than can be counted.", "Give the counts of one experiment.");
        }
    }
}
