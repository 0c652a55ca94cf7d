namespace Assay.Observability.Slos;

/// <summary>
/// What one SLO has counted: three rings of cumulative counts in about 60 kB, whatever the traffic. Not safe for several threads.
/// </summary>
internal sealed class SloCounts
{
    // 10 s is the error of a window's begin in alerts; (2,162 + 866 + 722) × 16 bytes = 60,000 bytes.
    private static readonly TimeSpan FineSpan = TimeSpan.FromHours(6);
    private static readonly TimeSpan MiddleSpan = TimeSpan.FromDays(3);
    private const byte Format = 1;

    // Clocks are set back by seconds all the time, and late counts are in their own buckets anyway; by so much only one that was wrong is.
    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(1);

    private readonly CountRing fine;
    private readonly CountRing middle;
    private readonly CountRing coarse;
    private long now;

    /// <param name="now">Seconds since 1970.</param>
    public SloCounts(long now)
    {
        this.now = now;
        fine = new CountRing(10, FineSpan, now);
        middle = new CountRing(300, MiddleSpan, now);
        coarse = new CountRing(3600, SloDefinition.Window, now);
    }

    /// <summary>The newest second that was seen, but for those of a clock that was far ahead.</summary>
    public long Now => now;

    /// <summary>Everything counted since the SLO exists; it never goes down.</summary>
    public EventCount All => fine.Now;

    /// <summary>Events that were older than 30 days when they came; they are in no window and not in <see cref="All"/>.</summary>
    public long TooLate { get; private set; }

    /// <summary>
    /// Time goes on. It goes back only where now was more than an hour ahead: every window would hold the same counts until real time had caught
    /// up. What was counted ahead is then in <see cref="All"/> and in no window.
    /// </summary>
    public void Advance(long second)
    {
        if (now - second > FarAhead.TotalSeconds)
        {
            now = second;
            fine.GoBack(second);
            middle.GoBack(second);
            coarse.GoBack(second);
            return;
        }

        if (second <= now)
        {
            return;
        }

        now = second;
        fine.Advance(second);
        middle.Advance(second);
        coarse.Advance(second);
    }

    /// <summary>Counts events of a second. One after now, from a clock that is ahead, counts as now.</summary>
    public void Add(long second, EventCount count)
    {
        var at = Math.Min(second, now);
        if (at < coarse.OldestSecond)
        {
            TooLate += count.Total;
            return;
        }

        fine.Add(at, count);
        middle.Add(at, count);
        coarse.Add(at, count);
    }

    /// <summary>Counts of the last window up to now; its begin is rounded down to a bucket: 10 s up to 6 h, 5 min up to 3 d, 1 h beyond.</summary>
    public EventCount In(TimeSpan window) => Between(now - (long)window.TotalSeconds, now + 1);

    /// <summary>Counts of a window that ends before a second, with ends rounded down to the buckets of the finest ring that reaches so far back.</summary>
    public EventCount Between(long from, long before)
    {
        var ring = RingOf(from);
        var end = before > now ? ring.Now : ring.Before(before);
        return end - ring.Before(from);
    }

    /// <summary>The width of the buckets in which counts since this second are known.</summary>
    public int BucketSecondsSince(long second) => RingOf(second).BucketSeconds;

    public void Save(BinaryWriter writer)
    {
        writer.Write(Format);
        writer.Write(now);
        writer.Write(TooLate);
        fine.Save(writer);
        middle.Save(writer);
        coarse.Save(writer);
    }

    /// <exception cref="InvalidDataException">It was written by another version.</exception>
    public void Load(BinaryReader reader)
    {
        if (reader.ReadByte() is var format && format != Format)
        {
            throw new InvalidDataException($"Saved counts have format {format}; this version reads {Format}.");
        }

        now = reader.ReadInt64();
        TooLate = reader.ReadInt64();
        fine.Load(reader);
        middle.Load(reader);
        coarse.Load(reader);
    }

    private CountRing RingOf(long second) =>
        second >= fine.OldestSecond ? fine
        : second >= middle.OldestSecond ? middle
        : coarse;
}
