using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Hubs;
using Assay.Cli.Observing;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval resume</c>: goes on with a run that was stopped or killed.</summary>
internal static class EvalResumeCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var run = EvalCommand.Run("The run: its id, its folder, or last.");
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var options = new EvalOptions();
        var reports = new ReportOptions();
        var observing = new ObservingOptions();
        var command = new ExampleCommand(
            "resume",
            "Go on with a run that was stopped, killed, or ran out of time or money. Cases that are done are not asked again, and the report is "
                + "that of a run without interruption. Refused when dataset, prompt, judge or metrics changed since.",
            """
            assay eval resume last
            assay eval resume 20261121-150233-handbook --max-cost 2
            """
        )
        {
            run,
            data,
            json,
        };
        command.StopLimit = ExampleCommand.LongStop;
        reports.AddTo(command);
        observing.AddTo(command);
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var flow = new EvalFlow(surroundings, options.Read(parsed, surroundings.Environment), parsed.GetValue(data)!);
                var outcome = await ObservedEval.RunAsync(
                    observing.Read(parsed),
                    new HubChoice(Address: null, parsed.GetValue(data)!),
                    surroundings,
                    telemetry => flow.ResumeAsync(parsed.GetValue(run)!, telemetry, cancellationToken),
                    cancellationToken
                );
                return await EvalShowing.ShowAsync(surroundings, outcome, reports.Read(parsed), parsed.GetValue(json));
            }
        );
        return command;
    }
}
