using System.CommandLine;
using Assay.Cli.Releasing;

namespace Assay.Cli.Commands;

/// <summary><c>assay release list</c>: releases and how they stand.</summary>
internal static class ReleaseListCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var command = new ExampleCommand(
            "list",
            "List the releases of the catalog and how their versions stand in the ledger.",
            """
            assay release list
            assay release list --json
            """
        );
        var options = new ReleaseOptions();
        command.Shows(
            options,
            surroundings,
            async (parsed, cancellationToken) =>
            {
                await using var source = await options.OpenAsync(parsed, surroundings, cancellationToken);
                return await source.ListAsync(cancellationToken);
            },
            ReleaseTables.Of
        );
        return command;
    }
}
