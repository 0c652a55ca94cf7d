using System.Globalization;
using System.Text;

namespace Assay.Server.Flags.Streams;

/// <summary>Server-sent events as bytes. Their id is the version, so that Last-Event-ID says what a reader has.</summary>
internal static class EventWords
{
    /// <summary>A line that readers pass over: it shows that the hub is there.</summary>
    public static readonly byte[] Beat = ": beat\n\n"u8.ToArray();

    /// <summary>For clients of Assay.</summary>
    public static byte[] Snapshot(SnapshotMoment moment) => Event(moment, "snapshot", $$"""{"version":"{{moment.Version}}"}""");

    /// <summary>For OpenFeature providers: event streams of OFREP 0.3 (ADR 8 of the protocol).</summary>
    public static byte[] Refetch(SnapshotMoment moment) =>
        Event(
            moment,
            "message",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"type":"refetchEvaluation","etag":"{{moment.Version}}","lastModified":{{moment.At.ToUnixTimeSeconds()}}}"""
            )
        );

    private static byte[] Event(SnapshotMoment moment, string type, string data) =>
        Encoding.UTF8.GetBytes($"id: {moment.Version}\nevent: {type}\ndata: {data}\n\n");
}
