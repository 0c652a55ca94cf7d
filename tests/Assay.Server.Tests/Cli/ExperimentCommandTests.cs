using System.Text.Json;
using Assay.Embedded;
using Assay.Stores;

namespace Assay.Server.Tests.Cli;

public sealed class ExperimentCommandTests : IDisposable
{
    private const string Yaml = """
        name: reranker_test
        hypothesis: The reranker finds better passages.
        owner: search
        lookEvery: never
        variants:
          - { name: control, weight: 50, description: fused order }
          - { name: treatment, weight: 50, description: reranked }
        metrics:
          - { name: relevance, role: goal, minimalEffect: 0.05 }
          - { name: latency_ms, role: guardrail, better: lower, margin: 30, unit: ms }
          - { name: latency_ms, kind: p95, role: info, better: lower, unit: ms }
        ---
        name: untouched
        variants:
          - { name: control, weight: 50 }
          - { name: b, weight: 50 }
        metrics:
          - { name: clicked, kind: rate }
        """;

    private const int Units = 400;

    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-9);

    private readonly DataPlace place = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Catalog => place["catalog"];

    public ExperimentCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(Catalog, "experiments"));
        File.WriteAllText(Path.Combine(Catalog, "experiments", "tests.yaml"), Yaml);
    }

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_winner_is_shipped_in_80_columns_and_each_look_is_remembered()
    {
        await FillAsync(treatment: Units, effect: 0.1);

        var first = (await AnalyzeAsync()).ShouldEndWith(ExitCode.Pass);
        first.Out.ShouldStartWith("SHIP: reranker_test, version 1.");
        first.Out.ShouldContain("Look 1,");
        first.Out.ShouldContain("goal relevance mean, treatment: better");
        first.Out.ShouldContain("guardrail latency_ms mean, treatment: holds");
        first.Out.Split('\n').ShouldAllBe(line => line.TrimEnd('\r').Length <= 80);

        (await AnalyzeAsync()).Out.ShouldContain("Look 2,");
    }

    [Fact]
    public async Task A_sample_ratio_mismatch_is_for_people()
    {
        await FillAsync(treatment: Units - 120, effect: 0.1);

        var run = (await AnalyzeAsync()).ShouldEndWith(ExitCode.Inconclusive);
        run.Out.ShouldStartWith("REVIEW: reranker_test");
        run.Out.ShouldContain("FAULT, sample ratio");
    }

    [Fact]
    public async Task What_is_not_decided_goes_on_and_says_what_it_needs()
    {
        await File.WriteAllTextAsync(Path.Combine(Catalog, "experiments", "tests.yaml"), Yaml.Replace("minimalEffect: 0.05", "minimalEffect: 0.01"), Cancel);
        await FillAsync(treatment: Units, effect: 0.01);

        var run = (await AnalyzeAsync("--md")).ShouldEndWith(ExitCode.Inconclusive);
        run.Out.ShouldStartWith("## ⏳ Continue: reranker_test");
        run.Out.ShouldContain("more units in the smallest arm, about");
    }

    [Fact]
    public async Task Files_are_written_beside_what_is_printed()
    {
        await FillAsync(treatment: Units, effect: 0.1);

        var run = (await AnalyzeAsync("--json", "--html", place["r.html"], "--evidence", place["e.jsonl"])).ShouldEndWith(ExitCode.Pass);
        run.Json().GetProperty("schema").GetString().ShouldBe("assay.experiment/1");
        run.Json().GetProperty("looks").GetArrayLength().ShouldBe(1);
        (await File.ReadAllTextAsync(place["r.html"], Cancel)).ShouldStartWith("<!doctype html>");
        (await File.ReadAllLinesAsync(place["e.jsonl"], Cancel))
            .Select(l => Evidence.Parse(l).Verdict)
            .ShouldBe([Verdict.Pass, Verdict.Pass, Verdict.Pass, Verdict.Pass]);
    }

    [Fact]
    public async Task A_time_in_the_past_is_told_and_not_remembered()
    {
        await FillAsync(treatment: Units, effect: 0.1);

        var run = (await AnalyzeAsync("--as-of", "2020-01-01")).ShouldEndWith(ExitCode.Inconclusive);
        run.Out.ShouldContain("No unit was exposed yet.");
        (await AnalyzeAsync()).Out.ShouldContain("Look 1,");
    }

    [Fact]
    public async Task The_hub_that_holds_the_folder_looks_and_remembers()
    {
        await FillAsync(treatment: Units, effect: 0.1);
        string atHub;
        await using (var hub = await RunningHub.StartAsync(o => o.CatalogFolder = Catalog, folder: place.Data))
        {
            atHub = (await AnalyzeAsync("--json")).ShouldEndWith(ExitCode.Pass).Out;
            (await AnalyzeAsync("--as-of", "2020-01-01")).ShouldEndWith(ExitCode.Inconclusive);
            (await CallAsync("experiment", "list")).Out.ShouldContain("untouched, version 1, running, 100 % of units");
            (await CallAsync("experiment", "analyze", "none")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("There is no experiment 'none'.");

            var looks = await Answered.GetAsync(hub.Admin, "/api/v1/experiments/reranker_test/looks");
            looks.Json.GetProperty("looks").GetArrayLength().ShouldBe(1);
            looks.Json.GetProperty("looks")[0].GetProperty("action").GetString().ShouldBe("ship");
            (await Answered.GetAsync(hub.Admin, "/api/v1/experiments/none/looks")).Status.ShouldBe(404);
            // Whoever is on this machine may read; a look is written.
            (await Answered.GetAsync(hub.Client, "/api/v1/experiments/reranker_test/report")).Status.ShouldBe(200);
            (await Answered.PostJsonAsync(hub.Client, "/api/v1/experiments/reranker_test/looks", "")).Status.ShouldBe(401);
        }

        var inFolder = (await AnalyzeAsync("--json")).ShouldEndWith(ExitCode.Pass).Json();
        inFolder.GetProperty("looks").GetArrayLength().ShouldBe(2);
        Metrics(inFolder).ShouldBe(Metrics(JsonDocument.Parse(atHub).RootElement));

        static string Metrics(JsonElement report) => JsonSerializer.Serialize(report.GetProperty("metrics"));
    }

    [Fact]
    public async Task Power_plans_an_experiment_from_what_its_control_shows()
    {
        await FillAsync(treatment: Units, effect: 0.01);

        var run = (await CallAsync("experiment", "power", "reranker_test")).ShouldEndWith(ExitCode.Pass);
        run.Out.ShouldContain("relevance mean: to see 0.0500 with a power of 80 %");
        run.Out.ShouldContain("decided once");
        run.Out.ShouldContain("looked at any time");
        run.Out.ShouldContain("day");
        run.Out.Split('\n').ShouldAllBe(line => line.TrimEnd('\r').Length <= 80);

        var untouched = (await CallAsync("experiment", "power", "untouched")).ShouldEndWith(ExitCode.Inconclusive);
        untouched.Out.ShouldContain("no minimalEffect");
    }

    [Theory]
    [InlineData("--alpha", "0.01")]
    [InlineData("--power", "0.9")]
    [InlineData("--arms", "3")]
    [InlineData("--baseline", "0.1")]
    [InlineData("--lift", "0.02")]
    [InlineData("--sd", "12")]
    [InlineData("--difference", "3")]
    public async Task Power_of_an_experiment_takes_no_figure_that_its_file_or_its_control_has(string option, string value)
    {
        await FillAsync(treatment: Units, effect: 0.01);

        var run = (await CallAsync("experiment", "power", "reranker_test", option, value)).ShouldEndWith(ExitCode.WrongUsage);
        run.Error.ShouldContain(option);
        run.Error.ShouldContain("Alpha and power of an experiment are those of its file");
        (await CallAsync("experiment", "power", "reranker_test", "--units-per-day", "800")).ShouldEndWith(ExitCode.Pass);
    }

    [Theory]
    [InlineData("higher", 0.98)]
    [InlineData("lower", 0.02)]
    public async Task Power_says_when_a_rate_has_no_room_for_the_effect(string better, double rate)
    {
        var yaml = Yaml.Replace("kind: rate }", $"kind: rate, better: {better}, minimalEffect: 0.05 }}");
        await File.WriteAllTextAsync(Path.Combine(Catalog, "experiments", "tests.yaml"), yaml, Cancel);
        await FillRatesAsync(rate);

        var run = (await CallAsync("experiment", "power", "untouched")).ShouldEndWith(ExitCode.Inconclusive);
        string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain($"minimalEffect 0.0500 is more than control's {(rate > 0.5 ? "0.980" : "0.0200")} leaves room for; lower it");
    }

    [Fact]
    public async Task Power_plans_what_does_not_run_yet()
    {
        var run = (await CallAsync("experiment", "power", "--baseline", "0.1", "--lift", "0.02", "--units-per-day", "800")).ShouldEndWith(ExitCode.Pass);

        // As `assay stats power` says: 3,841 in each arm; 7,682 at 800 a day are 10 days.
        run.Out.ShouldContain("3,841 units per arm, about 10 days");
        var json = (await CallAsync("experiment", "power", "--sd", "12", "--difference", "3", "--json")).ShouldEndWith(ExitCode.Pass).Json();
        var plan = json.GetProperty("plans")[0].GetProperty("plan");
        plan.GetProperty("fixed_units_per_arm").GetInt64().ShouldBe(253);
        plan.GetProperty("sequential_units_per_arm").GetInt64().ShouldBeInRange(254, 3 * 253);
        (await CallAsync("experiment", "power")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("Nothing says what to plan.");
        (await CallAsync("experiment", "power", "--baseline", "0.1", "--sd", "3")).ShouldEndWith(ExitCode.WrongUsage);
        (await CallAsync("experiment", "power", "--sd", "0", "--difference", "3")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("above 0");
    }

    [Fact]
    public async Task Experiments_are_listed_before_there_is_any_data()
    {
        var run = (await CallAsync("experiment", "list")).ShouldEndWith(ExitCode.Pass);

        run.Out.ShouldContain("reranker_test, version 1, running, 100 % of units");
        run.Out.ShouldContain("  arms: control 50 %, treatment 50 %");
        (await CallAsync("experiment", "list", "--json")).Json().GetProperty("experiments").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_fix()
    {
        (await AnalyzeAsync()).ShouldEndWith(ExitCode.Infrastructure).Error.ShouldContain("There is no data folder");
        await FillAsync(treatment: 0, effect: 0);
        (await CallAsync("experiment", "analyze", "nothing")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("assay experiment list");
        (await CallAsync("experiment", "analyze", "Not A Name")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("cannot be an experiment's name");
        (await AnalyzeAsync("--md", "--json")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("choose one");
        (await AnalyzeAsync("--as-of", "yesterday")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("2026-03-16T12:00Z");
        await File.WriteAllTextAsync(Path.Combine(Catalog, "experiments", "tests.yaml"), Yaml.Replace("margin: 30", "margin: 30, relativeMargin: 0.1"), Cancel);
        (await AnalyzeAsync()).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("tests.yaml:10: The metric 'latency_ms' has two margins.");
    }

    private Task<Finished> AnalyzeAsync(params string[] more) => CallAsync(["experiment", "analyze", "reranker_test", .. more]);

    private Task<Finished> CallAsync(params string[] arguments) => DataPlace.CallAsync([.. arguments, "--data", place.Data, "--catalog", Catalog]);

    /// <summary>Units of the experiment of rates: of each fifty in an arm as many clicked as the rate says.</summary>
    private async Task FillRatesAsync(double rate)
    {
        await using var store = await EmbeddedStore.OpenAsync(place.Data, TimeProvider.System, Cancel);
        var (exposures, outcomes) = (new List<ExposureEvent>(), new List<OutcomeEvent>());
        for (var i = 0; i < Units; i++)
        {
            var (unit, time) = (UnitId.Of($"unit-{i}"), Nanos(Start.AddMinutes(i)));
            exposures.Add(
                new ExposureEvent
                {
                    Experiment = "untouched",
                    Version = 1,
                    Unit = unit,
                    Variant = i % 2 == 0 ? "control" : "b",
                    TimeNanos = time,
                }
            );
            outcomes.Add(Outcome("clicked", unit, time, i / 2 % 50 < 50 * rate ? 1 : 0) with { Experiment = "untouched" });
        }

        await store.Events.AppendAsync(new EventBatch { Exposures = exposures, Outcomes = outcomes }, Cancel);
    }

    private async Task FillAsync(int treatment, double effect)
    {
        await using var store = await EmbeddedStore.OpenAsync(place.Data, TimeProvider.System, Cancel);
        var random = new Random(7);
        var (exposures, outcomes) = (new List<ExposureEvent>(), new List<OutcomeEvent>());
        foreach (var (variant, count, shift) in new[] { ("control", treatment == 0 ? 0 : Units, 0.0), ("treatment", treatment, effect) })
        {
            for (var i = 0; i < count; i++)
            {
                var (unit, time) = (UnitId.Of($"{variant}-{i}"), Nanos(Start.AddMinutes(30 * i)));
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
                outcomes.Add(Outcome("relevance", unit, time, 0.5 + shift + (0.3 * (random.NextDouble() - 0.5))));
                outcomes.Add(Outcome("latency_ms", unit, time, 200 + (100 * random.NextDouble())));
            }
        }

        await store.Events.AppendAsync(new EventBatch { Exposures = exposures, Outcomes = outcomes }, Cancel);
    }

    private static OutcomeEvent Outcome(string metric, long unit, long time, double value) =>
        new()
        {
            Key = $"{metric}-{unit}",
            Experiment = "reranker_test",
            Unit = unit,
            Metric = metric,
            Value = value,
            TimeNanos = time + 1_000_000,
        };

    private static long Nanos(DateTimeOffset time) => time.ToUnixTimeMilliseconds() * 1_000_000;
}
