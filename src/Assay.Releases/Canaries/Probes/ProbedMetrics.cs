namespace Assay.Releases.Canaries.Probes;

/// <summary>Asks the probes of a plan beside its other figures: a store or a server that is away does not keep a health check from being asked.</summary>
/// <param name="others">Where the other figures come from.</param>
/// <param name="probes">Asks probes.</param>
internal sealed class ProbedMetrics(ICanaryMetrics others, ProbeAsker probes) : ICanaryMetrics
{
    public async Task<CanaryReading> ReadAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plan.Metrics.All(m => m.Probe is null))
        {
            return await others.ReadAsync(plan, stepSince, now, cancellationToken);
        }

        // At most as many as a file may watch, all at once: each is asked for a minute and a half at most.
        var asked = Task.WhenAll(plan.Metrics.Where(m => m.Probe is not null).Select(m => AskAsync(m, cancellationToken)));
        var compared = ComparedAsync(plan with { Metrics = [.. plan.Metrics.Where(m => m.Probe is null)] }, stepSince, now, cancellationToken);
        await Task.WhenAll(asked, compared);
        var read = await compared;
        var found = read.Metrics.Concat(await asked).ToDictionary(m => m.Metric, StringComparer.Ordinal);
        return read with { Metrics = [.. plan.Metrics.Select(m => found.GetValueOrDefault(m.Name)).OfType<MetricReading>()] };
    }

    private async Task<MetricReading> AskAsync(CanaryMetric metric, CancellationToken cancellationToken) =>
        new(metric.Name, Control: null, Canary: null) { Probe = await probes.AskAsync(metric, cancellationToken) };

    private async Task<CanaryReading> ComparedAsync(CanaryPlan plan, DateTimeOffset stepSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await others.ReadAsync(plan, stepSince, now, cancellationToken);
        }
        catch (Exception e) when (Faults.IsOfSurroundings(e, cancellationToken))
        {
            return CanaryReading.Failed(plan, e.Message.TrimEnd('.'));
        }
    }
}
