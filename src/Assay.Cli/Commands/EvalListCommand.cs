using System.CommandLine;
using Assay.Cli.Showing;
using Assay.Evaluation.Running;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval list</c>: the runs of a data folder.</summary>
internal static class EvalListCommand
{
    private const int Most = 50;

    public static Command Create(CommandSurroundings surroundings)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "list",
            $"Show the runs of this data folder, the newest first, at most {Most}, and how far each is.",
            """
            assay eval list --data .assay
            """
        )
        {
            data,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var folders = RunFolder.All(parsed.GetValue(data)!);
                var runs = folders.Take(Most).Select(ListedRun.Of).OfType<ListedRun>().ToList();
                await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, runs) : WriteAsync(surroundings.Out, runs, folders.Count));
                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static async Task WriteAsync(TextWriter output, List<ListedRun> runs, int all)
    {
        if (runs.Count == 0)
        {
            await output.WriteLineAsync("No runs yet. Begin with: assay eval run channel_digest_ru --dry-run");
            return;
        }

        await output.WriteLineAsync($"{"run", -44}{"cases", 16}  state");
        foreach (var run in runs)
        {
            var state = run.Finished ? "finished" : "can be resumed";
            await output.WriteLineAsync($"{run.Run, -44}{$"{run.Done:#,0} of {run.Asked:#,0}", 16}  {state}{(run.DryRun ? ", dry run" : "")}");
        }

        if (all > runs.Count)
        {
            await output.WriteLineAsync($"… and {all - Most} older ones.");
        }
    }
}

/// <summary>A run in the list.</summary>
internal sealed record ListedRun(string Run, string Benchmark, DateTimeOffset StartedAt, int Done, int Asked, bool Finished, bool DryRun)
{
    /// <summary>Null for a folder whose journal was stopped before its plan was written.</summary>
    public static ListedRun? Of(RunFolder folder)
    {
        try
        {
            using var record = RunRecord.Open(folder.Journal);
            var content = record.Plan.Content;
            return new ListedRun(folder.Id, record.Plan.Benchmark, record.Plan.StartedAt, record.Done, content.Asked, record.IsFinished, content.IsDryRun);
        }
        catch (AssayException)
        {
            return null;
        }
    }
}
