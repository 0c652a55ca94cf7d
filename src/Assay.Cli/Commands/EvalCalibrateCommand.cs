using System.CommandLine;
using Assay.Cli.Calibrating;
using Assay.Cli.Showing;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval calibrate</c>: how far a judge can be trusted.</summary>
internal static class EvalCalibrateCommand
{
    private const int DefaultConcurrency = 8;

    public static Command Create(CommandSurroundings surroundings)
    {
        var judge = new Argument<string>("judge") { Description = "A judge of the catalog, or offline/overlap.", HelpName = "JUDGE" };
        var labels = new Option<string>("--labels")
        {
            Description = "JSON lines with answers, or pairs of answers, that people judged.",
            HelpName = "FILE",
            Required = true,
        };
        var model = new JudgeModelOptions();
        var least = NumberOption.Number(
            "--min-agreement",
            "A",
            "The agreement with people that is asked for, -1 to 1: exit code 1 when its interval is below, 3 when that cannot be told."
        );
        var concurrency = NumberOption.Count("--concurrency", "N", "Items that are judged at a time, 1 to 256. The default is 8.");
        var save = new Option<bool>("--save") { Description = "Keep the calibration in the catalog, where gates look for it." };
        var catalog = new Option<string>("--catalog")
        {
            Description = "Folder of the catalog; judges, prompts, prices and calibrations are in it.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "catalog",
        };
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "calibrate",
            "Measure a judge against people: agreement with its interval beside that of the people among themselves, and whether it follows length or order. "
                + "What a label file holds: docs/reference/en/judges.md",
            """
            assay eval calibrate offline/overlap --labels labels.jsonl
            assay eval calibrate answer_quality --labels labels.jsonl --endpoint http://127.0.0.1:8000/v1 --model qwen3-32b --save
            assay eval calibrate answer_quality --labels labels.jsonl --model gpt-4.1 --max-cost 0.50 --min-agreement 0.6 --json
            """
        )
        {
            judge,
            labels,
            least,
            concurrency,
            save,
            catalog,
            json,
        };
        model.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var request = new CalibrationRequest(
                    parsed.GetValue(judge)!,
                    parsed.GetValue(labels)!,
                    parsed.GetValue(catalog)!,
                    model.Read(parsed),
                    model.ReadLimits(parsed),
                    parsed.GetValue(least),
                    parsed.GetValue(concurrency) ?? DefaultConcurrency,
                    parsed.GetValue(save)
                );
                request.Demand();
                var report = await Calibrator.RunAsync(request, surroundings, cancellationToken);
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, report) : CalibrationView.WriteAsync(surroundings.Out, report));
                return (int)report.ExitCode;
            }
        );
        return command;
    }
}
