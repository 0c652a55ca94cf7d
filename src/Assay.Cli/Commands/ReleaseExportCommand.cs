using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;
using Assay.Files;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Cli.Commands;

/// <summary><c>assay release export</c>: the chain as a file that anybody can check.</summary>
internal static class ReleaseExportCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var release = ReleaseOptions.Id();
        var output = new Option<string>("--out")
        {
            Description = "File to write, a link a line.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new ExampleCommand(
            "export",
            "Write the chain to a file that can be checked offline. What links of other releases say is left out; their hashes stay, so that the chain is whole.",
            """
            assay release export rag_plus_plus@1.9.0 --out ledger.jsonl
            """
        )
        {
            release,
            output,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var id = ReleaseId.Read(parsed.GetValue(release));
                var path = parsed.GetValue(output)!;
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                var report = Write(path, source.LinesAsync(id, cancellationToken).ToBlockingEnumerable(cancellationToken));
                return new Exported(path, report.Links, report.Links - report.LeftOut, report.Head);
            },
            exported =>
                WrappedText.Lines(
                    $"{exported.File}: {exported.Links:#,0} links, {exported.WithBody:#,0} of them with what they say. The head is {exported.Head}."
                )
        );
        return command;
    }

    private static ChainReport Write(string path, IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var check = new ChainCheck();
        AtomicFile.Write(
            path,
            stream =>
            {
                foreach (var line in lines)
                {
                    if (!check.Take(line))
                    {
                        throw AssayException.Infrastructure(
                            check.End().Reason,
                            "The ledger was changed from outside; nothing was written. `assay release verify` checks it."
                        );
                    }

                    stream.Write(line.Span);
                    stream.Write("\n"u8);
                }
            }
        );
        return check.End();
    }

    /// <summary>What was exported.</summary>
    private sealed record Exported(string File, long Links, long WithBody, string Head);
}
