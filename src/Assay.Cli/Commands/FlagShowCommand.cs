using System.CommandLine;
using Assay.Cli.Flagging;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag show</c>: one flag.</summary>
internal static class FlagShowCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = FlagOptions.Name();
        var command = new ExampleCommand(
            "show",
            "Show one flag: its switch, its last change, and its file with what was decided since.",
            "assay flag show rag_plus_plus"
        )
        {
            name,
        };
        command.Shows(
            new FlagOptions(),
            surroundings,
            (source, parsed, cancellationToken) => source.GetAsync(parsed.GetValue(name)!, cancellationToken),
            FlagDetailView.Lines
        );
        return command;
    }
}
