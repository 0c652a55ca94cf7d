using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Canaries.Readings;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Server.Flags;
using Assay.Stores;

namespace Assay.Server.Canaries;

/// <summary>What canaries of this hub work with.</summary>
internal sealed class HubCanaryPorts(FlagDesk flags, IEventStore events, ILedger ledger, CanaryApprovals approvals, CanaryPlace place) : ICanaryPorts
{
    public ILedger Ledger => ledger;

    public ITrafficSplit SplitOf(ReleaseId release, SplitEntry split) =>
        split.Flag is { } flag ? new FlagSplit(flags, flag, split.Variant) : place.SplitOf(release, split);

    public ICanaryMetrics MetricsOf(CanaryPlan plan) =>
        new ProbedMetrics(
            plan.File.Metrics == CanaryPlan.HubMetrics ? new HubMetrics(events) : new PrometheusMetrics(place.QueriesOf(plan.File.Metrics)),
            place.NewProbes()
        );

    public Task<int> ApprovalsAsync(ReleaseId release, CancellationToken cancellationToken) => approvals.CountAsync(release, cancellationToken);
}
