using System.CommandLine;
using Assay.Cli.Canarying;
using Assay.Cli.Showing;
using Assay.Releases.Canaries;

namespace Assay.Cli.Commands;

/// <summary><c>assay canary</c>: releases that go out in steps.</summary>
internal static class CanaryCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new(
            "canary",
            """
            Let a candidate have 5, then 25, then 100 % of the traffic, judged against control at every step, and take it back.

            How a canary is written, judged and rolled back: docs/guide/canaries.md
            """
        )
        {
            CanaryStartCommand.Create(surroundings),
            CanaryStatusCommand.Create(surroundings),
            CanaryCheckCommand.Create(surroundings),
            CanaryPromoteCommand.Create(surroundings),
            CanaryRollbackCommand.Create(surroundings),
        };

    /// <summary>Prints a canary.</summary>
    public static Task WriteAsync(this CommandSurroundings surroundings, bool json, CanaryStatus status) =>
        json ? JsonOutput.WriteAsync(surroundings.Out, status) : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, CanaryView.Lines(status)));
}
