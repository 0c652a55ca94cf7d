namespace Assay.Experimentation.Clients;

/// <summary>How long to wait after a failure: twice as long each time up to a limit, and a random part of it, so that many clients do not come back at once.</summary>
/// <param name="limit">The longest wait, unless the hub asks for a longer one.</param>
/// <param name="random">Draws the part.</param>
internal sealed class BackOff(TimeSpan limit, Random random)
{
    /// <summary>The longest wait that the hub may ask for; a mistaken header must not silence a client for a day.</summary>
    private static readonly TimeSpan MostAskedFor = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private int failures;

    /// <summary>It works again: the next wait is the first.</summary>
    public void Succeeded() => failures = 0;

    /// <summary>The wait after one more failure.</summary>
    /// <param name="askedFor">What the hub asked for, if it did.</param>
    public TimeSpan Next(TimeSpan? askedFor = null)
    {
        // 2^20 of the first wait are three days: the shift cannot overflow, and the limit is long reached.
        var whole = First * (1L << Math.Min(failures++, 20));
        var bounded = whole < limit ? whole : limit;
        var drawn = bounded * (0.5 + (random.NextDouble() / 2));
        var asked =
            askedFor is { } wish && wish < MostAskedFor ? wish
            : askedFor is null ? TimeSpan.Zero
            : MostAskedFor;
        return drawn > asked ? drawn : asked;
    }
}
