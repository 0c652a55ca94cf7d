using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;
using Assay.Releases.Ledger;

namespace Assay.Cli.Commands;

/// <summary><c>assay release import</c>: takes an exported chain in.</summary>
internal static class ReleaseImportCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "A file that `assay release export` wrote.", HelpName = "FILE" };
        var command = new ExampleCommand(
            "import",
            "Take an exported chain into an empty ledger, or take in what continues this one. The file is checked before anything is written.",
            """
            assay release import ledger.jsonl
            """
        )
        {
            file,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file)!;
                Demand(path);
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                await using var stream = LedgerFile.Open(path);
                return await source.ImportAsync(LedgerFile.Lines(stream), cancellationToken);
            },
            report =>
                WrappedText.Lines(
                    $"{report.Added:#,0} links were taken in, {report.There:#,0} were there already. The ledger has {report.Links:#,0} links, its head is {report.Head}."
                )
        );
        return command;
    }

    private static void Demand(string path)
    {
        var check = new ChainCheck();
        using var stream = LedgerFile.Open(path);
        _ = LedgerFile.Lines(stream).All(check.Take);
        var report = check.End();
        if (report.Verdict != Verdict.Pass)
        {
            throw AssayException.Usage($"'{path}' cannot be taken in. {report.Reason}", "Export the ledger anew.");
        }
    }
}
