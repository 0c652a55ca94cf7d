namespace Assay.Statistics.Rates;

/// <summary>What tables and rates ask of whole counts, before arithmetic begins.</summary>
internal static class Counts
{
    /// <summary>2^53, the last count up to which every whole number is a double: 9 007 199 254 740 992.</summary>
    public const long Most = 1L << 53;

    public static void NotNegative(string place, long count)
    {
        if (count < 0)
        {
            throw AssayException.Usage($"{place} has the count {count}.", "Give counts of 0 or more.");
        }
    }

    /// <summary>The sum as a count, refused above <see cref="Most"/>.</summary>
    public static long Total(string place, Int128 sum) =>
        sum <= Most ? (long)sum : throw AssayException.Usage($"{place} sums to {sum}, above 2^53.", $"Give counts that sum to {Most} or less.");
}
