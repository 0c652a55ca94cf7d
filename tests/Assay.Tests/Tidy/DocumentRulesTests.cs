using Assay.Telemetry;

namespace Assay.Tests.Tidy;

/// <summary>The rules for documents can fail: each is shown a text that breaks it.</summary>
public sealed class DocumentRulesTests
{
    [Theory]
    [InlineData("see [a](guide.md)", 0)]
    [InlineData("see [a](guide.md#first-steps) and [b](#here)", 0)]
    [InlineData("## Здесь и там\n[a](#здесь-и-там)", 0)]
    [InlineData("see [a](https://example.org/x) and [m](mailto:a@example.org)", 0)]
    [InlineData("`[a](gone.md)`\n```\n[b](gone.md)\n```\n", 0)]
    [InlineData("see [a](gone.md)", 1)]
    [InlineData("see [a](../gone.md \"title\") ![i](gone.png)", 2)]
    [InlineData("see [a](guide.md#gone)", 1)]
    public void Broken_links_are_found(string text, int broken)
    {
        var page = "## Here\n" + text;
        var found = DocumentRules.BrokenLinks(
            "docs/page.md",
            page,
            p => p is "docs/guide.md" or "docs/page.md",
            p => p == "docs/page.md" ? page : "# First steps\n"
        );
        found.Count().ShouldBe(broken);
    }

    [Fact]
    public void Make_targets_that_do_not_exist_are_found()
    {
        const string Makefile = ".PHONY: up down test\nup: build ## go\n\t@run\ntest:\n\t@x\nNAME := x\n";
        DocumentRules.MissingTargets("Run `make up`, then make sure.\n```\nASSAY_ACCEPT=1 make test\nmake fly\n```\n", Makefile).ShouldBe(["fly"]);
        DocumentRules.HollowTargets(Makefile).ShouldBe(["down"]);
    }

    [Fact]
    public void Addresses_of_one_machine_are_found()
    {
        string[] bad =
        [
            "/work" + "/main/x",
            "cd /root" + "/project",
            "https://packages.example.org/nuget/v3" + "/index.json",
            "\"resolved\": \"https" + "://packages.example.org/a.tgz\"",
            "registry = https" + "://packages.example.org",
        ];
        bad.ShouldAllBe(b => DocumentRules.LocalAddresses(b).Any());
        string[] good = ["docs/work/plan.md", "\"resolved\": \"3.0.320\"", "https://www.nuget.org/packages/Assay", "../root/x", "the /work endpoint"];
        good.ShouldAllBe(g => !DocumentRules.LocalAddresses(g).Any());
    }

    [Fact]
    public void Marks_of_unfinished_work_are_found()
    {
        DocumentRules.Unfinished("// TODO" + ": later").ShouldHaveSingleItem();
        DocumentRules.Unfinished("throw new NotImplemented" + "Exception();").ShouldHaveSingleItem();
        DocumentRules.Unfinished("var todo = 1; // a list of todos").ShouldBeEmpty();
    }

    [Fact]
    public void Metric_names_in_sources_are_found()
    {
        DocumentRules.MetricNames("registry.Metric(\"rag_lost_seconds\")").ShouldBe(["rag_lost_seconds"]);
        DocumentRules.MetricNames("\"rag_plus_plus\" \"rag_run\"").ShouldBeEmpty();
    }

    [Fact]
    public void The_telemetry_reference_changes_with_the_registry()
    {
        var renamed = System.Text.Encoding.UTF8.GetString(TelemetryRegistry.EmbeddedJson().Span).Replace("rag_fallbacks_total", "rag_fell_back_total");
        var page = TelemetryPage.Render(TelemetryRegistry.Parse(System.Text.Encoding.UTF8.GetBytes(renamed)));
        page.ShouldContain("| `rag_fell_back_total` | counter |");
        page.ShouldNotBe(TelemetryPage.Render(TelemetryRegistry.Default));
    }
}
