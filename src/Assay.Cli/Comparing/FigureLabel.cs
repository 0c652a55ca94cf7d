namespace Assay.Cli.Comparing;

/// <summary>The figures of a comparison: their names in JSON and what the table calls them.</summary>
internal static class FigureLabel
{
    public const string Relative = "relative_difference";
    public const string Unadjusted = "difference_without_covariate";
    public const string SignFlip = "sign_flip_randomisation";
    public const string Ranks = "mann_whitney";
    public const string Pairs = "treatment_higher_in_pairs";
    public const string P50 = "p50_difference";
    public const string P95 = "p95_difference";
    public const string P99 = "p99_difference";
    public const string Effect = "cohens_d";

    public static string Of(string name) =>
        name switch
        {
            Relative => "  as a share of control",
            Unadjusted => "  without the covariate",
            SignFlip => "  by sign-flip draws",
            Ranks => "shift (Mann-Whitney)",
            Pairs => "treatment higher in pairs",
            P50 => "difference of P50",
            P95 => "difference of P95",
            P99 => "difference of P99",
            Effect => "Cohen's d",
            _ => name,
        };
}
