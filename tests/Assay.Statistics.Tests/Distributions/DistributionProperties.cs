using Assay.Statistics.Distributions;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>What holds at any point: tails that add up to 1, that are ordered, and quantiles that lead back.</summary>
public sealed class DistributionProperties
{
    // 10^-2 … 10^6, evenly in the exponent, in steps that keep failures readable.
    private static readonly Gen<double> Shape = Gen.Choose(-200, 600).Select(n => Math.Pow(10, n / 100.0));

    private static readonly Gen<double> Share = Gen.Choose(1, 9999).Select(n => n / 10000.0);

    [Fact]
    public void Tails_add_up_to_1() =>
        ForAll(
            (a, b, p) =>
            {
                AddsUp(GammaDistribution.LogLower(a * 2 * p, a), GammaDistribution.LogUpper(a * 2 * p, a));
                AddsUp(Beta.LogLower(p, a, b), Beta.LogUpper(p, a, b));
                AddsUp(FisherF.LogLower(2 * p, a, b), FisherF.LogUpper(2 * p, a, b));
                AddsUp(StudentT.LogLower(p * 5, a), StudentT.LogUpper(p * 5, a));
                AddsUp(Normal.LogLower(p * 5), Normal.LogUpper(p * 5));
            }
        );

    [Fact]
    public void Tails_fall_and_rise_with_the_point() =>
        ForAll(
            (a, b, p) =>
            {
                var next = p + 1e-5;
                GammaDistribution.LogLower(a * 2 * p, a).ShouldBeLessThanOrEqualTo(GammaDistribution.LogLower(a * 2 * next, a));
                Beta.LogUpper(p, a, b).ShouldBeGreaterThanOrEqualTo(Beta.LogUpper(next, a, b));
                StudentT.LogUpper(p * 5, a).ShouldBeGreaterThanOrEqualTo(StudentT.LogUpper(next * 5, a));
            }
        );

    [Fact]
    public void Quantiles_lead_back() =>
        ForAll(
            (a, b, p) =>
            {
                LeadsBack(p, GammaDistribution.LogLower(GammaDistribution.Quantile(p, a + 0.1), a + 0.1));
                LeadsBack(p, GammaDistribution.LogUpper(GammaDistribution.UpperQuantile(p, a + 0.1), a + 0.1));
                LeadsBack(p, FisherF.LogUpper(FisherF.UpperQuantile(p, a + 0.1, b + 0.1), a + 0.1, b + 0.1));
                LeadsBack(p, StudentT.LogUpper(StudentT.UpperQuantile(p, a + 0.1), a + 0.1));
                LeadsBack(p, Normal.LogUpper(Normal.UpperQuantile(p)));
            }
        );

    [Fact]
    public void A_quantile_of_counts_is_the_first_that_reaches_the_level() =>
        ForAll(
            (a, b, p) =>
            {
                var trials = (long)(a * 10) + 1;
                var rate = b / (b + 30);
                var k = Binomial.Quantile(p, trials, rate);
                Math.Exp(Binomial.LogLower(k, trials, rate)).ShouldBeGreaterThanOrEqualTo(p - 1e-14);
                Math.Exp(Binomial.LogLower(k - 1, trials, rate)).ShouldBeLessThan(p + 1e-14);
                var upper = Binomial.UpperQuantile(p, trials, rate);
                Math.Exp(Binomial.LogUpper(upper, trials, rate)).ShouldBeLessThanOrEqualTo(p + 1e-14);
                (upper == 0 || Math.Exp(Binomial.LogUpper(upper - 1, trials, rate)) > p - 1e-14).ShouldBeTrue();
                var count = Poisson.Quantile(p, a);
                Math.Exp(Poisson.LogLower(count, a)).ShouldBeGreaterThanOrEqualTo(p - 1e-14);
                Math.Exp(Poisson.LogLower(count - 1, a)).ShouldBeLessThan(p + 1e-14);
                Poisson.UpperQuantile(1 - p, a).ShouldBeInRange(count - 1, count + 1);
            }
        );

    [Fact]
    public void Masses_of_counts_add_up_to_their_tails() =>
        ForAll(
            (a, b, p) =>
            {
                var trials = (long)Math.Min(a, 300) + 2;
                var k = (long)(p * trials);
                var sum = 0.0;
                for (var i = 0L; i <= k; i++)
                {
                    sum += Math.Exp(Binomial.LogMass(i, trials, b / (b + 30)));
                }

                Math.Exp(Binomial.LogLower(k, trials, b / (b + 30))).ShouldBe(sum, 1e-13 * Math.Max(1, sum));
                var successes = trials / 2;
                var total = 0.0;
                for (var i = 0L; i <= k; i++)
                {
                    total += Math.Exp(Hypergeometric.LogMass(i, successes, trials, 3 * trials));
                }

                Math.Exp(Hypergeometric.LogLower(k, successes, trials, 3 * trials)).ShouldBe(total, 1e-13);
            }
        );

    private static void ForAll(Action<double, double, double> check) =>
        Prop.ForAll(Shape.Zip(Shape).Zip(Share).Select(t => (A: t.Item1.Item1, B: t.Item1.Item2, P: t.Item2)).ToArbitrary(), t => check(t.A, t.B, t.P)).Holds();

    private static void AddsUp(double logLower, double logUpper) => (Math.Exp(logLower) + Math.Exp(logUpper)).ShouldBe(1, 1e-13);

    private static void LeadsBack(double p, double log) => Math.Exp(log).ShouldBe(p, 1e-9 * p);
}
