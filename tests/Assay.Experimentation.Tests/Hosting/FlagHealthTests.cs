using Assay.Experimentation.Clients;
using Assay.Experimentation.Hosting;
using Assay.Experimentation.Tests.Clients;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assay.Experimentation.Tests.Hosting;

public sealed class FlagHealthTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Flags_that_nobody_confirms_degrade_the_service_and_never_take_it_out()
    {
        var time = new StandingClock { Now = Start };
        var current = new CurrentSnapshot(TestSnapshots.Of("v1", isOn: true), SnapshotOrigin.LastKnownGood, time);
        (await CheckAsync(current, time)).ShouldBe(HealthStatus.Degraded);
        current.Replace(TestSnapshots.Of("v2", isOn: true), SnapshotOrigin.Hub);
        (await CheckAsync(current, time)).ShouldBe(HealthStatus.Healthy);
        time.Now = Start.AddMinutes(6);
        (await CheckAsync(current, time)).ShouldBe(HealthStatus.Degraded);
        current.Confirm(SnapshotOrigin.Hub);
        (await CheckAsync(current, time)).ShouldBe(HealthStatus.Healthy);
    }

    private static async Task<HealthStatus> CheckAsync(CurrentSnapshot current, TimeProvider time)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(time).AddSingleton(new FlagState(current));
        services.AddHealthChecks().AddAssayFlags();
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Status;
    }

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
