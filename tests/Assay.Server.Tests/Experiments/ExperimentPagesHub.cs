using Assay.Embedded;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Experimentation.Reports;
using Assay.Server.Tests.Pages;
using Assay.Stores;

namespace Assay.Server.Tests.Experiments;

/// <summary>A hub with experiments that are decided, cannot be trusted, go on and have not begun; generated from a seed, looked at once a day.</summary>
public sealed class ExperimentPagesHub : IAsyncLifetime
{
    public const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";

    private const int Days = 10;
    private const int MostArms = 20;
    private const int MostMetrics = 50;

    private readonly string folder = Directory.CreateTempSubdirectory("assay-experiments-").FullName;
    private RunningHub? hub;

    public RunningHub Hub => hub!;

    public async ValueTask InitializeAsync()
    {
        WriteCatalog();
        await using (var store = await EmbeddedStore.OpenAsync(folder, new StandingClock(), CancellationToken.None))
        {
            var random = new Random(42);
            var book = new LookBook(store.Documents, store.Events, new ReportArchive(store.Objects));
            var definitions = ExperimentCatalog.Read(Path.Combine(folder, "catalog")).ToDictionary(e => e.Name, StringComparer.Ordinal);
            for (var day = Days; day >= 1; day--)
            {
                var at = StandingClock.Now.AddDays(-day);
                foreach (var plan in Plans)
                {
                    await store.Events.AppendAsync(plan.DayOf(Days - day, at, random), CancellationToken.None);
                    await book.LookAsync(definitions[plan.Name], at.AddHours(20), CancellationToken.None);
                }
            }

            await store.Events.AppendAsync(Many(random), CancellationToken.None);
        }

        hub = await RunningHub.StartAsync(time: new StandingReports(), folder: folder);
        // The list leaves out what is not told in time; its own page waits.
        foreach (var name in ExperimentCatalog.Read(Path.Combine(folder, "catalog")).Select(e => e.Name))
        {
            (await Answered.GetAsync(hub.Client, $"/experiments/{name}")).Status.ShouldBe(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static IReadOnlyList<Plan> Plans =>
        [
            new("sample_clear_winner", UnitsPerDay: 220, Effect: 0.05, LatencyMs: 10, Lost: 0),
            new("sample_ratio_mismatch", UnitsPerDay: 200, Effect: 0.06, LatencyMs: 10, Lost: 0.3),
            new("sample_inconclusive", UnitsPerDay: 40, Effect: 0.003, LatencyMs: 10, Lost: 0),
            new("slow_answers", UnitsPerDay: 200, Effect: 0.01, LatencyMs: 420, Lost: 0),
        ];

    // Every arm of the widest experiment has units, and every metric of a few of them outcomes.
    private static EventBatch Many(Random random)
    {
        var units = Enumerable.Range(0, MostArms * 110).ToList();
        var at = Nanos(StandingClock.Now.AddDays(-3));
        return new EventBatch
        {
            Exposures =
            [
                .. units.Select(i => new ExposureEvent
                {
                    Experiment = "widest",
                    Version = 1,
                    Unit = UnitId.Of($"wide-{i}"),
                    Variant = $"arm_{i % MostArms}",
                    TimeNanos = at,
                }),
            ],
            Outcomes =
            [
                .. units.Select(i => new OutcomeEvent
                {
                    Key = $"wide-{i}",
                    Experiment = "widest",
                    Unit = UnitId.Of($"wide-{i}"),
                    Metric = "metric_0",
                    Value = random.NextDouble(),
                    TimeNanos = at + 1,
                }),
            ],
        };
    }

    private static long Nanos(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;

    private void WriteCatalog()
    {
        var catalog = Directory.CreateDirectory(Path.Combine(folder, "catalog", "experiments")).FullName;
        var text = System.Text.Json.JsonSerializer.Serialize(Hostile);
        string Of(string name, string hypothesis, string more = "") =>
            $$"""
                name: {{name}}
                hypothesis: {{hypothesis}}
                owner: search
                variants:
                  - { name: control, weight: 50, description: as it was }
                  - { name: treatment, weight: 50, description: the new ranking }
                metrics:
                  - { name: quality, kind: mean, role: goal, minimalEffect: 0.02 }
                  - { name: latency_ms, kind: p50, role: guardrail, better: lower, margin: 60, unit: ms }
                  - { name: session_minutes, kind: mean, role: info }
                {{more}}

                """;
        File.WriteAllText(
            Path.Combine(catalog, "all.yaml"),
            string.Join(
                "---\n",
                Of("sample_clear_winner", "The new ranking answers better.", "layer: ranking\nslots: [0, 50]"),
                Of("sample_ratio_mismatch", "The new ranking answers better."),
                Of("sample_inconclusive", "The new ranking answers better."),
                Of("slow_answers", "Longer thinking answers better."),
                Of("not_begun", text, "layer: ranking\nslots: [50, 100]"),
                Of("stopped_early", "Nobody knows.", "running: false"),
                Wide()
            )
        );
    }

    private static string Wide() =>
        $"""
            name: widest
            hypothesis: As wide as one may be.
            control: arm_0
            variants: [{string.Join(", ", Enumerable.Range(0, MostArms).Select(i => $"{{ name: arm_{i}, weight: 5 }}"))}]
            metrics: [{string.Join(
                ", ",
                Enumerable.Range(0, MostMetrics).Select(i => $"{{ name: metric_{i}, kind: mean, role: {(i == 0 ? "goal" : "info")} }}")
            )}]
            """;

    /// <summary>A report that was made stays new: pages show all of them, on a slow machine too.</summary>
    private sealed class StandingReports : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => StandingClock.Now;

        public override long GetTimestamp() => 1;
    }

    private sealed record Plan(string Name, int UnitsPerDay, double Effect, double LatencyMs, double Lost)
    {
        public EventBatch DayOf(int day, DateTimeOffset at, Random random)
        {
            var (exposures, outcomes) = (new List<ExposureEvent>(), new List<OutcomeEvent>());
            for (var i = 0; i < UnitsPerDay; i++)
            {
                var (key, isTreatment) = ($"{Name}-{day}-{i}", random.NextDouble() < 0.5);
                var time = at.AddMinutes(random.NextDouble() * 60 * 12);
                var quality = 0.7 + (isTreatment ? Effect : 0) + (0.12 * Gaussian(random));
                var latency = (400 * Math.Exp(0.3 * Gaussian(random))) + (isTreatment ? LatencyMs : 0);
                if (isTreatment && random.NextDouble() < Lost)
                {
                    continue;
                }

                exposures.Add(
                    new ExposureEvent
                    {
                        Experiment = Name,
                        Version = 1,
                        Unit = UnitId.Of(key),
                        Variant = isTreatment ? "treatment" : "control",
                        TimeNanos = Nanos(time),
                    }
                );
                outcomes.Add(Outcome(key, "quality", quality, time));
                outcomes.Add(Outcome(key, "latency_ms", latency, time));
            }

            return new EventBatch { Exposures = exposures, Outcomes = outcomes };
        }

        private OutcomeEvent Outcome(string key, string metric, double value, DateTimeOffset at) =>
            new()
            {
                Key = $"{key}-{metric}",
                Experiment = Name,
                Unit = UnitId.Of(key),
                Metric = metric,
                Value = value,
                TimeNanos = Nanos(at.AddMinutes(1)),
            };

        // Box and Muller, 1958; the logarithm is never that of 0.
        private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
