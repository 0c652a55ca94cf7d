using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Statistics;

namespace Assay.Releases.Tests.Gates;

/// <summary>The table of decisions: whatever is wrong with one piece of evidence, the release does not pass.</summary>
public sealed class ReleaseGateTests
{
    private const string Commit = "1898bfe1898bfe1898bfe1898bfe1898bfe18980";

    private static readonly string Dataset = new('d', 64);
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_release_passes_when_every_need_does()
    {
        var decision = Decide([Run(Good("judge mean"), Good("latency_ms p90")), Look(), Slo()]);
        decision.Verdict.ShouldBe(Verdict.Pass);
        decision.Reason.ShouldBe("Every need passes (3 of 3).");
        decision.Needs.Select(n => n.Verdict).ShouldAllBe(v => v == Verdict.Pass);
        decision.Needs[0].Figures[0].Hash!.Length.ShouldBe(64);
    }

    public static TheoryData<string, Verdict, string> Table =>
        new()
        {
            { "nothing", Verdict.NoData, "There is no run of it." },
            { "smoke", Verdict.Inconclusive, "It is smoke evidence" },
            { "smoke that fails", Verdict.Inconclusive, "It is smoke evidence" },
            { "stale", Verdict.Inconclusive, "It is 7 d 1 h old; 7d are allowed." },
            { "stale that fails", Verdict.Inconclusive, "It is 7 d 1 h old" },
            { "from the future", Verdict.Inconclusive, "a time that has not come yet" },
            { "other commit", Verdict.NoData, "It is about commit aaaaaaaaaaaa, not about 1898bfe1898b." },
            { "no commit", Verdict.NoData, "It does not say which commit it measured." },
            { "other dataset", Verdict.NoData, "It measured another dataset: eeeeeeeeeeee" },
            { "no dataset", Verdict.NoData, "It measured another dataset: none" },
            { "other prompt", Verdict.NoData, "It did not ask with the prompt handbook_answer@2, but with handbook_answer@1." },
            { "void judge", Verdict.Inconclusive, "its calibration is void" },
            { "missing gate", Verdict.NoData, "There is no evidence of 'faithfulness mean'." },
            { "one of two gates of one name", Verdict.NoData, "There is no evidence of 'judge mean'." },
            { "undecided", Verdict.Inconclusive, "judge mean: too few" },
            { "piece without data", Verdict.NoData, "judge mean: nothing measured" },
            { "fails", Verdict.Fail, "judge mean: 0.5 is below 0.7" },
            { "margin held by the point alone", Verdict.Inconclusive, "the interval reaches over the margin" },
            { "margin broken", Verdict.Fail, "beyond the margin" },
            { "margin without a figure", Verdict.NoData, "There is no such figure." },
            { "margin without an interval", Verdict.Inconclusive, "without an interval" },
            { "margin of a sum", Verdict.Pass, "Everything that is needed passes" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_flaw_decides_as_the_table_says(string flaw, Verdict verdict, string says)
    {
        var decision = Decide([Flawed(flaw), Look(), Slo()], margins: Margins(flaw));
        decision.Needs[0].Verdict.ShouldBe(verdict, decision.Needs[0].Reason);
        decision.Needs[0].Reason.ShouldContain(says);
        decision.Verdict.ShouldBe(verdict);
        decision.Reason.ShouldContain(verdict == Verdict.Pass ? "Every need passes" : "benchmark handbook");
    }

    [Fact]
    public void A_fail_outweighs_what_is_missing_and_what_is_missing_what_is_undecided()
    {
        Decide([Flawed("fails"), NeededEvidence.None("experiment reranker", "x"), Slo()]).Verdict.ShouldBe(Verdict.Fail);
        var missing = Decide([Flawed("stale"), NeededEvidence.None("experiment reranker", "x"), Slo()]);
        missing.Verdict.ShouldBe(Verdict.NoData);
        missing.Reason.ShouldBe("No data for: experiment reranker. Not decided: benchmark handbook.");
    }

    [Fact]
    public void A_fail_is_corrected_by_Holm_over_every_fail_that_has_a_p_value()
    {
        // Alone 0.02 is proof; beside a second test of the release it must be at most 0.025, beside four at most 0.0125.
        Of(0.02).ShouldBe(Verdict.Fail);
        Of(0.02, 0.9).ShouldBe(Verdict.Fail);
        Of(0.02, 0.9, 0.9, 0.9).ShouldBe(Verdict.Inconclusive);
        Of(0.012, 0.9, 0.9, 0.9).ShouldBe(Verdict.Fail);
        var open = Decide([Run([new EvidencePiece(Piece("judge mean", Verdict.Fail), 0.02), .. Others(0.9, 0.9, 0.9)]), Look(), Slo()]);
        open.Needs[0].Reason.ShouldContain("Beside the other needs that is not proven: p = 0.02, corrected by Holm 0.08.");

        static Verdict Of(double p, params double[] others) =>
            Decide([Run([new EvidencePiece(Piece("judge mean", Verdict.Fail), p), .. Others(others)]), Look(), Slo()]).Verdict;

        static IEnumerable<EvidencePiece> Others(params double[] ps) => ps.Select((p, i) => new EvidencePiece(Piece($"metric{i} mean", Verdict.Pass), p));
    }

    [Fact]
    public void A_fail_without_a_p_value_counts_as_it_is()
    {
        var decision = Decide([Run(new EvidencePiece(Piece("judge mean", Verdict.Fail)), new EvidencePiece(Piece("a mean"), 0.5)), Look(), Slo()]);
        decision.Verdict.ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void An_experiment_ships_by_its_decision_and_a_broken_guardrail_fails_it_all_the_same()
    {
        Decide([Run(Good("judge mean")), Look(("reranker treatment stars mean", Verdict.Inconclusive)), Slo()]).Verdict.ShouldBe(Verdict.Pass);
        Decide([Run(Good("judge mean")), Look(("reranker treatment latency_ms mean", Verdict.Fail)), Slo()]).Verdict.ShouldBe(Verdict.Fail);
        Decide([Run(Good("judge mean")), Look(health: Verdict.Inconclusive), Slo()]).Verdict.ShouldBe(Verdict.Inconclusive);
        Decide([Run(Good("judge mean")), Look(decision: Verdict.Inconclusive), Slo()]).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void One_SLO_that_is_not_kept_fails_all_and_one_without_events_is_no_pass()
    {
        Decide([Run(Good("judge mean")), Look(), Slo(Verdict.Fail)]).Verdict.ShouldBe(Verdict.Fail);
        Decide([Run(Good("judge mean")), Look(), Slo(Verdict.NoData)]).Verdict.ShouldBe(Verdict.NoData);
    }

    [Fact]
    public void A_gate_waits_for_people()
    {
        NeededEvidence[] good = [Run(Good("judge mean")), Look(), Slo()];
        var waiting = Decide(good, approvals: 2, given: [Approved("anna"), Approved("boris", "it was signed for rag@1.0.0")]);
        waiting.Verdict.ShouldBe(Verdict.Inconclusive);
        waiting.Reason.ShouldBe("Every need passes (3 of 3). 1 approval is missing (1 of 2).");
        Decide(good, approvals: 2, given: [Approved("anna"), Approved("boris")])
            .Reason.ShouldBe("Every need passes (3 of 3) and everybody needed has approved.");
        Decide([Flawed("fails"), Look(), Slo()], approvals: 1, given: [Approved("anna")]).Verdict.ShouldBe(Verdict.Fail, "nobody approves a fail away");
    }

    [Fact]
    public void A_candidate_without_a_commit_takes_evidence_without_one()
    {
        var found = Run(new EvidencePiece(Piece("judge mean") with { Subject = new Candidate { DatasetHash = Dataset } }));
        ReleaseGate.Decide(Candidate([], 0, commit: ""), [found, Look(), Slo()], [], Now).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void A_shortened_commit_is_the_same_commit()
    {
        GateCandidate.SameCommit(Commit, Commit[..7]).ShouldBeTrue();
        GateCandidate.SameCommit(Commit, Commit[..6]).ShouldBeFalse();
        GateCandidate.SameCommit(Commit, "").ShouldBeFalse();
    }

    [Fact]
    public void A_decision_is_read_back_from_its_JSON_and_told_as_Markdown()
    {
        var decision = Decide([Flawed("fails"), Look(), Slo()], approvals: 1, given: [Approved("anna")]);
        var back = System.Text.Json.JsonSerializer.Deserialize(decision.ToJson(), GateJson.Default.GateDecision)!;
        back.Verdict.ShouldBe(Verdict.Fail);
        back.Needs[0].Figures[0].Reason.ShouldBe(decision.Needs[0].Figures[0].Reason);
        back.Approvals.Counting.ShouldBe(1);
        var text = GateMarkdown.Text(decision with { Reason = "a | b <script>" }, new string('f', 64));
        text.ShouldStartWith("## ❌ Gate fail: rag@1.9.0\n");
        text.ShouldContain("a \\| b &lt;script>");
        text.ShouldContain("assay release verify --head ffff");
        text.ShouldContain("Approvals: 1 of 1 (anna).");
    }

    [Fact]
    public void A_file_has_one_hash_whatever_its_comments_and_another_when_it_asks_for_something_else()
    {
        var file = File([], 0);
        FileHashing.Of(file).ShouldBe(FileHashing.Of(ReleaseCatalog.Parse("# said otherwise\n" + Yaml([], 0), "b.yaml")));
        FileHashing.Of(file).ShouldNotBe(FileHashing.Of(File([], 1)));
    }

    private static NeededEvidence Flawed(string flaw)
    {
        var good = Piece("judge mean");
        return flaw switch
        {
            "nothing" => NeededEvidence.None("benchmark handbook", "There is no run of it."),
            "smoke" => Run(new EvidencePiece(good with { IsSmoke = true })),
            "smoke that fails" => Run(new EvidencePiece(good with { IsSmoke = true, Verdict = Verdict.Fail })),
            "stale" => Run(new EvidencePiece(good with { At = Now.AddDays(-7).AddHours(-1) }), Good("latency_ms p90")),
            "stale that fails" => Run(new EvidencePiece(good with { At = Now.AddDays(-7).AddHours(-1), Verdict = Verdict.Fail })),
            "from the future" => Run(new EvidencePiece(good with { At = Now.AddMinutes(6) })),
            "other commit" => Run(new EvidencePiece(good with { Subject = good.Subject with { Commit = new string('a', 40) } })),
            "no commit" => Run(new EvidencePiece(good with { Subject = good.Subject with { Commit = "" } })),
            "other dataset" => Run(new EvidencePiece(good with { Subject = good.Subject with { DatasetHash = new string('e', 64) } })),
            "no dataset" => Run(new EvidencePiece(good with { Subject = good.Subject with { DatasetHash = "" } })),
            "other prompt" => Run(new EvidencePiece(good)) with
            {
                Expected = new Candidate { DatasetHash = Dataset, Prompts = ["handbook_answer@2"] },
            },
            "void judge" => Run(new EvidencePiece(good)) with { Voids = ["The judge 'j' is another one than was calibrated: its calibration is void."] },
            "missing gate" => Run(new EvidencePiece(good)) with { Deciding = ["judge mean", "faithfulness mean"] },
            "one of two gates of one name" => Run(new EvidencePiece(good)) with { Deciding = ["judge mean", "judge mean"] },
            "undecided" => Run(new EvidencePiece(good with { Verdict = Verdict.Inconclusive, Reason = "too few" })),
            "piece without data" => Run(new EvidencePiece(good with { Verdict = Verdict.NoData, Reason = "nothing measured" })),
            "fails" => Run(new EvidencePiece(good with { Verdict = Verdict.Fail, Reason = "0.5 is below 0.7" }, 0.001)),
            "margin without an interval" => Run(new EvidencePiece(good with { Interval = null })),
            "margin of a sum" => Run(new EvidencePiece(good with { Interval = null, Method = "sum" })),
            _ => Run(new EvidencePiece(good)),
        };
    }

    private static string[] Margins(string flaw) =>
        flaw switch
        {
            "margin held by the point alone" => ["judge mean: { atLeast: 0.79 }"],
            "margin broken" => ["judge mean: { atLeast: 0.9 }"],
            "margin without a figure" => ["faithfulness mean: { atLeast: 0.5 }"],
            "margin without an interval" or "margin of a sum" => ["judge mean: { atLeast: 0.7 }"],
            _ => [],
        };

    private static GateDecision Decide(NeededEvidence[] found, string[]? margins = null, int approvals = 0, CheckedApproval[]? given = null) =>
        ReleaseGate.Decide(Candidate(margins ?? [], approvals, Commit), found, given ?? [], Now);

    private static GateCandidate Candidate(string[] margins, int approvals, string commit) =>
        new(File(margins, approvals), new ReleaseId("rag", "1.9.0"), commit, new Dictionary<string, BenchmarkSubject>());

    private static ReleaseFile File(string[] margins, int approvals) => ReleaseCatalog.Parse(Yaml(margins, approvals), "r.yaml");

    private static string Yaml(string[] margins, int approvals) =>
        $$"""
            name: rag
            service: rag-service
            gate:
              approvals: {{approvals}}
              evidence:
                - { benchmark: handbook, margins: { {{string.Join(", ", margins)}} } }
                - { experiment: reranker }
                - { slo: all }
            """;

    private static NeededEvidence Run(params EvidencePiece[] pieces) =>
        new("benchmark handbook", "run 20261121-120000-handbook", pieces)
        {
            Expected = new Candidate { DatasetHash = Dataset },
            MustNameCommit = true,
        };

    private static NeededEvidence Look((string Metric, Verdict Verdict)? more = null, Verdict health = Verdict.Pass, Verdict decision = Verdict.Pass)
    {
        List<EvidencePiece> pieces = [Of("reranker health", health), Of("reranker decision", decision)];
        if (more is { } m)
        {
            pieces.Add(Of(m.Metric, m.Verdict));
        }

        return new NeededEvidence("experiment reranker", "look 3", pieces) { Deciding = ["reranker decision", "reranker health"] };
    }

    private static NeededEvidence Slo(Verdict verdict = Verdict.Pass) =>
        new("slo all", "state of the SLOs", [Of("slo availability", Verdict.Pass), Of("slo latency-p99", verdict)]);

    private static EvidencePiece Of(string metric, Verdict verdict) =>
        new(new Evidence(new Candidate(), metric, verdict, $"{metric} said so.", Now.AddMinutes(-5), "0.5.0"));

    private static EvidencePiece Good(string metric) => new(Piece(metric), 0.9);

    private static Evidence Piece(string metric, Verdict verdict = Verdict.Pass) =>
        new(
            new Candidate
            {
                Commit = Commit,
                DatasetHash = Dataset,
                Prompts = ["handbook_answer@1"],
            },
            metric,
            verdict,
            "said so.",
            Now.AddHours(-1),
            "0.5.0"
        )
        {
            Estimate = 0.8,
            Interval = new Interval(0.75, 0.85, 0.9),
            N = 60,
            Method = "t",
        };

    private static CheckedApproval Approved(string name, string? problem = null) => new(name, Now, "figures read", problem);
}
