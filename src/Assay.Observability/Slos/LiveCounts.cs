namespace Assay.Observability.Slos;

/// <summary>Counts that were recorded since the last look, kept apart by thread so that threads do not wait for each other.</summary>
internal sealed class LiveCounts
{
    private const int Stripes = 8;

    // A cache line is 64 bytes: a stripe has one to itself.
    private const int Line = 8;

    private readonly long[] cells = new long[Line * (Stripes + 1)];

    public void Add(bool isGood)
    {
        var stripe = (Environment.CurrentManagedThreadId & (Stripes - 1)) + 1;
        Interlocked.Increment(ref cells[(stripe * Line) + (isGood ? 0 : 1)]);
    }

    /// <summary>Takes out what is there; nothing is lost or counted twice.</summary>
    public EventCount Take()
    {
        var (good, bad) = (0L, 0L);
        for (var stripe = 1; stripe <= Stripes; stripe++)
        {
            good += Take(ref cells[stripe * Line]);
            bad += Take(ref cells[(stripe * Line) + 1]);
        }

        return new EventCount(good + bad, bad);
    }

    private static long Take(ref long cell) => Volatile.Read(ref cell) == 0 ? 0 : Interlocked.Exchange(ref cell, 0);
}
