using System.CommandLine;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay release</c>: gates, approvals and the ledger.</summary>
internal static class ReleaseCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "release",
            """
            Decide by evidence whether a candidate may go out, have it approved with signatures, keep what happened in a ledger that anybody can check, and rehearse the rollback.

            How releases are written, decided and kept: docs/reference/en/releases.md
            """
        )
        {
            ReleaseListCommand.Create(surroundings),
            ReleaseGateCommand.Create(surroundings),
            ReleaseApproveCommand.Create(surroundings),
            ReleaseKeyCommand.Create(surroundings),
            ReleaseHistoryCommand.Create(surroundings),
            ReleaseVerifyCommand.Create(surroundings),
            ReleaseExportCommand.Create(surroundings),
            ReleaseImportCommand.Create(surroundings),
            ReleaseRehearseCommand.Create(surroundings),
        };

    /// <summary>Does something and shows what it came to, as JSON or in lines.</summary>
    public static void Shows<T>(
        this Command command,
        ReleaseOptions options,
        CommandSurroundings surroundings,
        Func<ParseResult, CancellationToken, Task<T>> work,
        Func<T, IEnumerable<string>> lines,
        Func<T, Verdict?>? verdict = null
    )
    {
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var answer = await work(parsed, cancellationToken);
                await (
                    options.IsJson(parsed)
                        ? JsonOutput.WriteAsync(surroundings.Out, answer)
                        : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, lines(answer)))
                );
                return (int)CodeOf(verdict?.Invoke(answer));
            }
        );
    }

    private static ExitCode CodeOf(Verdict? verdict) =>
        verdict switch
        {
            null or Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };
}
