using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Canaries;

/// <summary>What a controller works with: made for each canary from its plan.</summary>
internal interface ICanaryPorts
{
    /// <summary>The ledger.</summary>
    ILedger Ledger { get; }

    /// <summary>What moves the traffic of a canary.</summary>
    ITrafficSplit SplitOf(ReleaseId release, SplitEntry split);

    /// <summary>Where the figures of a canary come from.</summary>
    ICanaryMetrics MetricsOf(CanaryPlan plan);

    /// <summary>How many people approved the last step of a canary.</summary>
    Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken);
}
