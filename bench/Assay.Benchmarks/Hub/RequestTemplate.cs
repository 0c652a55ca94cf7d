using System.Buffers.Binary;
using Assay.Server.Tests.Intake;

namespace Assay.Benchmarks.Hub;

/// <summary>
/// A request of 64 traces of 8 spans with 10 attributes each, written once; a copy gets its own ids and times in their places, which is quicker than
/// writing it anew.
/// </summary>
internal sealed class RequestTemplate
{
    public const int Traces = 64;
    public const int SpansPerTrace = 8;
    public const int Spans = Traces * SpansPerTrace;

    private readonly byte[] bytes;

    // Where the trace ids of the spans stand. The other ids and times follow at fixed distances.
    private readonly int[] places;

    public RequestTemplate(string service, int seed)
    {
        var random = new Random(seed);
        bytes = OtlpMessage.Request(
            Enumerable.Range(0, Spans).Select(i => SampleSpan.Write(i % SpansPerTrace, random)),
            ("service.name", service),
            ("service.version", "1.4.2"),
            ("deployment.environment.name", "production"),
            ("host.name", "worker-17"),
            ("telemetry.sdk.language", "dotnet")
        );
        places = Places(bytes);
    }

    /// <summary>A copy with new ids.</summary>
    /// <param name="random">Where ids and durations come from.</param>
    /// <param name="nanos">When its traces began, in nanoseconds since 1970 UTC.</param>
    public NewRequest New(Random random, long nanos)
    {
        var copy = bytes.ToArray();
        var trace = new byte[16];
        for (var i = 0; i < Spans; i++)
        {
            var isRoot = i % SpansPerTrace == 0;
            if (isRoot)
            {
                random.NextBytes(trace);
            }

            var span = copy.AsSpan(places[i]);
            trace.CopyTo(span);
            random.NextBytes(span.Slice(18, 8));
            if (!isRoot)
            {
                copy.AsSpan(places[i - (i % SpansPerTrace)] + 18, 8).CopyTo(span[28..]);
            }

            var times = span[(isRoot ? 27 : 37)..];
            var start = nanos + (i % SpansPerTrace * 1_000_000);
            BinaryPrimitives.WriteInt64LittleEndian(times, start);
            BinaryPrimitives.WriteInt64LittleEndian(times[9..], start + random.NextInt64(20_000_000, 400_000_000) / (1 + (i % SpansPerTrace)));
        }

        return new NewRequest(copy, Convert.ToHexStringLower(trace));
    }

    private static int[] Places(ReadOnlySpan<byte> bytes)
    {
        var places = new int[Spans];
        var at = 0;
        for (var i = 0; i < Spans; i++)
        {
            at += bytes[at..].IndexOf(SampleSpan.Placeholder);
            places[i] = at;
            at += SampleSpan.Placeholder.Length;
        }

        return places;
    }
}

/// <summary>A request with ids of its own.</summary>
/// <param name="Bytes">The message.</param>
/// <param name="LastTrace">The id of its last trace.</param>
internal sealed record NewRequest(byte[] Bytes, string LastTrace);
