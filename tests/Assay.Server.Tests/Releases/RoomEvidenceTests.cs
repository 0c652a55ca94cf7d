using Assay.Embedded;
using Assay.Evaluation.Storing;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Observability.Slos;
using Assay.Releases.Files;
using Assay.Releases.Gates;
using Assay.Server.Releases;
using Assay.Stores;

namespace Assay.Server.Tests.Releases;

/// <summary>Evidence of experiments and SLOs as a gate finds it in a real store.</summary>
public sealed class RoomEvidenceTests : IAsyncLifetime
{
    private const int Units = 400;

    private const string Yaml = """
        name: rag
        service: rag-service
        gate:
          evidence:
            - { experiment: reranker_test }
            - { slo: all }
            - { slo: availability }
        """;

    private const string Experiment = """
        name: reranker_test
        variants:
          - { name: control, weight: 50 }
          - { name: treatment, weight: 50 }
        metrics:
          - { name: relevance, role: goal, minimalEffect: 0.05 }
        """;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string folder = Directory.CreateTempSubdirectory("assay-rooms-").FullName;
    private readonly SloMonitor monitor = new(TimeProvider.System);
    private EmbeddedStore store = null!;
    private SloSummary? told;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ReleasePlace.Write(folder, "catalog/experiments/e.yaml", Experiment);
        store = await EmbeddedStore.OpenAsync(Path.Combine(folder, "data"), TimeProvider.System, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        monitor.Dispose();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_experiment_is_its_latest_remembered_look()
    {
        (await FindAsync(0)).Missing.ShouldBe("Nobody looked at its version 1 yet. Look: assay experiment analyze reranker_test");
        await FillAsync();
        (await FindAsync(0)).Pieces.ShouldBeEmpty("data alone are no decision");

        var book = new LookBook(store.Documents, store.Events);
        var definition = ExperimentCatalog.Read(Path.Combine(folder, "catalog")).Single();
        var look = await book.LookAsync(definition, Now.AddHours(-2), Cancel);
        look.Verdict.ShouldBe(Verdict.Pass);
        var found = await FindAsync(0);
        found.Source.ShouldBe("look 1 at version 1");
        found.Pieces.Select(p => p.Evidence.Metric).ShouldBe(["reranker_test health", "reranker_test decision", "reranker_test treatment relevance mean"]);
        found.Pieces.ShouldAllBe(p => p.Evidence.Verdict == Verdict.Pass && p.Evidence.At == Now.AddHours(-2));
        found.Deciding.ShouldBe(["reranker_test decision", "reranker_test health"]);
        (await Should.ThrowAsync<AssayException>(() => FindAsync(0, Yaml.Replace("reranker_test", "nothing")))).Message.ShouldStartWith(
            "r.yaml:5: there is no experiment 'nothing'"
        );
    }

    [Fact]
    public async Task SLOs_are_those_of_the_service_and_a_page_that_fires_fails_what_is_kept()
    {
        (await FindAsync(1)).Missing.ShouldContain("No SLO of the service 'rag-service'");
        Register("other-availability", "other-service");
        (await FindAsync(1)).Pieces.ShouldBeEmpty();
        var slo = Register("availability", "rag-service");
        (await FindAsync(1)).Pieces.ShouldHaveSingleItem().Evidence.Verdict.ShouldBe(Verdict.NoData);
        for (var i = 0; i < 5_000; i++)
        {
            slo.Record(isGood: true, Now.AddMinutes(-5));
        }

        var kept = (await FindAsync(1)).Pieces.ShouldHaveSingleItem().Evidence;
        (kept.Metric, kept.Verdict, kept.N).ShouldBe(("slo availability", Verdict.Pass, 5_000));
        (await FindAsync(2)).Pieces.ShouldHaveSingleItem().Evidence.Verdict.ShouldBe(Verdict.Pass);

        var page = new SloAlert("availability", "rag-service", AlertSeverity.Page, Now.AddMinutes(-3), "burns 20 times too fast.");
        var summary = monitor.Summary();
        told = summary with { Slos = [.. summary.Slos.Select(s => s with { Alerts = [page] })] };
        var burning = (await FindAsync(2)).Pieces.ShouldHaveSingleItem().Evidence;
        burning.Verdict.ShouldBe(Verdict.Fail);
        burning.Reason.ShouldContain("burns 20 times too fast.");
        told = summary with { Slos = [.. summary.Slos.Select(s => s with { Alerts = [page with { Severity = AlertSeverity.Ticket }] })] };
        (await FindAsync(2)).Pieces.ShouldHaveSingleItem().Evidence.Verdict.ShouldBe(Verdict.Pass);
    }

    private SloRecorder Register(string name, string service) =>
        monitor.RegisterSlo(new SloDefinition(name, service, 0.999, new SloIndicator(SloSignal.Requests, GoodWhen.NotFailed)));

    private Task<NeededEvidence> FindAsync(int need, string yaml = Yaml)
    {
        var file = ReleaseCatalog.Parse(yaml, "r.yaml");
        var rooms = new RoomEvidence(
            Path.Combine(folder, "catalog"),
            new StoredRuns(store.Documents, store.Objects, TimeProvider.System),
            new LookBook(store.Documents, store.Events),
            _ => Task.FromResult(told ?? monitor.Summary()),
            TimeProvider.System
        );
        var candidate = new GateCandidate(file, new ReleaseId("rag", "1"), "", new Dictionary<string, BenchmarkSubject>());
        return rooms.FindAsync(file.Gate.Evidence[need], candidate, Cancel);
    }

    private async Task FillAsync()
    {
        var random = new Random(7);
        var (exposures, outcomes) = (new List<ExposureEvent>(), new List<OutcomeEvent>());
        foreach (var (variant, shift) in new[] { ("control", 0.0), ("treatment", 0.1) })
        {
            for (var i = 0; i < Units; i++)
            {
                var (unit, time) = (UnitId.Of($"{variant}-{i}"), Now.AddDays(-9).AddMinutes(30 * i).ToUnixTimeMilliseconds() * 1_000_000);
                exposures.Add(
                    new ExposureEvent
                    {
                        Experiment = "reranker_test",
                        Version = 1,
                        Unit = unit,
                        Variant = variant,
                        TimeNanos = time,
                    }
                );
                outcomes.Add(
                    new OutcomeEvent
                    {
                        Key = $"relevance-{unit}",
                        Experiment = "reranker_test",
                        Unit = unit,
                        Metric = "relevance",
                        Value = 0.5 + shift + (0.3 * (random.NextDouble() - 0.5)),
                        TimeNanos = time + 1_000_000,
                    }
                );
            }
        }

        await store.Events.AppendAsync(new EventBatch { Exposures = exposures, Outcomes = outcomes }, Cancel);
    }
}
