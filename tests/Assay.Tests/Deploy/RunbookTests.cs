using System.Text.RegularExpressions;
using Assay.Cli;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The rollback runbook in two languages, and the pages beside it: what they tell somebody to type can be typed.</summary>
public sealed partial class RunbookTests
{
    private const string English = "docs/runbooks/en/rollback.md";
    private const string Russian = "docs/runbooks/ru/rollback.md";

    // The ways of going wrong that the specification names.
    private static readonly string[] Scenarios =
    [
        "canary_failure",
        "error_spike",
        "latency_degradation",
        "health_check_failure",
        "memory_leak",
        "dependency_failure",
    ];

    public static TheoryData<string> Pages =>
        [English, Russian, "docs/ci-cd-pipeline.md", "docs/guide/prompt-tuning.md", "docs/guide/rag-plus-plus-rollout.md", "docs/guide/rehearsals.md"];

    [Theory]
    [InlineData(English)]
    [InlineData(Russian)]
    public void Every_scenario_has_steps_and_a_way_back(string path)
    {
        var sections = Section().Split(Repository.Text(path)).Where(s => Scenarios.Contains(s.Split('\n')[0])).ToList();
        sections.Select(s => s.Split('\n')[0]).ShouldBe(Scenarios);
        foreach (var section in sections)
        {
            Step().Count(section).ShouldBeGreaterThanOrEqualTo(3, section);
            section.ShouldMatch("(make rollback|assay canary rollback|assay flag kill)");
        }
    }

    [Fact]
    public void The_matrix_the_templates_and_the_troubleshooting_are_there_in_both_languages()
    {
        foreach (
            var (path, matrix, templates, troubleshooting) in ((string, string, string, string)[])
                [(English, "Decision matrix", "Communication", "Troubleshooting"), (Russian, "Когда откатывать", "Что писать", "Если не получается")]
        )
        {
            var sections = Section().Split(Repository.Text(path)).ToDictionary(s => s.Split('\n')[0].Trim(), s => s);
            Row().Count(sections[matrix]).ShouldBeGreaterThan(10);
            sections[templates].Split("\n> ").Length.ShouldBeGreaterThan(4);
            Row().Count(sections[troubleshooting]).ShouldBeGreaterThan(10);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_outline_and_the_same_commands()
    {
        var (english, russian) = (Repository.Text(English), Repository.Text(Russian));
        Heading().Matches(russian).Select(m => m.Length).ShouldBe(Heading().Matches(english).Select(m => m.Length));
        Typed(Russian).ShouldBe(Typed(English));
        Markdown.Code(russian).ToHashSet().ShouldBe(Markdown.Code(english).ToHashSet(), ignoreOrder: true);
        Row().Count(russian).ShouldBe(Row().Count(english));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_exists(string path)
    {
        using var nowhere = new StringWriter();
        var root = CommandLine.Root(new CommandSurroundings(nowhere, nowhere, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false));
        var lines = Typed(path).ToList();
        lines.ShouldNotBeEmpty();
        var commands = lines.Where(l => l.StartsWith("assay ")).ToList();
        commands.SelectMany(c => root.Parse(Words(c["assay ".Length..])).Errors.Select(e => $"{c}: {e.Message}")).ShouldBeEmpty();
        lines.Where(l => l.StartsWith("deploy/")).Select(l => l.Split(' ')[0]).Where(s => !Repository.Exists(s)).ShouldBeEmpty();
        var targets = DocumentRules.Targets(Repository.Text("Makefile")).ToHashSet();
        lines.Where(l => l.StartsWith("make ")).Select(l => l.Split(' ')[1]).Where(t => !targets.Contains(t)).ShouldBeEmpty();
        DocumentRules.MissingTargets(Repository.Text(path), Repository.Text("Makefile")).ShouldBeEmpty();
    }

    /// <summary>The lines of a page's shell blocks, those inside lists too.</summary>
    private static IEnumerable<string> Typed(string path)
    {
        var isShell = false;
        foreach (var line in Repository.Text(path).Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("```"))
            {
                isShell = line == "```bash";
            }
            else if (isShell)
            {
                yield return line;
            }
        }
    }

    // As a shell would part them; what a command inside would print is a word.
    private static string[] Words(string line) =>
        [.. Word().Matches(line.Replace("$(git rev-parse HEAD)", "0123456789abcdef")).Select(m => m.Value.Replace("\"", ""))];

    [GeneratedRegex("^## ", RegexOptions.Multiline, 1000)]
    private static partial Regex Section();

    [GeneratedRegex("^#+(?= )", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline, 1000)]
    private static partial Regex Step();

    [GeneratedRegex(@"^\| (?!---)", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("(\"[^\"]*\"|[^\" ])+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
