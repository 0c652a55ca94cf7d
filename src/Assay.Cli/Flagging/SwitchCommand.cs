using System.CommandLine;
using Assay.Cli.Commands;
using Assay.Server.Flags;

namespace Assay.Cli.Flagging;

/// <summary>A command that throws the kill switch of a flag, or takes it back.</summary>
internal static class SwitchCommand
{
    public static Command Create(CommandSurroundings surroundings, bool killed, string word, string description, string example)
    {
        var name = FlagOptions.Name();
        var reason = FlagOptions.Reason();
        var expected = FlagOptions.ExpectedVersion();
        var command = new ExampleCommand(word, description, example) { name, reason, expected };
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, parsed, cancellationToken) =>
                source.ChangeAsync(
                    parsed.GetValue(name)!,
                    new FlagChange
                    {
                        Killed = killed,
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
