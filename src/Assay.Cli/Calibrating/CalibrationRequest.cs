namespace Assay.Cli.Calibrating;

/// <summary>What is measured and how.</summary>
/// <param name="Judge">The judge's name.</param>
/// <param name="Labels">The label file.</param>
/// <param name="Catalog">The folder of the catalog.</param>
/// <param name="Model">The model it asks.</param>
/// <param name="Limits">What asking may cost.</param>
/// <param name="MinAgreement">The agreement that is asked for; null to report only.</param>
/// <param name="Concurrency">Items at a time.</param>
/// <param name="Save">Whether the calibration is kept.</param>
internal sealed record CalibrationRequest(
    string Judge,
    string Labels,
    string Catalog,
    JudgeModelChoice Model,
    JudgingLimits Limits,
    double? MinAgreement,
    long Concurrency,
    bool Save
)
{
    private const int MaxConcurrency = 256;

    /// <exception cref="AssayException">A number is out of range (exit code 2).</exception>
    public void Demand()
    {
        if (MinAgreement is < -1 or > 1)
        {
            throw AssayException.Usage(
                FormattableString.Invariant($"--min-agreement {MinAgreement} is not from -1 to 1."),
                "Give a correlation or kappa, such as 0.6."
            );
        }

        if (Limits.MaxCostUsd is <= 0 or >= 1e6)
        {
            throw AssayException.Usage("--max-cost is out of range.", "Give dollars above 0.");
        }

        if (Limits.TimeoutSeconds is <= 0 or > 3600)
        {
            throw AssayException.Usage("--timeout is out of range.", "Give seconds from 0 to 3600.");
        }

        if (Concurrency is < 1 or > MaxConcurrency)
        {
            throw AssayException.Usage($"--concurrency {Concurrency} is not from 1 to {MaxConcurrency}.", "Leave it out for 8.");
        }
    }
}
