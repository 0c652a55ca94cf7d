namespace Assay.Server.Flags.Pages;

/// <summary>How the share of the variant that gains most moves.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Before">Its share now, 0 to 1.</param>
/// <param name="After">Its share after the change.</param>
/// <param name="Gain">Those who come to it.</param>
public sealed record VariantShift(string Variant, double Before, double After, double Gain)
{
    /// <summary>Those who keep it.</summary>
    public double Stay => After - Gain;

    internal static VariantShift Of(FlagPreview preview)
    {
        var variant = preview.Moves.GroupBy(m => m.To, m => m.Units).MaxBy(g => g.Sum())!.Key;
        double Share(int units) => (double)units / preview.Units;
        return new VariantShift(
            variant ?? "–",
            Share(preview.Before.Where(b => b.Variant == variant).Sum(b => b.Units)),
            Share(preview.After.Where(a => a.Variant == variant).Sum(a => a.Units)),
            Share(preview.Moves.Where(m => m.To == variant).Sum(m => m.Units))
        );
    }
}
