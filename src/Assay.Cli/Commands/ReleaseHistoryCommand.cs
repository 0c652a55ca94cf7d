using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Releases.Files;
using Assay.Releases.Ledger;
using Assay.Server.Releases;

namespace Assay.Cli.Commands;

/// <summary><c>assay release history</c>: who did what, and when.</summary>
internal static class ReleaseHistoryCommand
{
    private const int DefaultLimit = 50;
    private const int MostEntries = 10_000;

    public static Command Create(CommandSurroundings surroundings)
    {
        var release = new Argument<string?>("release")
        {
            Description = "A release, with its version or with all: rag_plus_plus@1.9.0, rag_plus_plus; every release when left out.",
            HelpName = "RELEASE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = NumberOption.Count("--limit", "N", $"The newest N entries, 1 to {MostEntries}. The default is {DefaultLimit}.");
        var noLooks = new Option<bool>("--without-looks") { Description = "Leave out looks at canaries, of which there may be one a minute." };
        var command = new ExampleCommand(
            "history",
            "Show what happened in a release, in order: evidence, gates, approvals, canary steps, rollbacks; who, when and why.",
            """
            assay release history
            assay release history rag_plus_plus@1.9.0 --without-looks
            assay release history rag_plus_plus --limit 10 --json
            """
        )
        {
            release,
            limit,
            noLooks,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var ofRelease = Wanted(parsed.GetValue(release));
                var leavesOut = parsed.GetValue(noLooks);
                var most = Most(parsed.GetValue(limit));
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                return await ReadAsync(source, e => ofRelease(e.Release) && !(leavesOut && e.Kind == LedgerKind.Look), most, cancellationToken);
            },
            ReleaseTables.Of
        );
        return command;
    }

    private static async Task<HistoryReport> ReadAsync(ReleaseSource source, Func<LedgerEntry, bool> wanted, int most, CancellationToken cancellationToken)
    {
        var newest = new Queue<LedgerLink>();
        await foreach (var line in source.LinesAsync(release: null, cancellationToken))
        {
            var link =
                LedgerLine.TryRead(line)
                ?? throw AssayException.Infrastructure(
                    "A link of the ledger cannot be read.",
                    "It was changed from outside: `assay release verify` says where."
                );
            if (wanted(link.Entry))
            {
                newest.Enqueue(link);
            }

            if (newest.Count > most)
            {
                newest.Dequeue();
            }
        }

        return new HistoryReport([.. newest.Select(LinkDocument.Of)]);
    }

    private static Func<string, bool> Wanted(string? release) =>
        release is null ? _ => true
        : ReleaseId.IsName(release) ? id => id.StartsWith(release + "@", StringComparison.Ordinal)
        : ReleaseId.Read(release).ToString() is var one ? id => id == one
        : _ => false;

    private static int Most(long? asked) =>
        asked is null or (>= 1 and <= MostEntries)
            ? (int)(asked ?? DefaultLimit)
            : throw AssayException.Usage($"--limit is {asked}.", $"Give 1 to {MostEntries}.");
}
