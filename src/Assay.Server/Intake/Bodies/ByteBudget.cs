namespace Assay.Server.Intake.Bodies;

/// <summary>How many bytes of bodies all requests may hold at once, so that no number of senders fills the memory.</summary>
internal sealed class ByteBudget(long most)
{
    private long taken;

    /// <summary>Bytes that are held now.</summary>
    public long Taken => Volatile.Read(ref taken);

    /// <summary>A share of the budget, empty at first; what it took goes back when it is disposed.</summary>
    public ByteShare Open() => new(this);

    internal bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= most)
        {
            return true;
        }

        Interlocked.Add(ref taken, -bytes);
        return false;
    }

    internal void GiveBack(long bytes) => Interlocked.Add(ref taken, -bytes);
}

/// <summary>What one request took of the budget; for one thread at a time.</summary>
internal sealed class ByteShare(ByteBudget budget) : IDisposable
{
    private long held;

    /// <summary>Takes more; false when the budget has no more, and nothing is taken then.</summary>
    public bool TryTake(int bytes)
    {
        var got = budget.TryTake(bytes);
        held += got ? bytes : 0;
        return got;
    }

    public void Dispose()
    {
        budget.GiveBack(held);
        held = 0;
    }
}
