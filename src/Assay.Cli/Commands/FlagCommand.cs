using System.CommandLine;
using Assay.Cli.Flagging;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay flag</c>: feature flags.</summary>
internal static class FlagCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "flag",
            """
            Show feature flags, change them with a reason, and say why a unit gets its variant.

            How flags are written and evaluated: docs/reference/en/flags.md
            """
        )
        {
            FlagListCommand.Create(surroundings),
            FlagShowCommand.Create(surroundings),
            FlagSetCommand.Create(surroundings),
            FlagKillCommand.Create(surroundings),
            FlagRestoreCommand.Create(surroundings),
            FlagExplainCommand.Create(surroundings),
            FlagHistoryCommand.Create(surroundings),
            FlagStaleCommand.Create(surroundings),
            FlagExportCommand.Create(surroundings),
        };

    /// <summary>Asks for something and shows it, as JSON or in lines.</summary>
    public static void Shows<T>(
        this Command command,
        FlagOptions options,
        CommandSurroundings surroundings,
        Func<FlagSource, ParseResult, CancellationToken, Task<T>> ask,
        Func<T, IEnumerable<string>> lines,
        Func<T, ExitCode>? exitCode = null
    )
    {
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                var answer = await ask(source, parsed, cancellationToken);
                await (
                    options.IsJson(parsed)
                        ? JsonOutput.WriteAsync(surroundings.Out, answer)
                        : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, lines(answer)))
                );
                return (int)(exitCode?.Invoke(answer) ?? ExitCode.Pass);
            }
        );
    }
}
