using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;
using Assay.Releases.Approvals;

namespace Assay.Cli.Commands;

/// <summary><c>assay release verify</c>: whether the ledger is as it was written.</summary>
internal static class ReleaseVerifyCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var file = new Argument<string?>("file")
        {
            Description = "A file that `assay release export` wrote; needs neither hub nor data folder. The ledger of the hub or the folder when left out.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var head = new Option<string?>("--head")
        {
            Description = "A hash that the chain must hold, as a gate printed it: so it is seen when links were cut off at the end.",
            HelpName = "HASH",
        };
        head.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(result.Tokens[0].Value.Length == 64 && result.Tokens[0].Value.All(char.IsAsciiHexDigit)))
            {
                result.AddError("--head takes 64 hexadecimal digits, as a gate prints them.");
            }
        });
        var command = new ExampleCommand(
            "verify",
            """
            Check the chain of the ledger and the signatures of its approvals; name the first broken link and what is wrong with it.
            Exit code 0 whole, 1 broken, 3 empty.
            """,
            """
            assay release verify
            assay release verify ledger.jsonl
            assay release verify --head 5f0c2a9be8d2c7ab1b2b7cf9e3a7d1c4b5a69788c0d1e2f3a4b5c6d7e8f90123
            """
        )
        {
            file,
            head,
        };
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var check = new LedgerInspection(parsed.GetValue(head), ApproverFile.Read(options.Catalog(parsed)));
                if (parsed.GetValue(file) is { } path)
                {
                    await using var stream = LedgerFile.Open(path);
                    return check.All(LedgerFile.Lines(stream));
                }

                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                return await check.AllAsync(source.LinesAsync(release: null, cancellationToken));
            },
            report => WrappedText.Lines(report.Chain.Reason).Concat(report.Notes.SelectMany(WrappedText.Lines)),
            report => report.Verdict
        );
        return command;
    }
}
