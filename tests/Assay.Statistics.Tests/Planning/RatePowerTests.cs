using Assay.Statistics.Planning;

namespace Assay.Statistics.Tests.Planning;

public sealed class RatePowerTests
{
    // statsmodels 0.13.5 NormalIndPower, and the closed forms.
    [Theory]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.Arcsine, 3834.595739884031, 3835)]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.Unpooled, 3838.1021900967085, 3839)]
    [InlineData(0.1, 0.02, 0.8, RatePowerMethod.PooledNull, 3840.847482436276, 3841)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.Arcsine, 218215.9381662762, 218216)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.Unpooled, 218333.743793675, 218334)]
    [InlineData(0.01, 0.001, 0.9, RatePowerMethod.PooledNull, 218336.92041298677, 218337)]
    public void Sizes_are_the_published_ones(double baseline, double lift, double power, RatePowerMethod method, double size, long n)
    {
        var plan = RatePower.SampleSize(baseline, lift, power: power, method: method).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-9);
        plan.ControlN.ShouldBe(n);
        plan.TreatmentN.ShouldBe(n);
        plan.Power.ShouldBe(power, 2e-6);
        plan.Effect.ShouldBe(lift);
        plan.Baseline.ShouldBe(baseline);
        plan.Alpha.ShouldBe(0.05);
    }

    // scipy 1.10.1: stats.norm and the formulas; the arcsine root by brentq.
    [Theory]
    [InlineData(0.1, 0.02, 0.05, 0.8, 1, RatePowerMethod.Arcsine, Alternative.TwoSided, 3834.5957398771397)]
    [InlineData(0.3, -0.1, 0.01, 0.9, 2, RatePowerMethod.Arcsine, Alternative.Less, 362.8131828886522)]
    [InlineData(0.3, 0.1, 0.05, 0.8, 0.25, RatePowerMethod.Arcsine, Alternative.Greater, 699.9104405617808)]
    [InlineData(0.1, 0.02, 0.05, 0.8, 1, RatePowerMethod.PooledNull, Alternative.TwoSided, 3840.8474824362734)]
    [InlineData(0.3, -0.1, 0.01, 0.9, 2, RatePowerMethod.PooledNull, Alternative.Less, 359.1805007636993)]
    [InlineData(0.3, 0.1, 0.05, 0.8, 0.25, RatePowerMethod.PooledNull, Alternative.Greater, 689.6159343134406)]
    [InlineData(0.1, 0.02, 0.05, 0.8, 1, RatePowerMethod.Unpooled, Alternative.TwoSided, 3838.102190096705)]
    [InlineData(0.3, -0.1, 0.01, 0.9, 2, RatePowerMethod.Unpooled, Alternative.Less, 377.49121261866725)]
    [InlineData(0.3, 0.1, 0.05, 0.8, 0.25, RatePowerMethod.Unpooled, Alternative.Greater, 723.3591961463128)]
    public void Sizes_hold_for_unequal_arms_and_one_sided_claims(
        double baseline,
        double lift,
        double alpha,
        double power,
        double ratio,
        RatePowerMethod method,
        Alternative alternative,
        double size
    )
    {
        var plan = RatePower.SampleSize(baseline, lift, alpha, power, ratio, method, alternative).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-10);
        plan.TreatmentN.ShouldBe((long)Math.Ceiling(size * ratio));
        plan.Alternative.ShouldBe(alternative);
        plan.Power.ShouldBe(power, 2e-6);
    }

    [Theory]
    [InlineData(0.05, 0.01, 5000, 0.05, 1, RatePowerMethod.Arcsine, Alternative.TwoSided, 0.593067774137857)]
    [InlineData(0.2, -0.05, 300, 0.05, 2.5, RatePowerMethod.Arcsine, Alternative.TwoSided, 0.4884030836681664)]
    [InlineData(0.2, -0.05, 300, 0.01, 0.5, RatePowerMethod.Arcsine, Alternative.Less, 0.15687513957471166)]
    [InlineData(0.2, 0.05, 300, 0.05, 2.5, RatePowerMethod.Arcsine, Alternative.Greater, 0.5439288668384231)]
    [InlineData(0.2, 0.05, 300, 0.05, 1, RatePowerMethod.Arcsine, Alternative.Less, 0.0009248784701599254)]
    [InlineData(0.3, 0, 10, 0.05, 1, RatePowerMethod.Arcsine, Alternative.TwoSided, 0.05)]
    [InlineData(0.05, 0.01, 5000, 0.05, 1, RatePowerMethod.PooledNull, Alternative.TwoSided, 0.5922382906747239)]
    [InlineData(0.2, -0.05, 300, 0.05, 2.5, RatePowerMethod.PooledNull, Alternative.TwoSided, 0.5059337932919912)]
    [InlineData(0.2, -0.05, 300, 0.01, 0.5, RatePowerMethod.PooledNull, Alternative.Less, 0.1409893004745415)]
    [InlineData(0.2, 0.05, 300, 0.05, 2.5, RatePowerMethod.PooledNull, Alternative.Greater, 0.5328517257840255)]
    [InlineData(0.2, 0.05, 300, 0.05, 1, RatePowerMethod.PooledNull, Alternative.Less, 0.0009137692312616463)]
    [InlineData(0.3, 0, 10, 0.05, 1, RatePowerMethod.PooledNull, Alternative.TwoSided, 0.05)]
    [InlineData(0.05, 0.01, 5000, 0.05, 1, RatePowerMethod.Unpooled, Alternative.TwoSided, 0.592421383333541)]
    [InlineData(0.2, -0.05, 300, 0.05, 2.5, RatePowerMethod.Unpooled, Alternative.TwoSided, 0.47031666742066436)]
    [InlineData(0.2, -0.05, 300, 0.01, 0.5, RatePowerMethod.Unpooled, Alternative.Less, 0.16304604963013208)]
    [InlineData(0.2, 0.05, 300, 0.05, 2.5, RatePowerMethod.Unpooled, Alternative.Greater, 0.556310064115119)]
    [InlineData(0.2, 0.05, 300, 0.05, 1, RatePowerMethod.Unpooled, Alternative.Less, 0.0009229727314955589)]
    [InlineData(0.3, 0, 10, 0.05, 1, RatePowerMethod.Unpooled, Alternative.TwoSided, 0.05)]
    public void Powers_are_those_of_the_formulas(
        double baseline,
        double lift,
        double size,
        double alpha,
        double ratio,
        RatePowerMethod method,
        Alternative alternative,
        double power
    )
    {
        var plan = RatePower.Power(baseline, lift, size, alpha, ratio, method, alternative).ShouldBeOfType<PowerPlan>();

        plan.Power.ShouldBe(power, 1e-12);
        plan.ControlSize.ShouldBe(size);
        plan.Baseline.ShouldBe(baseline);
    }

    [Theory]
    [InlineData(0.1, 3841, 0.05, 0.8, 1, RatePowerMethod.Arcsine, 0.019982659855094596, -0.01834846297754681)]
    [InlineData(0.01, 5000, 0.05, 0.9, 0.5, RatePowerMethod.Arcsine, 0.00943573849748276, -0.006348179816189315)]
    [InlineData(0.1, 3841, 0.05, 0.8, 1, RatePowerMethod.PooledNull, 0.019999561330111167, -0.018366976964550006)]
    [InlineData(0.01, 5000, 0.05, 0.9, 0.5, RatePowerMethod.PooledNull, 0.009440115191667023, -0.006570686924415691)]
    [InlineData(0.1, 3841, 0.05, 0.8, 1, RatePowerMethod.Unpooled, 0.019992123756930845, -0.018360703912964797)]
    [InlineData(0.01, 5000, 0.05, 0.9, 0.5, RatePowerMethod.Unpooled, 0.010196923704731744, -0.0060952544796639575)]
    public void Detectable_lifts_have_the_wanted_power(
        double baseline,
        double size,
        double alpha,
        double power,
        double ratio,
        RatePowerMethod method,
        double rise,
        double fall
    )
    {
        var lift = RatePower.DetectableEffect(baseline, size, alpha, power, ratio, method);

        lift.Rise.ShouldBeOfType<PowerPlan>().Effect.ShouldBe(rise, rise * 1e-11);
        lift.Fall.ShouldBeOfType<PowerPlan>().Effect.ShouldBe(fall, -fall * 1e-11);
        lift.Rise.ShouldBeOfType<PowerPlan>().Power.ShouldBe(power, 1e-12);
        lift.Fall.ShouldBeOfType<PowerPlan>().Baseline.ShouldBe(baseline);
    }

    [Fact]
    public void A_one_sided_claim_has_one_detectable_lift()
    {
        var greater = RatePower.DetectableEffect(0.2, 1000, alternative: Alternative.Greater);
        var less = RatePower.DetectableEffect(0.2, 1000, alternative: Alternative.Less);

        greater.Fall.ShouldBeNull();
        less.Rise.ShouldBeNull();
        Lift(greater.Rise).ShouldBeGreaterThan(0);
        Lift(less.Fall).ShouldBeLessThan(0);
        RatePower.Power(0.2, Lift(greater.Rise), 1000, alternative: Alternative.Greater).ShouldBeOfType<PowerPlan>().Power.ShouldBe(0.8, 1e-12);
        RatePower.Power(0.2, Lift(less.Fall), 1000, alternative: Alternative.Less).ShouldBeOfType<PowerPlan>().Power.ShouldBe(0.8, 1e-12);
    }

    [Fact]
    public void A_fall_that_no_rate_reaches_is_not_computable()
    {
        var lift = RatePower.DetectableEffect(0.01, 100);

        lift.Fall.ShouldNotBeNull().Reason().ShouldBe("100 units in the control find not even a rate of 0 % with a power of 0.8");
        Lift(lift.Rise).ShouldBe(0.08966714426308657, 1e-12);
        RatePower
            .DetectableEffect(0.99, 100)
            .Rise.ShouldNotBeNull()
            .Reason()
            .ShouldBe("100 units in the control find not even a rate of 100 % with a power of 0.8");
    }

    // mpmath 1.2.1, 40 digits, for the doubles 0.3 and 1e-7.
    [Fact]
    public void Near_rates_keep_the_digits_of_the_arcsine_difference() =>
        RatePower.SampleSize(0.3, 1e-7, method: RatePowerMethod.Arcsine).ShouldBeOfType<PowerPlan>().ControlSize.ShouldBe(329652172787136.403, 1000);

    [Fact]
    public void A_lift_too_small_for_any_experiment_says_so()
    {
        RatePower.SampleSize(0.3, 1e-8).Reason().ShouldBe("a lift of 1E-08 needs more than 1000000000000000 units in an arm");
        RatePower.SampleSize(0.3, 1e-7, ratio: 9).Reason().ShouldStartWith("a lift of 1E-07 needs more than ");
        RatePower.SampleSize(0.3, 1e-7, ratio: 1).ShouldBeOfType<PowerPlan>();
    }

    [Theory]
    [InlineData("Power of two rates, arcsine", RatePowerMethod.Arcsine)]
    [InlineData("Power of two rates, pooled under the null", RatePowerMethod.PooledNull)]
    [InlineData("Power of two rates, unpooled", RatePowerMethod.Unpooled)]
    public void Each_method_has_its_name(string name, RatePowerMethod method)
    {
        RatePower.Power(0.1, 0.1, 100, method: method).Method.ShouldBe(name);
        RatePower.DetectableEffect(0.1, 100, method: method).Rise.ShouldNotBeNull().Method.ShouldBe(name);
    }

    [Fact]
    public void No_lift_and_no_power_have_no_size()
    {
        RatePower.SampleSize(0.1, 0).Reason().ShouldBe("the effect is 0; no number of units finds it more often than alpha");
        RatePower.SampleSize(0.1, 0.1, power: 0.05).Reason().ShouldStartWith("a power of 0.05 is not above alpha");
        RatePower.SampleSize(0.1, -0.05, alternative: Alternative.Greater).Reason().ShouldStartWith("an effect of -0.05 is on the other side");
        RatePower.DetectableEffect(0.1, 100, power: 0.01).Rise.ShouldNotBeNull().Reason().ShouldStartWith("a power of 0.01 is not above alpha");
    }

    [Fact]
    public void A_pooled_error_far_below_the_arms_own_has_power_at_any_size()
    {
        // √(p̄(1 − p̄)(1 + 1/r)) is a quarter of the arms' own error, and 0.25·z(0.6) + z(0.45) is below 0.
        RatePower
            .SampleSize(0.01, 0.49, alpha: 0.4, power: 0.45, ratio: 0.01, alternative: Alternative.Greater)
            .Reason()
            .ShouldBe("with arms so unequal the test has a power of 0.45 at any size");
    }

    [Fact]
    public void An_empty_arm_has_no_rate()
    {
        RatePower.Power(0.1, 0.1, 0.5).Reason().ShouldBe("the control has 0.5 units and the treatment 0.5; a rate needs 1 in each");
        RatePower.Power(0.1, 0.1, 5, ratio: 0.1).Reason().ShouldBe("the control has 5 units and the treatment 0.5; a rate needs 1 in each");
        RatePower.DetectableEffect(0.1, 0).Fall.ShouldNotBeNull().Reason().ShouldStartWith("the control has 0 units");
        RatePower.Power(0.1, 0.1, 1).ShouldBeOfType<PowerPlan>();
    }

    [Theory]
    [InlineData(0.9, 0.1)]
    [InlineData(0.1, -0.1)]
    [InlineData(0.5, 0.6)]
    [InlineData(0.5, -0.6)]
    public void A_lift_leaves_a_rate(double baseline, double lift)
    {
        Should.Throw<AssayException>(() => RatePower.SampleSize(baseline, lift)).Message.ShouldStartWith("baseline + lift is ");
        Should.Throw<AssayException>(() => RatePower.Power(baseline, lift, 100)).Message.ShouldStartWith("baseline + lift is ");
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Should.Throw<AssayException>(() => RatePower.SampleSize(0, 0.1)).Message.ShouldStartWith("baseline is ");
        Should.Throw<AssayException>(() => RatePower.Power(1, -0.1, 10)).Message.ShouldStartWith("baseline is ");
        Should.Throw<AssayException>(() => RatePower.DetectableEffect(double.NaN, 10)).Message.ShouldStartWith("baseline is ");
        Should.Throw<AssayException>(() => RatePower.SampleSize(0.5, double.NaN)).Message.ShouldStartWith("The lift is ");
        Should.Throw<AssayException>(() => RatePower.SampleSize(0.5, 0.1, ratio: 0)).Message.ShouldStartWith("The ratio is ");
        Should.Throw<AssayException>(() => RatePower.SampleSize(0.5, 0.1, alpha: 0)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => RatePower.SampleSize(0.5, 0.1, power: 0)).Message.ShouldStartWith("power is ");
        Should.Throw<AssayException>(() => RatePower.Power(0.5, 0.1, double.NaN)).Message.ShouldStartWith("The size is ");
        Should.Throw<AssayException>(() => RatePower.Power(0.5, 0.1, 1.1e15)).Message.ShouldStartWith("A control of 1100000000000000 with 1 treatment units");
        Should.Throw<AssayException>(() => RatePower.Power(0.5, 0.1, 1e14, ratio: 11)).Message.ShouldStartWith("A control of ");
    }

    private static double Lift(StatisticResult? plan) => plan.ShouldBeOfType<PowerPlan>().Effect;
}
