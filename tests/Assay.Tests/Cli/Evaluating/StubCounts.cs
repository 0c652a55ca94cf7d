using System.Buffers.Binary;

namespace Assay.Tests.Cli.Evaluating;

/// <summary>What a stub was asked so far.</summary>
/// <param name="Calls">Requests for an answer.</param>
/// <param name="Judgements">Of those, how many asked for a judgement.</param>
/// <param name="MaxInFlight">The most that were there at once.</param>
/// <param name="DistinctBodies">Requests that differ.</param>
/// <param name="SpanMs">From the first request to the last answer, in milliseconds.</param>
/// <param name="MeanLatencyMs">From a request to its answer, in milliseconds.</param>
internal sealed record StubStats(int Calls, int Judgements, int MaxInFlight, int DistinctBodies, double SpanMs, double MeanLatencyMs)
{
    /// <summary>Requests that had been made before: work that was paid twice.</summary>
    public int Duplicates => Calls - DistinctBodies;
}

/// <summary>Counts the requests of a stub.</summary>
internal sealed class StubCounts
{
    private readonly Lock gate = new();
    private readonly TimeProvider time = TimeProvider.System;

    // By the first 16 bytes of SHA-256: the requests of one measurement, some 200,000 at most.
    private readonly HashSet<UInt128> bodies = [];
    private int calls;
    private int judgements;
    private int inFlight;
    private int maxInFlight;
    private long? firstAt;
    private long lastAt;
    private TimeSpan latencies;

    /// <summary>Requests so far.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>A request is there, though perhaps not whole.</summary>
    public void Began(long at)
    {
        lock (gate)
        {
            firstAt ??= at;
            maxInFlight = Math.Max(maxInFlight, ++inFlight);
        }
    }

    /// <summary>It is whole: from now on it must be paid, whether its answer arrives or not.</summary>
    public void Read(ReadOnlySpan<byte> digest, bool isJudgement)
    {
        lock (gate)
        {
            calls++;
            judgements += isJudgement ? 1 : 0;
            bodies.Add(BinaryPrimitives.ReadUInt128BigEndian(digest));
        }
    }

    public void Ended(long began)
    {
        lock (gate)
        {
            inFlight--;
            lastAt = time.GetTimestamp();
            latencies += time.GetElapsedTime(began, lastAt);
        }
    }

    public StubStats Stats()
    {
        lock (gate)
        {
            var span = firstAt is { } first ? time.GetElapsedTime(first, Math.Max(first, lastAt)).TotalMilliseconds : 0;
            return new StubStats(calls, judgements, maxInFlight, bodies.Count, span, calls == 0 ? 0 : latencies.TotalMilliseconds / calls);
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            bodies.Clear();
            (calls, judgements, maxInFlight, firstAt, lastAt, latencies) = (0, 0, inFlight, null, 0, TimeSpan.Zero);
        }
    }
}
