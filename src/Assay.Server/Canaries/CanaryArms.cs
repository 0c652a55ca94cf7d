using Assay.Releases.Canaries;
using Assay.Releases.Files;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>By what sums are told apart, and whose they are.</summary>
/// <param name="Dimension">Variant for a flag, version for everything else.</param>
/// <param name="Flag">The flag; null for a version.</param>
/// <param name="Value">The canary's variant or version.</param>
internal sealed record CanaryArms(Dimension Dimension, string? Flag, string Value)
{
    // What a store had to fold together may be anybody's.
    private const string Folded = "(other)";

    public static CanaryArms Of(CanaryPlan plan) => Of(plan.File.Split, plan.CanaryVersion);

    public static CanaryArms Of(SplitEntry split, string version = "") =>
        split.Flag is { } flag ? new CanaryArms(Dimension.Variant, flag, split.Variant) : new CanaryArms(Dimension.Version, null, split.Version ?? version);

    /// <summary>Whether a label is the canary's; null when it is nobody's: the flag was not asked, or labels were folded together.</summary>
    public bool? IsCanary(string label)
    {
        if (label == Folded)
        {
            return null;
        }

        if (Flag is null)
        {
            return label == Value;
        }

        foreach (var part in label.AsSpan().Split(','))
        {
            var text = label.AsSpan()[part];
            if (text.Length > Flag.Length && text[Flag.Length] == '=' && text.StartsWith(Flag, StringComparison.Ordinal))
            {
                return text[(Flag.Length + 1)..].SequenceEqual(Value);
            }
        }

        return null;
    }

    /// <summary>For sentences: <c>flag rag_plus_plus</c>, <c>version 1.9.0</c>.</summary>
    public string Text => Flag is null ? $"version {Value}" : $"flag {Flag}";
}
