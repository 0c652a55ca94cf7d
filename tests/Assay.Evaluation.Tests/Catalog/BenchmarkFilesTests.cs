using System.Text.Json;
using Assay.Catalogs;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;
using Assay.Models;
using ModelEndpoints = Assay.Evaluation.Benchmarks.ModelEndpoints;

namespace Assay.Evaluation.Tests.Catalog;

/// <summary>The benchmarks of the catalog can be run as they stand.</summary>
public sealed class BenchmarkFilesTests
{
    private const string Page = "docs/reference/en/benchmark-files.md";
    private static readonly string Folder = RepositoryFiles.Path("catalog");

    public static TheoryData<string> Names => [.. Files().Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_can_be_put_together_live_and_dry(string name)
    {
        var file = BenchmarkCatalog.Find(name, Folder);
        foreach (var dry in (bool[])[false, true])
        {
            using var clients = new ModelClients(new ModelSettings());
            var models = new ModelEndpoints
            {
                Endpoint = new Uri("http://127.0.0.1:9/v1"),
                JudgeModel = "judge",
                Environment = new Dictionary<string, string>(),
            };
            var parts = new BenchmarkAssembly(Folder, models, clients, client => client, () => { }, TimeProvider.System).Make(
                file,
                new RunChoice { IsDryRun = dry }
            );
            parts.Content.Dataset.Cases.ShouldBeGreaterThan(0);
            parts.Target.Name.Contains("offline/", StringComparison.Ordinal).ShouldBe(dry);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_file_is_called_as_it_is(string name) =>
        BenchmarkCatalog.Find(Path.Combine(Folder, "benchmarks", name + ".yaml"), Folder).Name.ShouldBe(name);

    [Fact]
    public void A_smoke_benchmark_has_fewer_than_five_cases_and_gates()
    {
        var smoke = Files().Select(path => BenchmarkCatalog.Find(path, Folder)).Where(file => file.IsSmoke).ToList();
        smoke.ShouldNotBeEmpty();
        smoke.ShouldAllBe(file =>
            Evaluation.Datasets.Dataset.Open(Path.Combine(Folder, "benchmarks", file.Dataset), null).Identity.Cases < 5 && file.Gates.Count > 0
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_gates_are_the_floors_of_the_catalog(string name)
    {
        using var floors = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "eval_thresholds.json")));
        var stated = BenchmarkCatalog.Find(name, Folder).Gates.Where(gate => gate.Margin is null).Select(Floor);
        floors.RootElement.GetProperty("benchmarks").GetProperty(name).EnumerateArray().Select(Floor).ShouldBe(stated);
    }

    [Fact]
    public void Every_benchmark_with_floors_exists() =>
        JsonDocument
            .Parse(File.ReadAllText(Path.Combine(Folder, "eval_thresholds.json")))
            .RootElement.GetProperty("benchmarks")
            .EnumerateObject()
            .Select(b => b.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Files().Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_key_of_the_files_is_explained()
    {
        var page = File.ReadAllText(RepositoryFiles.Path(Page));
        Type[] sections =
        [
            typeof(BenchmarkFile),
            typeof(TargetEntry),
            typeof(HttpEntry),
            typeof(ProcessEntry),
            typeof(MetricEntry),
            typeof(GateEntry),
            typeof(LimitsEntry),
            typeof(DryRunEntry),
        ];
        sections
            .SelectMany(section =>
                section
                    .GetProperties()
                    .Where(p => p.CanWrite && p.Name != nameof(CatalogEntry.Place))
                    .Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])
            )
            .Distinct()
            .Where(key => !page.Contains($"`{key}`", StringComparison.Ordinal) && !page.Contains($"`{key}: ", StringComparison.Ordinal))
            .ShouldBeEmpty();
        MetricCatalog.Kinds.Select(kind => kind.Name).Where(kind => !page.Contains($"`{kind}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Files() => CatalogFile.In(Path.Combine(Folder, "benchmarks"));

    private static (string?, string, string, double, double?) Floor(GateEntry gate) =>
        (gate.Metric, gate.Statistic ?? "mean", gate.AtLeast is null ? "lower" : "higher", gate.AtLeast ?? gate.AtMost!.Value, gate.Warn);

    private static (string?, string, string, double, double?) Floor(JsonElement floor) =>
        (
            floor.GetProperty("metric").GetString(),
            floor.GetProperty("statistic").GetString()!,
            floor.GetProperty("better").GetString()!,
            floor.GetProperty("fail").GetDouble(),
            floor.TryGetProperty("warn", out var warn) ? warn.GetDouble() : null
        );
}
