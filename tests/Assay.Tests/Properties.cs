using FsCheck;

namespace Assay.Tests;

/// <summary>How properties are checked: from the same seed each time, so that a red test is red again. <c>ASSAY_PROPERTY_SEED</c> hunts elsewhere.</summary>
internal static class Properties
{
    /// <summary>The seed of every property.</summary>
    public static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("ASSAY_PROPERTY_SEED"), out var seed) ? seed : 20260101;

    /// <summary>A failure throws and tells the smallest example; successes are silent.</summary>
    public static Config Config { get; } = Config.QuickThrowOnFailure.WithReplay(Seed, 7);

    /// <summary>Throws for the first example in <paramref name="examples"/> that does not have the property.</summary>
    public static void Holds(this Property property, int examples = 100) => property.Check(Config.WithMaxTest(examples));
}
