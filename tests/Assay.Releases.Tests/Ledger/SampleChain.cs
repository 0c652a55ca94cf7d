using System.Text;
using Assay.Releases.Ledger;

namespace Assay.Releases.Tests.Ledger;

/// <summary>Chains made by the real formula.</summary>
internal static class SampleChain
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static List<LedgerLink> Links(int count)
    {
        var links = new List<LedgerLink>();
        for (var i = 1; i <= count; i++)
        {
            links.Add(LedgerHash.Link(i, links.Count == 0 ? LedgerHash.None : links[^1].Hash, Entry(i)));
        }

        return links;
    }

    public static List<byte[]> Lines(int count) => Links(count).ConvertAll(link => LedgerLine.Write(link));

    public static LedgerEntry Entry(int i) =>
        LedgerBody.Made(
            new LedgerEntry(
                $"rag_plus_plus@1.{i % 3}.0",
                (LedgerKind)(i % 11),
                $"key/{i}",
                i % 2 == 0 ? "token admin" : "Анна",
                Noon.AddSeconds(i),
                Encoding.UTF8.GetBytes($$"""{ "reason": "№ {{i}}: \"ok\" / <b>", "n": {{i}}, "share": 0.{{i}}0 }""")
            )
        );

    public static ChainReport Check(IEnumerable<byte[]> lines, string? head = null)
    {
        var check = new ChainCheck(head);
        foreach (var line in lines)
        {
            check.Take(line);
        }

        return check.End();
    }
}
