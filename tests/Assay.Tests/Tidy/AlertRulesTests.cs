using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Assay.Telemetry;

namespace Assay.Tests.Tidy;

/// <summary>The alert rules that ship with Assay: about registered metrics, explained in the page of signals, accepted by a real promtool.</summary>
public sealed partial class AlertRulesTests
{
    private const string Folder = "deploy/prometheus";
    private const string Rules = Folder + "/rag.rules.yml";

    [Theory]
    [InlineData("check", "rag.rules.yml")]
    [InlineData("test", "rag.rules.test.yml")]
    public async Task Promtool_accepts_the_rules_and_what_they_say(string verb, string file)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var promtool = Start(verb, file);
        var output = promtool.StandardOutput.ReadToEndAsync(cancel);
        var error = await promtool.StandardError.ReadToEndAsync(cancel);
        await promtool.WaitForExitAsync(cancel);
        promtool.ExitCode.ShouldBe(0, error + await output);
    }

    [Fact]
    public void Rules_are_about_metrics_that_are_emitted()
    {
        var registered = TelemetryRegistry.Default.Metrics.Select(m => m.Name).ToHashSet();
        Names(Repository.Text(Rules)).Where(n => !registered.Contains(n)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_of_the_pipeline_has_a_rule()
    {
        var named = Names(Repository.Text(Rules)).ToHashSet();
        TelemetryRegistry
            .Default.Metrics.Where(m => m.Meter is "Assay.Rag" or "Assay.Observability")
            .Select(m => m.Name)
            .Where(n => !named.Contains(n))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_rule_leads_to_a_heading_of_the_runbook()
    {
        var links = Runbook().Matches(Repository.Text(Rules)).Select(m => (Page: m.Groups["page"].Value, Anchor: m.Groups["anchor"].Value)).ToList();
        links.Count.ShouldBe(Alert().Count(Repository.Text(Rules)));
        links.Where(l => !Markdown.Anchors(Repository.Text(l.Page)).Contains(l.Anchor)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Names(string rules) => Metric().Matches(rules).Select(m => Suffix().Replace(m.Value, "")).Distinct();

    private static Process Start(string verb, string file)
    {
        var start = new ProcessStartInfo("promtool", [verb, "rules", file])
        {
            WorkingDirectory = Repository.FullPath(Folder),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip("promtool is not installed (Debian package prometheus); set ASSAY_REQUIRE_DATA=1 to make this a failure.");
            throw;
        }
    }

    [GeneratedRegex(@"\b(rag|assay)_[a-z_]+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex("(?<=_seconds|_variance)_(bucket|count|sum)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"runbook: (?<page>[^#\s]+)#(?<anchor>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runbook();

    [GeneratedRegex("- alert:", RegexOptions.None, 1000)]
    private static partial Regex Alert();
}
