using System.CommandLine;
using Assay.Cli.Objectives;
using Assay.Cli.Showing;
using Assay.Files;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Rules;

namespace Assay.Cli.Commands;

/// <summary><c>assay slo rules</c>: the SLOs of the catalog as rules for Prometheus.</summary>
internal static class SloRulesCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var output = new Option<string?>("--out") { Description = "File to write; without it the rules go to standard output.", HelpName = "FILE" };
        var tests = new Option<string?>("--tests") { Description = "File for tests of the rules, for promtool test rules. Needs --out.", HelpName = "FILE" };
        var catalog = SloCommand.Catalog();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "rules",
            "Write recording rules and burn alerts for Prometheus from the SLOs of the catalog, and tests for promtool.",
            """
            assay slo rules --out deploy/prometheus/slo.rules.yml
            assay slo rules --out slo.rules.yml --tests slo.rules.test.yml
            """
        )
        {
            output,
            tests,
            catalog,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var slos = SloCatalog.Read(parsed.GetValue(catalog)!);
                var written = Write(slos, parsed.GetValue(output), parsed.GetValue(tests));
                if (parsed.GetValue(json))
                {
                    await JsonOutput.WriteAsync(surroundings.Out, written);
                }
                else if (written.Rules is null)
                {
                    await surroundings.Out.WriteAsync(SloRuleFile.Write(slos));
                }
                else
                {
                    var also = written.Tests is null ? "" : $", tests: {written.Tests}";
                    await surroundings.Out.WriteLineAsync($"{written.Slos.Count} SLOs, rules: {written.Rules}{also}");
                }

                return (int)ExitCode.Pass;
            }
        );
        return command;
    }

    private static WrittenRules Write(IReadOnlyList<SloDefinition> slos, string? output, string? tests)
    {
        if (tests is not null && output is null)
        {
            throw AssayException.Usage("--tests was given without --out.", "Tests name the file of the rules: write it with --out.");
        }

        if (output is not null)
        {
            AtomicFile.WriteText(output, SloRuleFile.Write(slos));
        }

        if (tests is not null)
        {
            var from = Path.GetDirectoryName(Path.GetFullPath(tests))!;
            AtomicFile.WriteText(tests, SloRuleTestFile.Write(slos, Path.GetRelativePath(from, Path.GetFullPath(output!))));
        }

        return new WrittenRules([.. slos.Select(s => s.Name)], output, tests);
    }

    /// <summary>What was written.</summary>
    private sealed record WrittenRules(IReadOnlyList<string> Slos, string? Rules, string? Tests);
}
