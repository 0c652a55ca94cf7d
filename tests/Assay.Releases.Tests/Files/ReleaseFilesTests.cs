using Assay.Releases.Files;

namespace Assay.Releases.Tests.Files;

public sealed class ReleaseFilesTests
{
    private const string Whole = """
        name: rag_plus_plus
        service: rag-service
        gate:
          evidence:
            - { benchmark: handbook, maxAge: 2d, margins: { judge mean: { atLeast: 0.7 } } }
            - { experiment: reranker_model_test }
            - { slo: all, maxAge: 1h }
          approvals: 1
        canary:
          split: { flag: rag_plus_plus }
          watch:
            - { name: errors, read: errors, margin: 0.01 }
            - { name: latency, read: latency, kind: p95, relativeMargin: 0.1, limit: 2000 }
        """;

    [Fact]
    public void A_whole_file_is_read_with_its_defaults()
    {
        var file = ReleaseCatalog.Parse(Whole, "r.yaml");
        file.Gate.Evidence.Select(n => n.Title).ShouldBe(["benchmark handbook", "experiment reranker_model_test", "slo all"]);
        file.Gate.Evidence[1].MaxAge.ShouldBe("7d");
        file.Canary!.Steps.ShouldBe([5, 25, 100]);
    }

    [Fact]
    public void What_ships_can_be_used()
    {
        var catalog = Path.Combine(Root(), "catalog");
        ReleaseCatalog.Read(catalog).Select(r => r.Name).ShouldContain("rag_plus_plus");
        Assay.Releases.Approvals.ApproverFile.Read(catalog).Approvers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("approvals: 1", "aprovals: 1", "r.yaml:8: unknown key 'aprovals'. Keys that may stand here: approvals, evidence")]
    [InlineData("maxAge: 2d", "maxage: 2d", "r.yaml:5: unknown key 'maxage'")]
    [InlineData("service: rag-service", "service: rag-service\nsevrice: x", "unknown key 'sevrice'")]
    [InlineData("approvals: 1", "approvals: one", "r.yaml:8")]
    [InlineData("approvals: 1", "approvals: -1", "r.yaml:4: 'approvals: -1' is out of range")]
    [InlineData("maxAge: 2d", "maxAge: soon", "r.yaml:5: 'maxAge: soon' is no length of time")]
    [InlineData("{ experiment: reranker_model_test }", "{ experiment: x, slo: all }", "r.yaml:6: a need names 2 things")]
    [InlineData("{ experiment: reranker_model_test }", "{ maxAge: 1d }", "r.yaml:6: a need names 0 things")]
    [InlineData("{ experiment: reranker_model_test }", "{ experiment: ../x }", "r.yaml:6: a need names '../x', which cannot be a name")]
    [InlineData("{ experiment: reranker_model_test }", "{ benchmark: handbook }", "'benchmark handbook' is needed twice")]
    [InlineData("{ atLeast: 0.7 }", "{ atLeast: 0.7, atMost: 0.9 }", "the margin of 'judge mean' has not exactly one limit")]
    [InlineData("{ atLeast: 0.7 }", "{ atLeast: .nan }", "the margin of 'judge mean' has not exactly one limit")]
    [InlineData("name: rag_plus_plus", "name: RAG", "'RAG' cannot be a release's name")]
    [InlineData("service: rag-service", "service: ''", "the service is missing")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a, command: [x, '{percent}'] }", "the canary's split names 2 ways")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { command: [x] }", "does not take the percentage")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  steps: [25, 5, 100]", "'steps: [25, 5, 100]' cannot be gone")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  steps: [5, 50]", "'steps: [5, 50]' cannot be gone")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  minTime: 5h", "'longestHold: 4h' is shorter than minTime")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  alpha: 0", "'alpha: 0' is out of range")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  metrics: prometheus", "neither hub nor an address")]
    [InlineData("read: errors, margin", "read: erors, margin", "'errors' reads 'erors', which there is not")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  environment: ''", "'environment: ' cannot be one")]
    [InlineData("split: { flag: rag_plus_plus }", "split: { flag: a }\n  metrics: http://x\n  environment: production", "Write it into the queries")]
    [InlineData("read: errors, margin", "read: fallback, margin", "'errors' reads 'fallback', which there is not")]
    [InlineData("read: errors, margin", "read: log rag.rerank, margin", "'errors' is a guardrail by log, and one request may leave any number of those")]
    [InlineData("read: errors, margin", "read: span rag.rerank, role: signal, margin", "'errors' is a signal by span")]
    [InlineData("kind: p95", "kind: rate", "'latency' reads latency as 'rate'")]
    [InlineData("margin: 0.01", "role: guardrail", "'errors' has not exactly one margin")]
    [InlineData("name: latency,", "name: errors,", "two watched metrics are called 'errors'")]
    public void What_is_wrong_is_named_with_its_line(string right, string wrong, string says)
    {
        Whole.ShouldContain(right);
        var error = Should.Throw<AssayException>(() => ReleaseCatalog.Parse(Whole.Replace(right, wrong), "r.yaml"));
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        (error.Message + " " + error.Fix).ShouldContain(says);
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        var error = Should.Throw<AssayException>(() =>
            ReleaseCatalog.Parse(Whole.Replace("maxAge: 2d", "maxAge: x").Replace("kind: p95", "kind: p0"), "r.yaml")
        );
        error.Message.ShouldContain("'maxAge: x'");
        error.Message.ShouldContain("the kind 'p0'");
    }

    [Fact]
    public void A_gate_that_asks_for_nothing_is_refused() =>
        Should
            .Throw<AssayException>(() => ReleaseCatalog.Parse("name: a\nservice: s\ngate: { approvals: 1 }\n", "r.yaml"))
            .Message.ShouldContain("0 pieces of evidence");

    [Fact]
    public void Two_releases_of_one_name_are_refused_and_the_approvers_are_none()
    {
        var catalog = Directory.CreateTempSubdirectory("assay-releases-").FullName;
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(catalog, "releases")).FullName;
            File.WriteAllText(Path.Combine(folder, "a.yaml"), Whole);
            File.WriteAllText(Path.Combine(folder, "approvers.yaml"), "approvers: []\n");
            ReleaseCatalog.Find("rag_plus_plus", catalog).Service.ShouldBe("rag-service");
            Should.Throw<AssayException>(() => ReleaseCatalog.Find("rag_plus", catalog)).Message.ShouldContain("Did you mean 'rag_plus_plus'?");
            File.WriteAllText(Path.Combine(folder, "b.yaml"), Whole);
            Should.Throw<AssayException>(() => ReleaseCatalog.Read(catalog)).Message.ShouldContain("there are two releases 'rag_plus_plus'");
        }
        finally
        {
            Directory.Delete(catalog, recursive: true);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The repository is not above the tests.");
    }
}
