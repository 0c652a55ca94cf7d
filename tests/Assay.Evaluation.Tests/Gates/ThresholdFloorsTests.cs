using Assay.Evaluation.Gates;

namespace Assay.Evaluation.Tests.Gates;

public sealed class ThresholdFloorsTests : IDisposable
{
    private const string Floors = """
        {"benchmarks": {"qa": [
          {"metric": "judge", "statistic": "mean", "better": "higher", "fail": 0.7, "warn": 0.75},
          {"metric": "target", "statistic": "error_rate", "better": "lower", "fail": 0.1}
        ]}}
        """;

    private static readonly GateEntry Errors = new()
    {
        Metric = "target",
        Statistic = "error_rate",
        AtMost = 0.1,
    };

    private readonly TemporaryFolder catalog = new();

    public void Dispose() => catalog.Dispose();

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void A_gate_at_its_floor_or_above_is_taken(double atLeast)
    {
        Write(Floors);
        ThresholdFloors.Demand(catalog.Path, "qa", [new GateEntry { Metric = "judge", AtLeast = atLeast }, Errors]);
        ThresholdFloors.Demand(catalog.Path, "another", []);
    }

    [Fact]
    public void A_gate_below_its_floor_is_refused_with_the_fix()
    {
        Write(Floors);
        var error = Should.Throw<AssayException>(() =>
            ThresholdFloors.Demand(catalog.Path, "qa", [new GateEntry { Metric = "judge", AtLeast = 0.65 }, Errors])
        );
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
        error.Message.ShouldContain("'judge mean' asks for less than its floor, atLeast: 0.7");
        error.Fix.ShouldContain("eval_thresholds.json");
        GateEntry[] lax =
        [
            new() { Metric = "judge", AtLeast = 0.7 },
            new()
            {
                Metric = "target",
                Statistic = "error_rate",
                AtMost = 0.2,
            },
        ];
        Should.Throw<AssayException>(() => ThresholdFloors.Demand(catalog.Path, "qa", lax)).Message.ShouldContain("atMost: 0.1");
    }

    [Fact]
    public void A_floor_without_a_gate_is_refused()
    {
        Write(Floors);
        GateEntry[] other =
        [
            new()
            {
                Metric = "judge",
                Statistic = "difference",
                Margin = 0.03,
            },
            Errors,
        ];
        Should.Throw<AssayException>(() => ThresholdFloors.Demand(catalog.Path, "qa", other)).Message.ShouldContain("no gate for its floor 'judge mean'");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"benchmarks": null}""")]
    [InlineData("""{"benchmarks": {"qa": [{"metric": "judge"}]}}""")]
    [InlineData("""{"benchmarks": {"qa": [{"metric": "judge", "statistic": "mean", "better": "more", "fail": 1}]}}""")]
    public void A_file_that_is_wrong_is_named(string text)
    {
        Write(text);
        Should
            .Throw<AssayException>(() => ThresholdFloors.Demand(catalog.Path, "qa", [new GateEntry { Metric = "judge", AtLeast = 1 }]))
            .Message.ShouldContain(ThresholdFloors.FileName);
    }

    [Fact]
    public void A_catalog_without_floors_demands_nothing() => ThresholdFloors.Demand(catalog.Path, "qa", []);

    private void Write(string text) => File.WriteAllText(Path.Combine(catalog.Path, ThresholdFloors.FileName), text);
}
