namespace Assay.Experimentation.Tests;

/// <summary>Waits for what comes soon.</summary>
internal static class Eventually
{
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience.Longest, what);
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
