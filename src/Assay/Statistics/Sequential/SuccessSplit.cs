namespace Assay.Statistics.Sequential;

/// <summary>How the successes fell into the arms, and the share of units that the treatment was to get.</summary>
internal readonly record struct SuccessSplit(long Treatment, long Control, double Share)
{
    public SuccessSplit Mirrored => new(Control, Treatment, 1 - Share);

    /// <summary>The ratio of rates as the counts have it, with half a success added to both arms while the control has none.</summary>
    public double RatioOfRates => Control > 0 ? OddsOfShare * Treatment / Control : OddsOfShare * (Treatment + 0.5) / 0.5;

    private double OddsOfShare => (1 - Share) / Share;

    /// <summary>The ratio of rates at which a success is the treatment's with this probability.</summary>
    public double RatioAt(double probability) => probability / (1 - probability) * OddsOfShare;
}
