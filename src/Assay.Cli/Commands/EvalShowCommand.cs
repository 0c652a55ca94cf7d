using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Running;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval show</c>: what a run came to, decided anew by the gates as the benchmark file has them now.</summary>
internal static class EvalShowCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var run = EvalCommand.Run("The run: its id, its folder, or last.");
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var reports = new ReportOptions();
        var command = new ExampleCommand(
            "show",
            "Show what a run came to, and write its reports. Gates and baseline are those of the catalog now; nothing is asked.",
            """
            assay eval show last --html report.html
            assay eval show 20261121-150233-handbook --md summary.md --junit results.xml
            """
        )
        {
            run,
            data,
            json,
        };
        reports.AddTo(command);
        command.SetAction(
            async (parsed, _) =>
            {
                var folder = RunFolder.Find(parsed.GetValue(run)!, parsed.GetValue(data)!);
                var asked = RunSettings.Read(folder);
                var file = BenchmarkCatalog.Find(asked.Benchmark, asked.Catalog);
                var outcome = EvalDecision.Of(End(folder), folder, file.Gates, file.Name, asked.Catalog);
                return await EvalShowing.ShowAsync(surroundings, outcome, reports.Read(parsed), parsed.GetValue(json));
            }
        );
        return command;
    }

    private static RunEnd End(RunFolder folder)
    {
        using var record = RunRecord.Open(folder.Journal);
        return record.IsFinished ? RunEnd.Finished : RunEnd.Cancelled;
    }
}
