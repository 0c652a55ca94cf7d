using System.CommandLine;
using Assay.Cli.Evaluating;
using Assay.Cli.Hubs;
using Assay.Cli.Observing;
using Assay.Cli.Showing;
using Assay.Evaluation.Benchmarks;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval run</c>: asks every case of a benchmark, measures the answers and decides.</summary>
internal static class EvalRunCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var benchmark = new Argument<string>("benchmark") { Description = "A benchmark of the catalog by its name, or a file.", HelpName = "BENCHMARK" };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Offline models stand in for target and judge: seconds, no network, no cost. Labelled as such everywhere.",
        };
        var estimate = new Option<bool>("--estimate") { Description = "Say what the run would take and cost, and end." };
        var most = NumberOption.Count("--cases", "N", "Only the first N cases.");
        var prompt = new Option<string?>("--prompt") { Description = "Ask with this prompt, name@version, in place of the benchmark's.", HelpName = "PROMPT" };
        var repeats = NumberOption.Count("--repeats", "N", "Ask each case N times, 1 to 100, in place of the benchmark's.");
        var seed = NumberOption.Count("--seed", "N", "Where every random choice begins, in place of the benchmark's.");
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var options = new EvalOptions();
        var reports = new ReportOptions();
        var observing = new ObservingOptions();
        var command = new ExampleCommand(
            "run",
            """
            Ask every case of a benchmark, measure the answers and decide: pass, fail, or how much more data is needed.
            What is done is kept: a run that was stopped or killed goes on with `assay eval resume`.
            """,
            """
            assay eval run channel_digest_ru --dry-run
            assay eval run handbook --endpoint http://127.0.0.1:8080/v1 --model my-model --allow-unknown-price
            assay eval run handbook --max-cost 1 --judge-model gpt-4.1
            assay eval run handbook --prompt handbook_answer@2 --md summary.md
            assay eval run catalog/benchmarks/handbook.yaml --cases 20 --estimate
            """
        )
        {
            benchmark,
            dryRun,
            estimate,
            most,
            prompt,
            repeats,
            seed,
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
                var choice = new RunChoice
                {
                    IsDryRun = parsed.GetValue(dryRun),
                    MostCases = Within("--cases", parsed.GetValue(most), 1, int.MaxValue),
                    Prompt = parsed.GetValue(prompt),
                    Repeats = Within("--repeats", parsed.GetValue(repeats), 1, 100),
                    Seed = (ulong?)parsed.GetValue(seed),
                    ToolVersion = CommandLine.Version,
                };
                var flow = new EvalFlow(surroundings, options.Read(parsed, surroundings.Environment), parsed.GetValue(data)!);
                if (parsed.GetValue(estimate))
                {
                    var found = flow.Estimate(parsed.GetValue(benchmark)!, choice);
                    await (parsed.GetValue(json) ? JsonOutput.WriteAsync(surroundings.Out, found) : surroundings.Out.WriteLineAsync(EvalNotes.Sentence(found)));
                    return (int)ExitCode.Pass;
                }

                var outcome = await ObservedEval.RunAsync(
                    observing.Read(parsed),
                    new HubChoice(Address: null, parsed.GetValue(data)!),
                    surroundings,
                    telemetry => flow.StartAsync(parsed.GetValue(benchmark)!, choice, telemetry, cancellationToken),
                    cancellationToken
                );
                return await EvalShowing.ShowAsync(surroundings, outcome, reports.Read(parsed), parsed.GetValue(json));
            }
        );
        return command;
    }

    private static int? Within(string option, long? given, long low, long high) =>
        given is null || (given >= low && given <= high)
            ? (int?)given
            : throw AssayException.Usage($"{option} {given} is out of range.", $"Give a number from {low} to {high}.");
}
