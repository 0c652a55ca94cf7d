namespace Assay;

/// <summary>Splits independent work over threads.</summary>
public static class Parallelism
{
    private const int RangesPerThread = 8;

    /// <summary>
    /// Calls <paramref name="each"/> for 0 … <paramref name="count"/> − 1, in ascending order within contiguous ranges.
    /// The calls must not depend on each other; then the result is the same for any number of threads.
    /// </summary>
    /// <param name="count">How many calls.</param>
    /// <param name="threads">Threads to use, at least 1; 1 stays on the caller's thread.</param>
    /// <param name="each">The work for one number.</param>
    public static void ForRanges(int count, int threads, Action<int> each)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                each(i);
            }

            return;
        }

        var ranges = Math.Min(count, threads * RangesPerThread);
        Parallel.For(
            0,
            ranges,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            range =>
            {
                var last = (int)((long)count * (range + 1) / ranges);
                for (var i = (int)((long)count * range / ranges); i < last; i++)
                {
                    each(i);
                }
            }
        );
    }
}
