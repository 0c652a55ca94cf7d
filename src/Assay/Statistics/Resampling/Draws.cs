namespace Assay.Statistics.Resampling;

/// <summary>The number of random draws, and how a method's name tells of them.</summary>
internal static class Draws
{
    /// <summary>The smallest p-value of 9,999 draws is 0.0001.</summary>
    public const int Default = 9_999;

    public static void Demand(string name, int draws)
    {
        if (draws < 1)
        {
            throw AssayException.Usage($"{name} is {draws}; at least 1 is needed.", $"Give the number of {name}, such as {Default}.");
        }
    }

    /// <summary>The name of a method that used a seed: whoever repeats it gets the same figures.</summary>
    public static MethodName Seeded(this MethodName method, int draws, string what, long seed) =>
        method with
        {
            Name = FormattableString.Invariant($"{method.Name}, {draws:N0} {what}, seed {seed}"),
        };

    /// <summary>The name of a method that went through every arrangement.</summary>
    public static MethodName Exact(this MethodName method, long arrangements, string what) =>
        method with
        {
            Name = FormattableString.Invariant($"{method.Name}, exact over {arrangements:N0} {what}"),
        };
}
