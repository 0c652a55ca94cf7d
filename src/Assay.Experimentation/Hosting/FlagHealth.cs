using Assay.Experimentation.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assay.Experimentation.Hosting;

/// <summary>The health of a service's flags.</summary>
public static class FlagHealth
{
    /// <summary>Flags that nobody confirmed for so long are stale by default: ten missed polls.</summary>
    private static readonly TimeSpan DefaultStaleAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds a check <c>assay_flags</c>: degraded while the hub has not confirmed the flags for a time, or never did. It is never unhealthy: a service
    /// works on with the flags that it has, and must not be taken out of service for the hub's sake.
    /// </summary>
    /// <param name="checks">The checks of the service.</param>
    /// <param name="staleAfter">For how long flags may go unconfirmed; 5 minutes when null.</param>
    /// <returns>The checks.</returns>
    public static IHealthChecksBuilder AddAssayFlags(this IHealthChecksBuilder checks, TimeSpan? staleAfter = null) =>
        checks.Add(
            new HealthCheckRegistration(
                "assay_flags",
                p => new Check(p.GetRequiredService<FlagState>(), staleAfter ?? DefaultStaleAfter, p.GetRequiredService<TimeProvider>()),
                failureStatus: null,
                tags: null
            )
        );

    private sealed class Check(FlagState state, TimeSpan staleAfter, TimeProvider time) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(Judge(state.Status, time.GetUtcNow()));

        private HealthCheckResult Judge(SnapshotStatus status, DateTimeOffset now) =>
            status switch
            {
                { Origin: SnapshotOrigin.None } => HealthCheckResult.Degraded("There are no flags yet: the hub was not reached, and no snapshot was kept."),
                { ConfirmedAt: null } => HealthCheckResult.Degraded("The flags are those that an earlier process kept: the hub was not reached."),
                { ConfirmedAt: { } at } when now - at > staleAfter => HealthCheckResult.Degraded($"The hub last confirmed the flags at {at:O}."),
                _ => HealthCheckResult.Healthy($"The flags are those of snapshot {status.Version}."),
            };
    }
}
