using System.IO.Compression;

namespace Assay.Benchmarks.Hub;

/// <summary>What is sent: requests in the order of their times, written and compressed beforehand, so that sending takes little of the machine.</summary>
internal sealed class Consignment
{
    private const int Seed = 20_264;

    /// <summary>More than the goal, so that there is something to send until the time is over.</summary>
    private const int SpansPerSecond = 110_000;

    private static readonly string[] Services = ["rag-service", "ask-service", "search-service", "chat-service"];

    private readonly byte[][] bodies;
    private readonly string[] lastTraces;

    private Consignment(int requests) => (bodies, lastTraces) = (new byte[requests][], new string[requests]);

    /// <summary>How many requests there are.</summary>
    public int Count => bodies.Length;

    /// <summary>All of it as sent, in bytes.</summary>
    public long Bytes => bodies.Sum(b => (long)b.Length);

    /// <summary>All of it before compression, in bytes.</summary>
    public long PlainBytes { get; private set; }

    /// <summary>Makes enough for so many seconds, whose traces begin from now on.</summary>
    public static Consignment Make(int seconds)
    {
        var made = new Consignment(seconds * SpansPerSecond / RequestTemplate.Spans);
        RequestTemplate[] templates = [.. Services.Select((s, i) => new RequestTemplate(s, Seed + i))];
        // A tick is 100 nanoseconds.
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        long plain = 0;
        Parallel.For(
            0,
            made.Count,
            i =>
            {
                var request = templates[i % templates.Length].New(new Random(Seed + i), now + ((long)i * seconds * 1_000_000_000 / made.Count));
                made.lastTraces[i] = request.LastTrace;
                made.bodies[i] = Pack(request.Bytes);
                Interlocked.Add(ref plain, request.Bytes.Length);
            }
        );
        made.PlainBytes = plain;
        return made;
    }

    /// <summary>A request as sent.</summary>
    public byte[] Body(int request) => bodies[request];

    /// <summary>The id of the last trace in a request.</summary>
    public string LastTrace(int request) => lastTraces[request];

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream(bytes.Length / 4);
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
