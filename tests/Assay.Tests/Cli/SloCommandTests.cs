using Assay.Observability.Slos;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

public sealed class SloCommandTests
{
    private static readonly string Catalog = Repository.FullPath("catalog");

    [Fact]
    public async Task Check_says_what_each_file_promises_and_what_can_never_fire()
    {
        using var place = new CliPlace();
        var run = (await place.RunAsync("slo", "check", "--catalog", Catalog)).ShouldPass();
        run.Out.ShouldContain("latency-p99: 99 % of rag-service's requests, good within 500 ms.");
        run.Out.ShouldContain("  note: its budget is too large to page at 14.4 x");
        run.Out.ShouldContain("4 SLOs are right.");
        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Rules_are_written_with_their_tests()
    {
        using var place = new CliPlace();
        var run = (await place.RunAsync("slo", "rules", "--catalog", Catalog, "--out", "slo.rules.yml", "--tests", "slo.rules.test.yml")).ShouldPass();
        run.Out.ShouldBe("4 SLOs, rules: slo.rules.yml, tests: slo.rules.test.yml\n");
        (await File.ReadAllTextAsync(place["slo.rules.yml"], TestContext.Current.CancellationToken)).ShouldBe(
            Repository.Text("deploy/prometheus/slo.rules.yml")
        );
        (await place.RunAsync("slo", "rules", "--catalog", Catalog)).ShouldPass().Out.ShouldBe(Repository.Text("deploy/prometheus/slo.rules.yml"));
    }

    [Fact]
    public async Task What_is_wrong_or_missing_is_told_with_the_fix()
    {
        using var place = new CliPlace();
        (await place.RunAsync("slo", "rules", "--catalog", Catalog, "--tests", "t.yml")).ExitCode.ShouldBe(2);
        var none = await place.RunAsync("slo", "check");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("There are no SLOs in 'catalog/slos'.");
        var status = await place.RunAsync("slo", "status");
        status.ExitCode.ShouldBe(2);
        status.Error.ShouldContain("There is no data folder '.assay'");
    }

    [Fact]
    public void Every_fault_of_a_definition_has_words() =>
        Should.Throw<AssayException>(() => SloRules.Check(new("a", "", 0.9, new(SloSignal.Requests, GoodWhen.NotFailed)))).Message.ShouldContain("no service");
}
