namespace Assay.Statistics;

/// <summary>
/// What every method asks of its parameters. A wrong parameter is a mistake that a person mends (exit code 2);
/// data that carry no answer are no mistake, they give <see cref="NotComputable"/>.
/// </summary>
internal static class Demand
{
    public static void Alpha(double alpha) => OpenUnit("alpha", alpha, "Give the accepted share of false alarms, such as 0.05.");

    /// <summary>Above 0 and below 1.</summary>
    public static void OpenUnit(string name, double value, string fix)
    {
        if (!(value > 0 && value < 1))
        {
            throw AssayException.Usage($"{name} is {value}; it must lie between 0 and 1, ends excluded.", fix);
        }
    }

    /// <summary>A count of successes among a count of trials.</summary>
    public static void CountsOf(string arm, long successes, long trials)
    {
        if (successes < 0 || trials < 0)
        {
            throw AssayException.Usage($"The {arm} has a negative count ({successes} of {trials}).", "Give counts of 0 or more.");
        }

        if (successes > trials)
        {
            throw AssayException.Usage(
                $"The {arm} has {successes} successes among {trials} trials.",
                "Give successes first and trials second; successes cannot be more."
            );
        }
    }

    public static void SameLength(string what, int first, int second)
    {
        if (first != second)
        {
            throw AssayException.Usage(
                $"{what} come in pairs, but there are {first} and {second}.",
                "Give both series in the same order, one value each for every unit."
            );
        }
    }
}
