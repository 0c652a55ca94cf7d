using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag history</c>: what was decided about a flag.</summary>
internal static class FlagHistoryCommand
{
    private const int DefaultLimit = 20;
    private const int MostEntries = 999;

    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var limit = NumberOption.Count("--limit", "N", $"Most entries, 1 to {MostEntries}. The default is {DefaultLimit}.");
        var command = new ExampleCommand(
            "history",
            "Show what was decided about a flag, by whom, when and why, the newest first; the first is in force.",
            "assay flag history rag_plus_plus"
        )
        {
            name,
            limit,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, parsed, cancellationToken) => source.HistoryAsync(parsed.GetValue(name)!, Most(parsed.GetValue(limit)), cancellationToken),
            FlagTables.Of
        );
        return command;
    }

    private static int Most(long? asked) =>
        asked is null or (>= 1 and <= MostEntries)
            ? (int)(asked ?? DefaultLimit)
            : throw AssayException.Usage($"--limit is {asked}.", $"Give 1 to {MostEntries}.");
}
