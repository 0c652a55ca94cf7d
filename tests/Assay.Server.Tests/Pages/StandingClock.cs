namespace Assay.Server.Tests.Pages;

/// <summary>A clock that stands: pages show the same times on each run. Timers go on as ever.</summary>
internal sealed class StandingClock : TimeProvider
{
    public static readonly DateTimeOffset Now = new(2026, 3, 12, 14, 30, 20, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
