namespace Assay.Statistics.Sequential;

/// <summary>What a sequence asks of the parameters that are fixed before its first look.</summary>
internal static class TuningDemand
{
    public static void Check(double alpha, long tuningN)
    {
        Demand.Alpha(alpha);
        if (tuningN < 1)
        {
            throw AssayException.Usage($"tuningN is {tuningN}; it must be at least 1.", "Give the number of values that you expect, such as 5000.");
        }
    }
}
