using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;

namespace Assay.Releases.Tests.Files;

/// <summary>Probes in release files.</summary>
public sealed class ProbeFilesTests
{
    private const string Whole = """
        name: shop
        service: shop
        gate: { evidence: [{ slo: all }] }
        canary:
          split: { flag: new_search }
          watch:
            - { name: errors, read: errors, margin: 0.01 }
            - name: ready
              probe: { url: "http://127.0.0.1:5081/readyz" }
            - name: memory
              role: signal
              limit: 500000000
              unit: bytes
              probe:
                url: https://ann:secret@rag.example:8443/metrics?key=x
                metric: process_memory_usage_bytes
                labels: { pool: large }
                failures: 20
                every: 100ms
                timeout: 3s
        """;

    [Fact]
    public void A_probe_is_read_with_its_defaults()
    {
        var metrics = CanaryPlan.Of(ReleaseCatalog.Parse(Whole, "r.yaml"), "1.0.0").Metrics;
        var ready = metrics[1];
        (ready.Kind, ready.Role, ready.Limit, ready.Probe!.Sample).ShouldBe((CanaryMetricKind.Probe, CanaryRole.Guardrail, null, null));
        ready.Probe.Times.ShouldBe(new ProbeTimes(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        ready.Probe.Told.ShouldBe("http://127.0.0.1:5081/readyz");
        var memory = metrics[2];
        (memory.Role, memory.Limit, memory.Unit, memory.IsLowerBetter).ShouldBe((CanaryRole.Signal, 500_000_000.0, "bytes", true));
        memory.Probe!.Times.ShouldBe(new ProbeTimes(20, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3)));
        memory.Probe.Told.ShouldBe("https://rag.example:8443/metrics?…");
        memory.Probe.Labels["pool"].ShouldBe("large");
    }

    [Theory]
    [InlineData("\" }", "\", retries: 2 }", "r.yaml:9: unknown key 'retries'. Keys that may stand here: every, failures, labels, metric, timeout, url")]
    [InlineData("http://127.0.0.1:5081/readyz", "/readyz", "r.yaml:9: the url of 'ready' is none that can be asked")]
    [InlineData("http://127.0.0.1:5081/readyz", "ftp://127.0.0.1/readyz", "r.yaml:9: the url of 'ready' is none that can be asked")]
    [InlineData("url: \"http://127.0.0.1:5081/readyz\"", "failures: 2", "r.yaml:9: the url of 'ready' is none that can be asked")]
    [InlineData("https://ann:secret@rag.example:8443/metrics?key=x", "htps://ann:hush@x", "r.yaml:15: the url of 'memory' is none that can be asked")]
    [InlineData("failures: 20", "failures: 0", "r.yaml:15: 'failures: 0' of 'memory' is out of range")]
    [InlineData("failures: 20", "failures: 21", "'failures: 21' of 'memory' is out of range")]
    [InlineData("failures: 20", "failures: many", "r.yaml:18: a value of the wrong kind")]
    [InlineData("every: 100ms", "every: 99ms", "r.yaml:15: 'every: 99ms' of 'memory' is out of range")]
    [InlineData("every: 100ms", "every: 2m", "'every: 2m' of 'memory' is out of range")]
    [InlineData("every: 100ms", "every: soon", "'every: soon' of 'memory' is out of range")]
    [InlineData("timeout: 3s", "timeout: 61s", "'timeout: 61s' of 'memory' is out of range")]
    [InlineData("timeout: 3s", "timeout: 1m", "r.yaml:15: 'memory' would take 1201.9 s to fail")]
    [InlineData("metric: process_memory_usage_bytes", "metric: process memory", "r.yaml:15: 'memory' reads a sample that cannot be there")]
    [InlineData("metric: process_memory_usage_bytes", "metric: ''", "'memory' reads a sample that cannot be there")]
    [InlineData("        metric: process_memory_usage_bytes\n", "", "r.yaml:10: 'memory' has a limit or labels and no metric to be read")]
    [InlineData("labels: { pool: large }", "labels: { pool: }", "the labels of 'memory' cannot be used")]
    [InlineData("limit: 500000000", "limit: .nan", "r.yaml:10: 'memory' has a limit that is no number")]
    [InlineData("- name: ready", "- name: ready\n      kind: rate", "r.yaml:8: 'ready' is a probe and has kind beside it")]
    [InlineData("- name: ready", "- name: ready\n      read: errors\n      margin: 0.1", "'ready' is a probe and has read and margin beside it")]
    [InlineData("- name: ready", "- name: ready\n      query: { sum: a, count: b }", "'ready' is a probe and has query beside it")]
    [InlineData("- name: ready", "- name: ready\n      role: judge", "'ready' has the role 'judge'")]
    [InlineData("- name: ready", "- name: errors", "two watched metrics are called 'errors'")]
    [InlineData(
        "probe: { url: \"http://127.0.0.1:5081/readyz\" }",
        "probe: http://127.0.0.1:5081/readyz",
        "r.yaml:9: a list or a section stands where a value was expected"
    )]
    public void What_is_wrong_is_named_with_its_line(string right, string wrong, string says)
    {
        var whole = Whole.ReplaceLineEndings("\n");
        whole.ShouldContain(right);
        var error = Should.Throw<AssayException>(() => ReleaseCatalog.Parse(whole.Replace(right, wrong), "r.yaml"));
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        var told = error.Message + " " + error.Fix;
        told.ShouldContain(says);
        told.ShouldNotContain("hush");
    }

    [Fact]
    public void With_Prometheus_a_query_counts_the_requests()
    {
        var probes = Whole.Replace("    - { name: errors, read: errors, margin: 0.01 }\n", "").Replace("watch:", "metrics: http://127.0.0.1:9090\n  watch:");
        Should.Throw<AssayException>(() => ReleaseCatalog.Parse(probes, "r.yaml")).Message.ShouldContain("every watched metric is a probe");
        ReleaseCatalog.Parse(probes.Replace("http://127.0.0.1:9090", "hub"), "r.yaml").Canary!.Watch.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("2s", 2_000)]
    [InlineData("1m", 60_000)]
    public void Milliseconds_are_read_where_they_matter(string text, int milliseconds)
    {
        Durations.TryReadFine(text).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        Durations.TryReadFine(text.Replace("0", "x")).ShouldBe(text.Contains('0') ? null : TimeSpan.FromMilliseconds(milliseconds));
    }
}
