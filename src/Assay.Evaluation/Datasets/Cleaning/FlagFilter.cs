namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>
/// Keeps the cases that were made while a flag had a variant, so that data of two behaviours are not taken for one. What a flag had when a case was made
/// stands in the case: field <c>flag.NAME</c>.
/// </summary>
/// <param name="flag">The flag.</param>
/// <param name="variant">The variant that stays.</param>
/// <param name="definitions">Which definitions of flags the name was checked against: their fingerprint.</param>
internal sealed class FlagFilter(string flag, string variant, string definitions) : ICaseFilter
{
    public AppliedFilter Applied { get; } = new("flag", definitions) { Flag = flag, Variant = variant };

    public string? Drops(Case one) =>
        FlagSnapshots.Of(one, flag) is not { } had ? $"flag: no snapshot of {flag}"
        : had == variant ? null
        : $"flag: {flag} was not {variant}";
}
