using Assay.Prices;

namespace Assay.Models.Budgets;

/// <summary>What was put aside of a <see cref="SpendingLimit"/> for one attempt. When nobody says what it cost, it counts as spent.</summary>
public sealed class SpendingShare : IDisposable
{
    private readonly SpendingLimit limit;
    private bool settled;

    internal SpendingShare(SpendingLimit limit, Money most)
    {
        this.limit = limit;
        Most = most;
    }

    /// <summary>What was put aside.</summary>
    public Money Most { get; }

    /// <summary>Says what the attempt cost; the rest is free again.</summary>
    public void Settle(Money paid)
    {
        if (!settled)
        {
            settled = true;
            limit.Release(Most, paid);
        }
    }

    /// <summary>Counts all of it as spent, unless it was settled.</summary>
    public void Dispose() => Settle(Most);
}
