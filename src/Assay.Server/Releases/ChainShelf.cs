using Assay.Releases.Ledger;

namespace Assay.Server.Releases;

/// <summary>What the check of the whole chain came to, for pages: a chain of a hundred thousand links takes a second, so one check is shared by whoever asks within <see cref="Fresh"/>.</summary>
internal sealed class ChainShelf(StoredLedger ledger, TimeProvider time)
{
    /// <summary>How old a check may be that is shown as the present one; its time stands beside it.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // What takes longer is told by the next page that is loaded.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private Task<CheckedChain>? running;
    private CheckedChain? kept;

    /// <summary>The check; null while the first one takes longer than a reader waits.</summary>
    public async Task<CheckedChain?> NowAsync(CancellationToken cancellationToken)
    {
        var check = Begin();
        try
        {
            return await check.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return kept;
        }
    }

    private Task<CheckedChain> Begin()
    {
        lock (gate)
        {
            if (kept is { } known && time.GetElapsedTime(known.Stamp) < Fresh)
            {
                return Task.FromResult(known);
            }

            return running is { IsCompleted: false } ? running : running = Task.Run(CheckAsync);
        }
    }

    // Whoever asked may go; others wait for the same check.
    private async Task<CheckedChain> CheckAsync()
    {
        var check = new ChainCheck();
        await foreach (var line in ledger.LinesAsync(0, CancellationToken.None))
        {
            if (!check.Take(line))
            {
                break;
            }
        }

        return kept = new CheckedChain(check.End(), time.GetUtcNow(), time.GetTimestamp());
    }
}

/// <summary>A check of the whole chain.</summary>
/// <param name="Report">What it came to.</param>
/// <param name="At">When.</param>
/// <param name="Stamp">The same by the clock that only goes forward.</param>
internal sealed record CheckedChain(ChainReport Report, DateTimeOffset At, long Stamp);
