using Assay.Catalogs;
using Assay.Evaluation.Gates;

namespace Assay.Evaluation.Tests.Gates;

public sealed class GateReadingTests
{
    [Theory]
    [InlineData("{metric: judge}", "needs `atLeast` or `atMost`")]
    [InlineData("{atLeast: 0.7}", "needs a `metric`")]
    [InlineData("{metric: jugde, atLeast: 0.7}", "no metric 'jugde'")]
    [InlineData("{metric: judge, statistic: median, atLeast: 0.7}", "no statistic 'median'")]
    [InlineData("{metric: judge, atLeast: 0.7, atMost: 0.9}", "one limit")]
    [InlineData("{metric: judge, atLeast: 0.7, margin: 0.1}", "`margin` belongs to statistic: difference")]
    [InlineData("{metric: judge, statistic: difference, atLeast: 0.7}", "has a `margin`")]
    [InlineData("{metric: judge, statistic: difference}", "needs a `margin`")]
    [InlineData("{metric: judge, statistic: difference, margin: -1}", "0 or more")]
    [InlineData("{metric: judge, atLeast: 0.7, warn: 0.6}", "on the bad side")]
    [InlineData("{metric: judge, atLeast: .nan}", "finite")]
    [InlineData("{metric: judge, statistic: rate, atLeast: 0.7}", "which cases count")]
    [InlineData("{metric: judge, statistic: rate, caseAtLeast: 0.5, atLeast: 70}", "a share lies between 0 and 1")]
    [InlineData("{metric: judge, caseAtLeast: 0.5, atLeast: 0.7}", "belong to statistic: rate")]
    [InlineData("{metric: judge, atLeast: 0.7, missingAtMost: 5}", "a share lies between 0 and 1")]
    [InlineData("{metric: cost_usd, statistic: error_rate, atMost: 0.1}", "no metric 'cost_usd' with a statistic 'error_rate'")]
    [InlineData("{metric: target, atMost: 0.1}", "no metric 'target'")]
    [InlineData("{metric: judge, statistic: run_sd, atLeast: 0.01}", "a run_sd has an upper limit")]
    [InlineData("{metric: judge, statistic: run_sd, atMost: -0.01}", "a run_sd has an upper limit")]
    [InlineData("{metric: target, statistic: run_sd, atMost: 0.01}", "no metric 'target'")]
    [InlineData("{metric: judge, atleast: 0.7}", "unknown key 'atleast'")]
    public void A_gate_that_does_not_fit_is_refused_with_its_line(string gate, string problem)
    {
        var fault = Should.Throw<AssayException>(() => Read($"- {{metric: judge, atLeast: 0.1, name: first}}\n- {gate}\n"));
        fault.Message.ShouldContain("bench.yaml:2");
        fault.Message.ShouldContain(problem);
        fault.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public void Two_gates_have_two_names() =>
        Should
            .Throw<AssayException>(() => Read("- {metric: judge, atLeast: 0.7}\n- {metric: judge, atLeast: 0.8}\n"))
            .Message.ShouldContain("bench.yaml:2: two gates are named 'judge mean'");

    [Fact]
    public void Every_key_is_read()
    {
        var gate = Read("- {name: good, metric: judge, statistic: rate, caseAtLeast: 0.5, atLeast: 0.9, warn: 0.95, missingAtMost: 0.01}\n").Single();
        gate.ShouldBe(
            new Gate("good", "judge", GateStatistic.Rate, new Threshold(ThresholdSide.AtLeast, 0.9, 0.95))
            {
                CaseThreshold = new Threshold(ThresholdSide.AtLeast, 0.5),
                MissingAtMost = 0.01,
            }
        );
    }

    private static IReadOnlyList<Gate> Read(string yaml) =>
        GateReading.Read([.. CatalogFile.Parse<List<GateEntry>>(yaml, "bench.yaml").Single()], new MadeRun("judge").Plan.Content);
}
