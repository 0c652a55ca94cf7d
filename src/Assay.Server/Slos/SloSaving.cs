using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Observability.Slos;
using Assay.Stores;

namespace Assay.Server.Slos;

/// <summary>What the head of the saved counts says; it is written last, so that all parts belong to one position.</summary>
/// <param name="Position">The position in the event store up to which everything is counted.</param>
/// <param name="Generation">Which parts belong to it.</param>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Defaulted">Services that have the default SLOs.</param>
internal sealed record SloHead(long Position, long Generation, int Parts, IReadOnlyList<string> Defaulted);

/// <summary>Saves and reads what SLOs have counted: parts of a few SLOs, then a head that names them.</summary>
internal sealed class SloSaving(IDocumentStore documents)
{
    public const string Collection = "slo_snapshots";
    private const string HeadKey = "head";

    // A document has 1 MiB at most; the counts of an SLO have 60 kB at most before they are packed.
    private const int SlosInPart = 10;

    /// <summary>The head; null when nothing was saved yet.</summary>
    public async Task<SloHead?> ReadHeadAsync(CancellationToken cancellationToken) =>
        await documents.GetAsync(Collection, HeadKey, cancellationToken) is { } head
            ? JsonSerializer.Deserialize(head.Json.Span, SloSavingJson.Default.SloHead)
            : null;

    public async Task<IReadOnlyList<SloSnapshot>> ReadAsync(SloHead head, CancellationToken cancellationToken)
    {
        var snapshots = new List<SloSnapshot>();
        for (var part = 0; part < head.Parts; part++)
        {
            if (await documents.GetAsync(Collection, KeyOf(head.Generation, part), cancellationToken) is { } found)
            {
                snapshots.AddRange(JsonSerializer.Deserialize(found.Json.Span, SloSavingJson.Default.IReadOnlyListSloSnapshot)!.Select(Unpack));
            }
        }

        return snapshots;
    }

    public async Task<SloHead> WriteAsync(
        SloHead? before,
        long position,
        IReadOnlyList<string> defaulted,
        IReadOnlyList<SloSnapshot> snapshots,
        CancellationToken cancellationToken
    )
    {
        var parts = snapshots.Select(Pack).Chunk(SlosInPart).ToList();
        var head = new SloHead(position, (before?.Generation ?? 0) + 1, parts.Count, defaulted);
        for (var part = 0; part < parts.Count; part++)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(parts[part], SloSavingJson.Default.IReadOnlyListSloSnapshot);
            await documents.PutAsync(new DocumentWrite(Collection, KeyOf(head.Generation, part), json), cancellationToken);
        }

        var headJson = JsonSerializer.SerializeToUtf8Bytes(head, SloSavingJson.Default.SloHead);
        await documents.PutAsync(new DocumentWrite(Collection, HeadKey, headJson), cancellationToken);
        return head;
    }

    // Two generations take turns: the one that the head names is never written over.
    private static string KeyOf(long generation, int part) => $"{(generation % 2 == 0 ? "a" : "b")}{part}";

    private static SloSnapshot Pack(SloSnapshot snapshot)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            deflate.Write(snapshot.Counts);
        }

        return snapshot with
        {
            Counts = packed.ToArray(),
        };
    }

    private static SloSnapshot Unpack(SloSnapshot snapshot)
    {
        using var deflate = new DeflateStream(new MemoryStream(snapshot.Counts), CompressionMode.Decompress);
        using var counts = new MemoryStream();
        deflate.CopyTo(counts);
        return snapshot with { Counts = counts.ToArray() };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SloHead))]
[JsonSerializable(typeof(IReadOnlyList<SloSnapshot>))]
internal sealed partial class SloSavingJson : JsonSerializerContext;
