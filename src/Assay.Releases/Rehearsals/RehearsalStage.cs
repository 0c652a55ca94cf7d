using System.Globalization;

namespace Assay.Releases.Rehearsals;

/// <summary>
/// The catalog of a stage: the flag and the release that a rehearsal rolls back. What is watched is what <c>catalog/releases/rag_plus_plus.yaml</c> watches, and two probes; steps and times
/// are short, and the last step needs an approval that nobody gives: however long a person thinks, the candidate never gets all of the traffic.
/// </summary>
internal static class RehearsalStage
{
    /// <summary>The flag, and the release of the same name.</summary>
    public const string Flag = "rag_plus_plus";

    /// <summary>The candidate's variant.</summary>
    public const string Variant = "on";

    /// <summary>The version under which it goes out, and under which results are written into a ledger.</summary>
    public const string Version = "rehearsal";

    /// <summary>The service.</summary>
    public const string Service = "rag-service";

    /// <summary>The share of failed questions.</summary>
    public const string Errors = "errors";

    /// <summary>The P95 of durations.</summary>
    public const string Latency = "latency p95";

    /// <summary>The probe of readiness.</summary>
    public const string Ready = "ready";

    /// <summary>The probe of memory.</summary>
    public const string Memory = "memory";

    /// <summary>The sample of the service's metrics page that tells its memory.</summary>
    public const string MemoryMetric = "process_memory_usage_bytes";

    /// <summary>By how much the memory of the service may grow on a stage, in bytes: half of what its fault leaves behind before questions fail.</summary>
    public const long MemoryRoom = 96L << 20;

    /// <summary>The release's id.</summary>
    public static Files.ReleaseId Release { get; } = new(Flag, Version);

    /// <summary>The flag's file: whoever asks while the service warms up has the candidate; it is taken from them before anything is measured.</summary>
    public const string FlagFile = """
        name: rag_plus_plus
        description: The stages that RAG++ adds to a search by meaning.
        owner: rehearsal
        default: off
        whenOff: off
        rollout: { on: 100 }

        """;

    /// <summary>The release's file.</summary>
    /// <param name="service">Where the sample service is.</param>
    /// <param name="memoryBytes">Its memory as the canary begins.</param>
    public static string ReleaseFile(Uri service, long memoryBytes) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            name: {{Flag}}
            description: A candidate that is to go wrong.
            owner: rehearsal
            service: {{Service}}
            gate:
              evidence: [{ slo: all, maxAge: 1h }]
            canary:
              split: { flag: {{Flag}}, variant: "{{Variant}}" }
              steps: [25, 50, 100]
              lookEvery: 1s
              minTime: 3s
              minRequests: 50
              longestHold: 24h
              approvals: 1
              alpha: 0.02
              metrics: hub
              watch:
                - { name: {{Errors}}, read: errors, kind: rate, role: guardrail, better: lower, margin: 0.01, limit: 0.1 }
                - { name: {{Latency}}, read: latency, kind: p95, role: guardrail, better: lower, margin: 250, limit: 2000, unit: ms }
                - { name: {{Ready}}, probe: { url: "{{new Uri(service, $"/readyz?flag={Flag}&variant={Variant}")}}", failures: 2, every: 200ms } }
                - { name: {{Memory}}, probe: { url: "{{new Uri(
                service,
                "/metrics"
            )}}", metric: {{MemoryMetric}}, failures: 2, every: 200ms }, limit: {{memoryBytes + MemoryRoom}}, unit: bytes }

            """
        );
}
