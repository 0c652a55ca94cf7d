using System.CommandLine;
using Assay.Cli.Rehearsing;
using Assay.Cli.Releasing;
using Assay.Cli.Showing;
using Assay.Releases.Rehearsals;

namespace Assay.Cli.Commands;

/// <summary><c>assay release rehearse</c>: practises the rollback.</summary>
internal static class ReleaseRehearseCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new RehearseOptions();
        var command = new ExampleCommand(
            "rehearse",
            """
            Rehearse the rollback: bring failures about in a candidate of the sample service, with a hub and a canary controller of its own on this machine, and take the time until the
            controller has found each and until users are answered well again. Exit code 0 when all keep their budget, 1 when one does not or nobody finds it.
            """,
            """
            assay release rehearse
            assay release rehearse --scenario error_spike --scenario latency_degradation
            assay release rehearse --interactive --record
            assay release rehearse --times 20 --json
            """
        );
        command.StopLimit = ExampleCommand.LongStop;
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                options.IsList(parsed) ? ListAsync(options, parsed, surroundings) : RehearseAsync(options, parsed, surroundings, cancellationToken)
        );
        return command;
    }

    private static async Task<int> ListAsync(RehearseOptions options, ParseResult parsed, CommandSurroundings surroundings)
    {
        var order = options.Order(parsed);
        var listed = new ScenarioList([.. order.Scenarios.Select(s => ListedScenario.Of(s, order.BudgetOf(s)))]);
        await (
            options.IsJson(parsed)
                ? JsonOutput.WriteAsync(surroundings.Out, listed)
                : surroundings.Out.WriteLineAsync(string.Join(Environment.NewLine, RehearsalTable.Of(listed.Scenarios)))
        );
        return (int)ExitCode.Pass;
    }

    private static async Task<int> RehearseAsync(
        RehearseOptions options,
        ParseResult parsed,
        CommandSurroundings surroundings,
        CancellationToken cancellationToken
    )
    {
        var order = options.Order(parsed) with { ServicePath = options.Service(parsed) };
        if (options.IsRecorded(parsed))
        {
            // Before minutes are spent: somewhere it must be written to.
            await (await OpenAsync()).DisposeAsync();
        }

        var output = options.Output(parsed);
        var report = await new RehearsalSession(order, surroundings).RunAsync(r => RehearsalFiles.WriteAsync(output, r), cancellationToken);
        if (options.IsRecorded(parsed))
        {
            await using var source = await OpenAsync();
            await source.RehearsedAsync(RehearsalStage.Release, [.. report.Results.Select(r => RehearsalNote.Of(r, report.Assay))], cancellationToken);
        }

        await (
            options.IsJson(parsed)
                ? JsonOutput.WriteAsync(surroundings.Out, report)
                : surroundings.Out.WriteLineAsync(
                    string.Join(Environment.NewLine, [.. RehearsalTable.Of(report), $"Details: {Path.Combine(output, RehearsalFiles.Markdown)}"])
                )
        );
        return (int)(report.Verdict == Verdict.Pass ? ExitCode.Pass : ExitCode.Fail);

        Task<ReleaseSource> OpenAsync() => ReleaseSource.OpenAsync(options.Choice(parsed), "catalog", surroundings, cancellationToken);
    }
}
