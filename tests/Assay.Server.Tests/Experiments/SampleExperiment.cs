namespace Assay.Server.Tests.Experiments;

/// <summary>An experiment that tests put into a catalog.</summary>
internal static class SampleExperiment
{
    public const string Name = "reranker_test";

    public const string Yaml = """
        name: reranker_test
        hypothesis: The reranker finds better passages.
        owner: search
        variants:
          - { name: control, weight: 50 }
          - { name: treatment, weight: 50 }
        metrics:
          - { name: relevance, role: goal }
          - { name: latency_ms, role: guardrail, better: lower, relativeMargin: 0.2 }
        """;
}
