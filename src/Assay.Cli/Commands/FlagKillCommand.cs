using System.CommandLine;
using Assay.Cli.Flagging;
using Assay.Server.Flags;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag kill</c>: the kill switch.</summary>
internal static class FlagKillCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var reason = FlagOptions.Reason();
        var expected = FlagOptions.ExpectedVersion();
        var command = new ExampleCommand(
            "kill",
            "Throw the kill switch: everybody gets the variant of a flag that is off, whatever file, rules and shares say. Connected services hear of it within a second.",
            "assay flag kill rag_plus_plus --reason \"answers without sources since 14:05\""
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
                        Killed = true,
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
