using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Assay.Cli.Experimenting;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Reports;

namespace Assay.Cli.Commands;

/// <summary><c>assay experiment analyze</c>: looks at an experiment and decides.</summary>
internal static class ExperimentAnalyzeCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var name = ExperimentCommand.Name();
        var hub = new HubChoiceOptions();
        var catalog = ExperimentCommand.Catalog();
        var json = CommonOptions.Json();
        var markdown = new Option<bool>("--md") { Description = "Print Markdown for a pull request." };
        var html = new Option<string?>("--html") { Description = "Also write the report as one HTML file with charts.", HelpName = "FILE" };
        var evidence = new Option<string?>("--evidence") { Description = "Also write evidence for a release gate, one JSON object a line.", HelpName = "FILE" };
        var asOf = new Option<DateTimeOffset?>("--as-of")
        {
            Description = "Tell how it stood at this time, such as 2026-03-16T12:00Z; such a look is not remembered.",
            HelpName = "TIME",
            CustomParser = Time,
        };
        var command = new ExampleCommand(
            "analyze",
            """
            Look at an experiment: health first, then guardrails, then goals; decide Ship, Roll back, Continue or Review, with the reason and what is still
            needed. Each look is remembered. Exit code 0 ship, 1 roll back, 3 continue or review.
            """,
            """
            assay experiment analyze reranker_model_test
            assay experiment analyze reranker_model_test --md >> summary.md
            assay experiment analyze reranker_model_test --html report.html --json
            assay experiment analyze reranker_model_test --as-of 2026-03-16T12:00Z
            """
        )
        {
            name,
            markdown,
            html,
            evidence,
            asOf,
        };
        hub.AddTo(command);
        command.Options.Add(catalog);
        command.Options.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(markdown))
            {
                result.AddError("--json and --md both print on standard output: choose one.");
            }
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = await ExperimentSource.OpenAsync(hub.Read(parsed), parsed.GetValue(catalog)!, surroundings, cancellationToken);
                var report = await source.LookAsync(parsed.GetValue(name)!, parsed.GetValue(asOf), cancellationToken);
                await ReportFiling.WriteAsync(report, parsed.GetValue(html), parsed.GetValue(evidence), surroundings, cancellationToken);
                await surroundings.Out.WriteLineAsync(
                    parsed.GetValue(json) ? ReportJson.Text(report)
                    : parsed.GetValue(markdown) ? ExperimentMarkdown.Text(report)
                    : string.Join(Environment.NewLine, ReportView.Lines(report))
                );
                return (int)Code(report);
            }
        );
        return command;
    }

    private static ExitCode Code(ExperimentReport report) =>
        report.Verdict switch
        {
            Verdict.Pass => ExitCode.Pass,
            Verdict.Fail => ExitCode.Fail,
            _ => ExitCode.Inconclusive,
        };

    private static DateTimeOffset? Time(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        result.AddError($"--as-of takes a time such as 2026-03-16T12:00Z, not '{text}'.");
        return null;
    }
}
