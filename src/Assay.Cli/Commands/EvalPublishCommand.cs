using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Hubs;
using Assay.Cli.Showing;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;
using Assay.Evaluation.Storing;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval publish</c>: hands a run in to the hub again.</summary>
internal static class EvalPublishCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var run = EvalCommand.Run("The run: its id, its folder, or last.");
        var hub = new HubChoiceOptions();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "publish",
            "Hand a run in to the hub, whose pages show it. `assay eval run` and `resume` do this by themselves; this is for a run whose hub could "
                + "not be reached, or for another hub. The same run handed in twice is there once.",
            """
            assay eval publish last
            assay eval publish 20261121-150233-handbook --hub https://assay.example.org
            """
        )
        {
            run,
            json,
        };
        hub.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var choice = hub.Read(parsed);
                var folder = RunFolder.Find(parsed.GetValue(run)!, choice.DataFolder);
                var asked = RunSettings.Read(folder);
                var file = BenchmarkCatalog.Find(asked.Benchmark, asked.Catalog);
                var outcome = EvalDecision.Of(RunEnd.Finished, folder, file.Gates, file.Name, asked.Catalog);
                var receipt = await RunDelivery.SendAsync(surroundings, choice, outcome, duration: null, cancellationToken);
                await (
                    parsed.GetValue(json)
                        ? JsonOutput.WriteAsync(surroundings.Out, PublishedRun.Of(receipt))
                        : surroundings.Out.WriteLineAsync(Sentence(receipt) + Place(choice, receipt))
                );
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static string Place(HubChoice choice, RunReceipt receipt) => RunDelivery.PageOf(choice, receipt.Run) is { } page ? $"\n{page}" : "";

    private static string Sentence(RunReceipt receipt) =>
        receipt.Change switch
        {
            RunChange.None => $"{receipt.Run} was there already.",
            RunChange.Replaced => $"{receipt.Run} is there; it replaces an earlier state of the run.",
            _ => $"{receipt.Run} is there.",
        };
}

/// <summary>What handing a run in did.</summary>
internal sealed record PublishedRun(string Run, string Benchmark, RunChange Change, string Page)
{
    public static PublishedRun Of(RunReceipt receipt) => new(receipt.Run, receipt.Benchmark, receipt.Change, "/benchmarks/runs/" + receipt.Run);
}
