using Assay.Evaluation.Gates;

namespace Assay.Evaluation.Tests.Gates;

public sealed class RateGateTests
{
    private static readonly GateEntry NineInTen = new()
    {
        Metric = "judge",
        Statistic = "rate",
        CaseAtLeast = 0.5,
        AtLeast = 0.9,
    };

    [Fact]
    public void A_rate_is_decided_by_the_exact_binomial_bound()
    {
        var gate = new MadeRun("judge").Cases(Values(good: 97, bad: 3)).Gate(NineInTen);
        gate.Verdict.ShouldBe(Verdict.Pass);
        gate.Estimate!.Value.ShouldBe(0.97);
        // Clopper-Pearson, one-sided 95 %: 0.924 (R: binom.test(97, 100, alternative = "greater")).
        gate.Interval!.Value.Low!.Value.ShouldBe(0.9242, 0.0002);
    }

    [Fact]
    public void A_rate_near_its_limit_is_inconclusive_with_the_cases_that_decide_it()
    {
        var gate = new MadeRun("judge").Cases(Values(good: 94, bad: 6)).Gate(NineInTen);
        gate.Verdict.ShouldBe(Verdict.Inconclusive);
        gate.NeededCases!.Value.ShouldBeInRange(180, 320);
    }

    [Fact]
    public void A_low_rate_fails() => new MadeRun("judge").Cases(Values(good: 80, bad: 20)).Gate(NineInTen).Verdict.ShouldBe(Verdict.Fail);

    [Fact]
    public void All_good_passes_only_when_chance_is_ruled_out()
    {
        // 0.9^29 = 0.047, but fewer than 30 cases never decide; 0.95^58 = 0.051, 0.95^59 = 0.048.
        var strict = new GateEntry
        {
            Metric = "judge",
            Statistic = "rate",
            CaseAtLeast = 0.5,
            AtLeast = 0.95,
        };
        new MadeRun("judge").Cases(Values(58, 0)).Gate(strict).Verdict.ShouldBe(Verdict.Inconclusive);
        new MadeRun("judge").Cases(Values(59, 0)).Gate(strict).Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public void The_share_of_bad_cases_may_be_bounded_from_above()
    {
        var gate = new GateEntry
        {
            Metric = "judge",
            Statistic = "rate",
            CaseAtMost = 0.2,
            AtMost = 0.1,
        };
        new MadeRun("judge").Cases(Values(good: 97, bad: 3)).Gate(gate).Verdict.ShouldBe(Verdict.Pass);
        new MadeRun("judge").Cases(Values(good: 80, bad: 20)).Gate(gate).Verdict.ShouldBe(Verdict.Fail);
    }

    private static IEnumerable<double> Values(int good, int bad) => Enumerable.Repeat(0.8, good).Concat(Enumerable.Repeat(0.2, bad));
}
