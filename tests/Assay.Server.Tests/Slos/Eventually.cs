namespace Assay.Server.Tests.Slos;

/// <summary>Waits for what comes soon, and says what was there instead when it does not.</summary>
internal static class Eventually
{
    /// <summary>Asks until an answer is right.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> isRight, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (true)
        {
            var answer = await ask();
            if (isRight(answer))
            {
                return answer;
            }

            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience.Longest, $"{what}; the last answer was {answer}");
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
