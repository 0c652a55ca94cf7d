using System.Text.Json;
using Assay.Telemetry;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Tests.Tidy;

/// <summary>Documents are checked against the code and against each other.</summary>
public sealed class DocumentsTests
{
    // Larger ones are compressed, split or generated: they make every clone slow.
    private const long LargestJsonl = 500_000;

    private static IEnumerable<string> Documents => Repository.Under("", ".md");

    [Fact]
    public void The_telemetry_reference_is_what_the_registry_says() =>
        ApprovedFile.ShouldHold(TelemetryPage.Path, TelemetryPage.Render(TelemetryRegistry.Default));

    [Fact]
    public void Every_metric_span_and_attribute_is_in_the_telemetry_reference()
    {
        var page = Repository.Text(TelemetryPage.Path);
        var registry = TelemetryRegistry.Default;
        var names = registry.Metrics.Select(m => m.Name).Concat(registry.Spans.Select(s => s.Name)).Concat(registry.Attributes.Select(a => a.Name));
        names.Where(n => !page.Contains($"| `{n}` |")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_named_in_the_sources_is_registered()
    {
        var registered = TelemetryRegistry.Default.Metrics.Select(m => m.Name).ToHashSet();
        Repository.Under("src/", ".cs").SelectMany(f => DocumentRules.MetricNames(Repository.Text(f))).Where(n => !registered.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_relative_link_leads_somewhere() =>
        Documents.SelectMany(d => DocumentRules.BrokenLinks(d, Repository.Text(d), Repository.Exists, Repository.Text)).ShouldBeEmpty();

    [Fact]
    public void Documents_for_newcomers_name_only_make_targets_that_exist()
    {
        var makefile = Repository.Text("Makefile");
        var read = Documents.Where(d => Path.GetFileName(d).StartsWith("README") || d == "CONTRIBUTING.md" || d.StartsWith("docs/guide/"));
        read.SelectMany(d => DocumentRules.MissingTargets(Repository.Text(d), makefile).Select(t => $"{d}: make {t}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_make_target_that_is_declared_has_a_rule() => DocumentRules.HollowTargets(Repository.Text("Makefile")).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_path_or_a_registry_of_one_machine() =>
        Repository.Files.SelectMany(f => DocumentRules.LocalAddresses(Repository.TextOrNull(f) ?? "").Select(a => $"{f}: {a}")).ShouldBeEmpty();

    [Fact]
    public void No_source_is_marked_as_unfinished() =>
        Repository
            .Under("src/", "")
            .Select(f => (File: f, Text: Repository.TextOrNull(f) ?? ""))
            .SelectMany(f => DocumentRules.Unfinished(f.Text).Select(u => $"{f.File}: {u}"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_JSON_file_is_valid() => Repository.Under("", ".json").Where(f => !IsJson(Repository.Text(f))).ShouldBeEmpty();

    [Fact]
    public void Every_YAML_file_is_valid() =>
        Repository.Under("", ".yaml").Concat(Repository.Under("", ".yml")).Where(f => !IsYaml(Repository.Text(f))).ShouldBeEmpty();

    [Theory]
    [InlineData("a: [1, 2", false)]
    [InlineData("a: 1\n b: 2", false)]
    [InlineData("a: 1\n---\nb: [2]", true)]
    public void The_rule_sees_YAML_that_cannot_be_read(string text, bool valid) => IsYaml(text).ShouldBe(valid);

    [Fact]
    public void No_JSONL_file_is_large() =>
        Repository.Under("", ".jsonl").Where(f => new FileInfo(Repository.FullPath(f)).Length > LargestJsonl).ShouldBeEmpty();

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsYaml(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            new YamlStream().Load(reader);
            return true;
        }
        catch (YamlException)
        {
            return false;
        }
    }
}
