using System.CommandLine;
using Assay.Cli.Flagging;
using Assay.Server.Flags;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag restore</c>: undoes the kill switch.</summary>
internal static class FlagRestoreCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var reason = FlagOptions.Reason();
        var expected = FlagOptions.ExpectedVersion();
        var command = new ExampleCommand(
            "restore",
            "Undo the kill switch: rules and shares decide again as before.",
            "assay flag restore rag_plus_plus --reason \"fixed in 1.9.1\""
        )
        {
            name,
            reason,
            expected,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, parsed, cancellationToken) =>
                source.ChangeAsync(
                    parsed.GetValue(name)!,
                    new FlagChange
                    {
                        Killed = false,
                        Reason = parsed.GetValue(reason)!,
                        ExpectedVersion = parsed.GetValue(expected),
                    },
                    cancellationToken
                ),
            detail => [FlagDetailView.Sentence(detail)]
        );
        return command;
    }
}
