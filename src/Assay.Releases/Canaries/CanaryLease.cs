namespace Assay.Releases.Canaries;

/// <summary>Who controls a canary now, as a document in <see cref="CanaryBook.Leases"/>.</summary>
/// <param name="Holder">The controller: machine and data folder. The same holder takes its own lease again after a crash.</param>
/// <param name="Until">Whoever else may take it from then on.</param>
/// <param name="Fence">One more with each change of hands: what is written under an older one is refused.</param>
internal sealed record CanaryLease(string Holder, DateTimeOffset Until, long Fence)
{
    /// <summary>Looks for which a holder that is silent keeps its lease.</summary>
    public const int Looks = 3;

    /// <summary>A lease never ends sooner: writing a state may take a while.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    /// <summary>The lease after a controller asks for it; null when another holds it.</summary>
    public static CanaryLease? After(CanaryLease? now, string holder, TimeSpan lookEvery, DateTimeOffset at)
    {
        var length = Looks * lookEvery > Shortest ? Looks * lookEvery : Shortest;
        return now is null ? new CanaryLease(holder, at + length, 1)
            : now.Holder == holder ? now with { Until = at + length }
            // A lease that ends further ahead than any is given was written by a clock that was ahead.
            : now.Until <= at || now.Until > at + (2 * length) ? new CanaryLease(holder, at + length, now.Fence + 1)
            : null;
    }
}
