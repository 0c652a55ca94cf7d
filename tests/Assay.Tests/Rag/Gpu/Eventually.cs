namespace Assay.Tests.Rag.Gpu;

/// <summary>Waits for a fact about the outside world, and fails when it has not come true within a bound.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> fact, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!fact())
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience.Longest, what);
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
