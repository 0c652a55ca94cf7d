using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Prices;

namespace Assay.Evaluation.Tests.Metrics.Usage;

public sealed class UsageTests
{
    private static readonly Case Asked = new("1", "?");

    private static readonly Answer Full = new("x", "m")
    {
        LatencyMs = 12.5,
        Tokens = new TokenUsage(10, 5, 1, 7, 3),
        Cost = Money.OfDollars(0.0000003m),
    };

    [Theory]
    [InlineData("latency_ms", 12.5)]
    [InlineData("input_tokens", 16)]
    [InlineData("output_tokens", 10)]
    [InlineData("cost_usd", 0.0000003)]
    public void What_an_answer_took_is_measured(string kind, double value)
    {
        Metric.Of($"kind: {kind}").Measure(Asked, Full).ShouldBe(new Measurement.Value(value));
    }

    [Theory]
    [InlineData("latency_ms")]
    [InlineData("input_tokens")]
    [InlineData("output_tokens")]
    [InlineData("cost_usd")]
    public void What_is_not_known_is_never_0(string kind)
    {
        Metric.Of($"kind: {kind}").Measure(Asked, new Answer("x", "m")).ShouldBeOfType<Measurement.NotApplicable>();
    }
}
