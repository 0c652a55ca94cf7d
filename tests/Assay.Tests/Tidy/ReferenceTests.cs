using System.CommandLine;
using System.Text.RegularExpressions;
using Assay.Cli;
using Assay.Rag.Settings;
using Assay.Statistics;
using Assay.Statistics.Checking;
using Assay.Telemetry;

namespace Assay.Tests.Tidy;

/// <summary>Commands, settings and signals that the code has are in the pages that people read, and the other way round.</summary>
public sealed partial class ReferenceTests
{
    private const string CommandPage = "docs/reference/en/cli.md";
    private const string StatisticsPage = "docs/reference/en/statistics.md";
    private const string SettingsPage = "docs/reference/en/settings.md";
    private const string SignalsPage = "docs/telemetry/rerank_sparse_signals.md";
    private const string RussianSignalsPage = "docs/telemetry/rerank_sparse_signals.ru.md";
    private const string HubSignalsPage = "docs/telemetry/hub_signals.md";
    private const string RussianHubSignalsPage = "docs/telemetry/hub_signals.ru.md";
    private const string VariablesSource = "src/Assay.Observability/ObservabilityVariables.cs";

    // What System.CommandLine gives the root by itself.
    private static readonly string[] BuiltIn = ["--help", "--version"];

    private static TelemetryRegistry Registry => TelemetryRegistry.Default;

    // What the pipeline emits has a page; services under observation and the hub have another.
    private static bool IsOfPipeline(string meterOrSource) => meterOrSource is "Assay.Rag" or "Assay.Observability";

    private static IEnumerable<string> MetricsOf(string page) => Registry.Metrics.Where(m => IsOfPipeline(m.Meter) == IsPipelinePage(page)).Select(m => m.Name);

    private static IEnumerable<SpanDefinition> SpansOf(string page) => Registry.Spans.Where(s => IsOfPipeline(s.Source) == IsPipelinePage(page));

    private static bool IsPipelinePage(string page) => page is SignalsPage or RussianSignalsPage;

    private static IEnumerable<string> NamesOf(string page) =>
        MetricsOf(page).Concat(SpansOf(page).Select(s => s.Name)).Concat(SpansOf(page).SelectMany(s => s.Attributes)).Distinct();

    [Fact]
    public void Every_option_of_every_command_is_in_the_command_page()
    {
        var page = Repository.Text(CommandPage);
        Commands(Root(TextWriter.Null), "assay")
            .Where(c => c.Command.Subcommands.Count == 0)
            .SelectMany(c => Undescribed(c.Path, c.Command, page))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_command_page_has_no_option_that_no_command_has()
    {
        var known = Commands(Root(TextWriter.Null), "assay").SelectMany(c => c.Command.Options).Select(o => o.Name).Concat(BuiltIn).ToHashSet();
        TickedOption().Matches(Repository.Text(CommandPage)).Select(m => m.Groups["name"].Value).Where(n => !known.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_an_option_that_is_missing()
    {
        var command = new Command("fly") { new Option<bool>("--high"), new Option<bool>("--low") };
        Undescribed("assay fly", command, "| `--high` | common |\n## assay fly\n| `--lower` | as `--low` |\n")
            .ShouldBe(["assay fly: --low is not in the page"]);
        Undescribed("assay fly", command, "common\n## assay run\n| `--high`, `--low` | both |\n").ShouldHaveSingleItem().ShouldContain("no section");
    }

    [Fact]
    public void Every_setting_is_in_the_settings_page_with_key_variable_and_default()
    {
        var page = Repository.Text(SettingsPage);
        var defaults = new RagSettings();
        SettingDefinition
            .All.Where(s =>
                !Regex.IsMatch(page, $@"^\| `{s.Name}` \| `{s.Variable}` \| `--[^|]*\| `{Regex.Escape(s.Read(defaults))}` \|", RegexOptions.Multiline, Limit)
            )
            .Select(s => s.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_method_of_the_statistics_is_explained()
    {
        var page = Repository.Text(StatisticsPage);
        var methods = typeof(StatisticResult)
            .Assembly.GetExportedTypes()
            .Where(t => t is { IsAbstract: true, IsSealed: true, Namespace: { } n } && n.StartsWith("Assay.Statistics"))
            .ToList();
        methods.Count.ShouldBeGreaterThan(30);
        methods.Select(m => m.Name).Where(n => n != nameof(ReferenceCheck) && !page.Contains($"`{n}`")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_variable_of_observability_is_in_the_settings_page()
    {
        var variables = Variable().Matches(Repository.Text(VariablesSource)).Select(m => m.Groups["name"].Value).ToList();
        variables.Count.ShouldBeGreaterThanOrEqualTo(18);
        var page = Repository.Text(SettingsPage);
        variables.Select(v => v.StartsWith("OTEL_") ? v : "ASSAY__OBSERVABILITY__" + v).Where(v => !page.Contains($"`{v}`")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SignalsPage)]
    [InlineData(RussianSignalsPage)]
    [InlineData(HubSignalsPage)]
    [InlineData(RussianHubSignalsPage)]
    public void Every_signal_is_explained(string path)
    {
        var page = Repository.Text(path);
        NamesOf(path).Where(n => !page.Contains($"`{n}`") && !page.Contains($"\n### {n}\n")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_has_a_section_in_both_languages()
    {
        foreach (var path in (string[])[SignalsPage, RussianSignalsPage, HubSignalsPage, RussianHubSignalsPage])
        {
            var page = Repository.Text(path);
            MetricsOf(path).Where(n => !page.Contains($"\n### {n}\n")).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData(SignalsPage, RussianSignalsPage)]
    [InlineData(HubSignalsPage, RussianHubSignalsPage)]
    public void The_Russian_page_has_the_same_outline_names_and_code(string englishPage, string russianPage)
    {
        var (english, russian) = (Repository.Text(englishPage), Repository.Text(russianPage));
        Levels(russian).ShouldBe(Levels(english));
        Code(russian).Except(Code(english)).ShouldBeEmpty();
        Code(english).Except(Code(russian)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("README.md", SignalsPage)]
    [InlineData("README.ru.md", RussianSignalsPage)]
    public void The_README_names_every_metric_of_the_pipeline_and_leads_to_their_page(string readme, string signals)
    {
        var text = Repository.Text(readme);
        MetricsOf(signals).Where(n => !text.Contains($"`{n}`")).ShouldBeEmpty();
        Markdown.Links(text).ShouldContain(signals);
    }

    [Fact]
    public async Task The_help_of_the_group_names_the_page_of_its_signals()
    {
        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["rag", "--help"], Surroundings(output))).ShouldBe(0);
        output.ToString().ShouldContain(SignalsPage);
        Repository.Exists(SignalsPage).ShouldBeTrue();
    }

    private static TimeSpan Limit => Patience.Longest;

    private static RootCommand Root(TextWriter output) => CommandLine.Root(Surroundings(output));

    private static CommandSurroundings Surroundings(TextWriter output) =>
        new(output, TextWriter.Null, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false);

    private static IEnumerable<(string Path, Command Command)> Commands(Command command, string path) =>
        command.Subcommands.SelectMany(c => Commands(c, $"{path} {c.Name}")).Prepend((path, command));

    /// <summary>Options that neither the command's own section nor what all commands have in common names.</summary>
    private static IEnumerable<string> Undescribed(string path, Command command, string page)
    {
        var sections = Section().Split(page);
        var own = sections.FirstOrDefault(s => s.StartsWith(path + "\n"));
        if (own is null)
        {
            return [$"{path}: no section in the page"];
        }

        var rows = sections.Where(s => !s.StartsWith("assay ")).Append(own).SelectMany(s => TableRow().Matches(s));
        var names = rows.SelectMany(r => TickedOption().Matches(r.Value)).Select(m => m.Groups["name"].Value).ToHashSet();
        return command.Options.Select(o => o.Name).Where(n => !names.Contains(n)).Except(BuiltIn).Select(n => $"{path}: {n} is not in the page");
    }

    private static List<int> Levels(string page) => [.. HeadingMark().Matches(WithoutFences(page)).Select(m => m.Length)];

    private static HashSet<string> Code(string page) => [.. Markdown.Code(page)];

    private static string WithoutFences(string page) =>
        Markdown.Code(page).Where(c => c.StartsWith("```")).Aggregate(page, (text, code) => text.Replace(code, ""));

    [GeneratedRegex("^## ", RegexOptions.Multiline, 1000)]
    private static partial Regex Section();

    [GeneratedRegex("^#+(?= )", RegexOptions.Multiline, 1000)]
    private static partial Regex HeadingMark();

    // The first cell of a row that describes options; a mention elsewhere is no description.
    [GeneratedRegex(@"^\| `--[^|]*\|", RegexOptions.Multiline, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<name>--[a-z][a-z-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TickedOption();

    [GeneratedRegex(@"new\(""(?<name>[A-Z][A-Z0-9_]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
