using System.Text;
using Assay.Embedded;
using Assay.Releases.Approvals;
using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Canaries.Probes;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Releases.Ledger;
using Assay.Server.Releases;
using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Releases;

/// <summary>A hub with releases that run, were promoted, rolled back by figures and by hand, wait at their gate and have not begun; its clock stands.</summary>
public sealed class ReleasePagesHub : IAsyncLifetime
{
    public const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-release-pages-").FullName;
    private RunningHub? hub;

    public RunningHub Hub => hub!;

    public string Folder => folder;

    private string Catalog => Path.Combine(folder, "catalog");

    public async ValueTask InitializeAsync()
    {
        WriteCatalog();
        await using (var store = await EmbeddedStore.OpenAsync(folder, new StandingClock(), CancellationToken.None))
        {
            using var ledger = new StoredLedger(store.Documents);
            await PromotedAsync(store, ledger);
            await BrokenAsync(store, ledger);
            await ByHandAsync(store, ledger);
            await UnseenAsync(store, ledger);
            await RunningAsync(store, ledger);
            await ProbedAsync(store, ledger);
            await TakenAsync(store, ledger);
            await WaivedAsync(store, ledger);
            await GatedAsync(ledger);
            await RehearsedAsync(ledger);
        }

        hub = await RunningHub.StartAsync(time: new StandingTime(), folder: folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // 5 % held for six looks, 25 % for fourteen; the reranker's fallbacks are not decided, one of two approvals is there.
    private async Task RunningAsync(EmbeddedStore store, StoredLedger ledger)
    {
        var at = StandingClock.Now.AddMinutes(-2 - (15 * 20));
        using var canary = Canary(store, ledger, "rag_plus_plus", "1.9.0", at);
        canary.Rates = (metric, percent) =>
            metric.Name switch
            {
                "errors" => (0.003, 0.0033),
                "latency p95" => (1_300, 1_320),
                "relevance" => (0.871, 0.884),
                "cost" => (0.00387, 0.00391),
                _ => percent == 5 ? (0.001, 0.001) : (0.001, 0.0122),
            };
        await GateAsync(ledger, canary.Time, "rag_plus_plus", "1.9.0", Verdict.Pass);
        await canary.StartAsync();
        canary.RequestsPerMinute = 4_000;
        (await canary.LookAsync(6)).Percent.ShouldBe(25, "the first step is proven at its sixth look");
        canary.RequestsPerMinute = 800;
        var state = await canary.LookAsync(14);
        state.Verdict.ShouldBe(Verdict.Inconclusive, state.Reason);
        var desk = Desk(ledger, canary.Time, Verdict.Pass);
        var subject = await desk.SubjectAsync(new ReleaseId("rag_plus_plus", "1.9.0"), ApprovalScope.Promote, CancellationToken.None);
        var approval = new Approval(
            subject.Release.ToString(),
            subject.Commit,
            subject.FileHash,
            subject.Scope,
            "anna",
            "Ratings fine, relevance up.",
            StandingClock.Now.AddMinutes(-30),
            ""
        );
        await desk.ApproveAsync(approval.SignedWith(ReleasePlace.Anna), "token sample", CancellationToken.None);
    }

    private async Task PromotedAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "shop", "1.4.0", StandingClock.Now.AddDays(-9));
        await GateAsync(ledger, canary.Time, "shop", "1.4.0", Verdict.Pass);
        await canary.StartAsync();
        (await canary.LookAsync(6)).Phase.ShouldBe(CanaryPhase.Promoted);
    }

    private async Task BrokenAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "shop", "1.5.0", StandingClock.Now.AddDays(-1));
        canary.Rates = (_, percent) => percent == 20 ? (0.003, 0.012) : (0.003, 0.003);
        canary.RequestsPerMinute = 100;
        await GateAsync(ledger, canary.Time, "shop", "1.5.0", Verdict.Pass);
        await canary.StartAsync();
        (await canary.LookAsync(8)).Phase.ShouldBe(CanaryPhase.RolledBack);
    }

    private async Task ByHandAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "hostile", "0.1.0", StandingClock.Now.AddDays(-2));
        await canary.StartAsync(Hostile);
        await canary.LookAsync(2);
        await canary.RollBackAsync(Hostile);
    }

    private async Task UnseenAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "digest", "2.0.0", StandingClock.Now.AddMinutes(-47));
        canary.Unseen = new HashSet<string>(StringComparer.Ordinal) { "relevance" };
        await canary.StartAsync("A trial on the staging service.");
        (await canary.LookAsync(3)).Verdict.ShouldBe(Verdict.NoData);
    }

    // Memory grows by 12 MB a look, from 371.
    private async Task ProbedAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "cache", "2.1.0", StandingClock.Now.AddHours(-5));
        canary.Probes = (metric, look) =>
            metric.Name == "ready" ? new ProbeReading(IsWell: true, "http://127.0.0.1:5081/readyz answered 200.")
            : 371_000_000 + (12_000_000L * look) is var memory && memory <= 500_000_000
                ? new ProbeReading(IsWell: true, "process_memory_usage_bytes is within its limit: http://127.0.0.1:5081/metrics answered 200.")
                {
                    Value = memory,
                }
            : new ProbeReading(
                IsWell: false,
                "http://127.0.0.1:5081/metrics failed 3 times in a row, and the last time process_memory_usage_bytes is above its limit."
            )
            {
                Value = memory,
            };
        canary.RequestsPerMinute = 1;
        await canary.StartAsync("A trial on the staging service.");
        (await canary.LookAsync(11)).Phase.ShouldBe(CanaryPhase.RolledBack);
    }

    // All is proven, and somebody else wrote the proxy's file. Its last look was two minutes ago, so that the hub has none to make.
    private async Task TakenAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "taken", "1.0.0", StandingClock.Now.AddMinutes(-107));
        await canary.StartAsync("A trial on the staging service.");
        await canary.LookAsync(5);
        canary.WriteTrafficElsewhere();
        var state = await canary.LookAsync(2);
        (state.Percent, state.Judgements.Single().Verdict).ShouldBe((20, MetricVerdict.Pass), state.Reason);
    }

    private async Task WaivedAsync(EmbeddedStore store, StoredLedger ledger)
    {
        using var canary = Canary(store, ledger, "waived", "1.0.0", StandingClock.Now.AddDays(-5));
        await canary.StartAsync("A trial on the staging service.");
        await canary.LookAsync(1);
        await canary.PromoteAsync("It is night.");
        (await canary.LookAsync(6)).Phase.ShouldBe(CanaryPhase.Promoted);
    }

    private async Task GatedAsync(StoredLedger ledger) =>
        await GateAsync(ledger, new SteppedTime(StandingClock.Now.AddHours(-5)), "gated", "3.0.0", Verdict.Inconclusive);

    private static async Task RehearsedAsync(StoredLedger ledger)
    {
        (string Scenario, string Verdict, double Detect, double Restore, double Budget)[] rehearsals =
        [
            ("error_spike", "pass", 18, 3.1, 60),
            ("memory_leak", "fail", 312, 3.9, 300),
        ];
        foreach (var (scenario, verdict, detect, restore, budget) in rehearsals)
        {
            var body = FormattableString.Invariant(
                $$"""{"scenario":"{{scenario}}","verdict":"{{verdict}}","detect_seconds":{{detect}},"restore_seconds":{{restore}},"budget_seconds":{{budget}}}"""
            );
            await ledger.AppendAsync(
                new LedgerEntry(
                    "rag_plus_plus@1.8.0",
                    LedgerKind.Rehearsal,
                    $"rehearsal/{scenario}",
                    "mira",
                    StandingClock.Now.AddDays(-2),
                    Encoding.UTF8.GetBytes(body)
                ),
                CancellationToken.None
            );
        }
    }

    private SeededCanary Canary(EmbeddedStore store, StoredLedger ledger, string name, string version, DateTimeOffset at) =>
        new(folder, store.Documents, ledger, CanaryPlan.Of(ReleaseCatalog.Find(name, Catalog), version), at);

    private async Task GateAsync(StoredLedger ledger, TimeProvider time, string name, string version, Verdict verdict)
    {
        var answer = await Desk(ledger, time, verdict).GateAsync(name, new GateRequest(version, ReleasePlace.Commit), "mira", CancellationToken.None);
        answer.Decision.Verdict.ShouldBe(verdict, answer.Decision.Reason);
    }

    private ReleaseDesk Desk(StoredLedger ledger, TimeProvider time, Verdict verdict) => new(Catalog, new MadeEvidence(verdict, time), ledger, time);

    private void WriteCatalog()
    {
        static string Canary(string split, string steps, int approvals, string watch) =>
            $$"""
                canary:
                  split: { {{split}} }
                  steps: {{steps}}
                  lookEvery: 15m
                  minTime: 90m
                  minRequests: 200
                  longestHold: 8h
                  approvals: {{approvals}}
                  watch:
                {{watch}}
                """;
        static string Release(string name, string description, string needs, string canary) =>
            $$"""
                name: {{name}}
                description: {{description}}
                owner: search
                service: rag-service
                gate:
                  evidence: [{{needs}}]
                {{canary}}

                """;
        const string Errors = "    - { name: errors, read: errors, kind: rate, margin: 0.005, limit: 0.05 }";
        const string Relevance = "    - { name: relevance, read: score relevance, kind: mean, role: signal, better: higher, margin: 0.02 }";
        const string Probes = """
                - { name: ready, probe: { url: "http://127.0.0.1:5081/readyz" } }
                - name: memory
                  probe: { url: "http://127.0.0.1:5081/metrics", metric: process_memory_usage_bytes }
                  limit: 500000000
                  unit: bytes
            """;
        const string Wide =
            Errors
            + "\n    - { name: latency p95, read: latency, kind: p95, margin: 150, limit: 4000, unit: ms }"
            + "\n    - { name: reranker fallbacks, read: fallback rerank, kind: rate, margin: 0.012, limit: 0.2 }\n"
            + Relevance
            + "\n    - { name: cost, read: cost, kind: mean, role: info, unit: USD }";
        var text = System.Text.Json.JsonSerializer.Serialize(Hostile);
        ReleasePlace.Write(
            Catalog,
            "releases/all.yaml",
            string.Join(
                "---\n",
                Release(
                    "rag_plus_plus",
                    "Reranks with rerank-v3.5 and answers from six chunks.",
                    "{ slo: all, maxAge: 1h }, { experiment: reranker_model_test }",
                    Canary("flag: rag_plus_plus", "[5, 25, 100]", 2, Wide)
                ),
                Release("shop", "The shop answers from its catalog.", "{ slo: all, maxAge: 1h }", Canary("flag: shop_search", "[20, 100]", 1, Errors)),
                Release("hostile", text, "{ slo: all }", Canary("flag: shop_search", "[20, 100]", 0, Errors)),
                Release("digest", "Digests by topic.", "{ slo: all }", Canary("flag: digest_v2", "[10, 50, 100]", 0, Errors + "\n" + Relevance)),
                Release("cache", "Answers are kept for a day.", "{ slo: all }", Canary("flag: shop_search", "[10, 100]", 0, Errors + "\n" + Probes)),
                Release("taken", "Its proxy has two masters.", "{ slo: all }", Canary("flag: shop_search", "[20, 100]", 0, Errors)),
                Release("waived", "A step was left by order.", "{ slo: all }", Canary("flag: shop_search", "[10, 50, 100]", 0, Errors)),
                Release("gated", "The index of June.", "{ slo: all }, { experiment: chunking_test }", ""),
                Release("fresh", "Nobody asked yet.", "{ slo: all }", "")
            )
        );
        ReleasePlace.Write(
            Catalog,
            "releases/approvers.yaml",
            $"""
            approvers:
              - name: anna
                key: {ApprovalKey.PublicOf(ReleasePlace.Anna)}
                may: [gate, promote]
            """
        );
        ReleasePlace.Write(
            Catalog,
            "flags/flags.yaml",
            string.Join("\n---\n", new[] { "rag_plus_plus", "shop_search", "digest_v2" }.Select(f => $"name: {f}\ndefault: \"off\"\nwhenOff: \"off\""))
        );
    }

    /// <summary>No time passes, so that the hub does not look at what runs: pages show what was left.</summary>
    private sealed class StandingTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => StandingClock.Now;

        public override long GetTimestamp() => 1;
    }

    /// <summary>What the rooms of a hub would find.</summary>
    private sealed class MadeEvidence(Verdict verdict, TimeProvider time) : IEvidenceSource
    {
        public Task<NeededEvidence> FindAsync(NeedEntry need, GateCandidate candidate, CancellationToken cancellationToken) =>
            Task.FromResult(
                verdict != Verdict.Pass && need.Experiment is not null
                    ? new NeededEvidence(
                        need.Title,
                        "look 3",
                        [Piece("chunking_test decision", Verdict.Inconclusive, "Answers are neither better nor worse yet.")]
                    )
                    : new NeededEvidence(
                        need.Title,
                        "SLOs of the hub",
                        [Piece("availability", Verdict.Pass, "99.95 % of 412,860 requests, 99.9 % are needed.")]
                    )
            );

        private EvidencePiece Piece(string metric, Verdict made, string reason) =>
            new(new Evidence(new Candidate { Commit = ReleasePlace.Commit }, metric, made, reason, time.GetUtcNow().AddMinutes(-5), "1.0") { N = 412_860 });
    }
}
