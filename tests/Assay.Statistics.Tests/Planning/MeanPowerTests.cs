using Assay.Statistics.Planning;
using Assay.Statistics.Samples;

namespace Assay.Statistics.Tests.Planning;

public sealed class MeanPowerTests
{
    // statsmodels 0.13.5 TTestIndPower; its own root is good to about 1e-7.
    [Theory]
    [InlineData(0.5, 0.05, 0.8, 1, 63.765610587854056, 64, 64)]
    [InlineData(0.02, 0.01, 0.9, 1, 74398.59457562679, 74399, 74399)]
    [InlineData(0.4, 0.05, 0.8, 3, 65.89080893087295, 66, 198)]
    public void Sizes_are_those_of_statsmodels(double effect, double alpha, double power, double ratio, double size, long control, long treatment)
    {
        var plan = MeanPower.SampleSize(effect, alpha, power, ratio).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-6);
        plan.ControlN.ShouldBe(control);
        plan.TreatmentN.ShouldBe(treatment);
        plan.Power.ShouldBe(power, 1e-12);
        plan.Effect.ShouldBe(effect);
        plan.Alpha.ShouldBe(alpha);
        plan.Ratio.ShouldBe(ratio);
        plan.Baseline.ShouldBeNull();
        plan.Alternative.ShouldBe(Alternative.TwoSided);
        plan.Method.ShouldBe("Power of the two-sample t test");
    }

    // mpmath 1.2.1, 30 digits: the noncentral t by quadrature, the root by secants (scipy's nct is good to about 1e-8 here).
    [Theory]
    [InlineData(0.5, 0.05, 0.8, 1, Alternative.TwoSided, 63.765610190952237)]
    [InlineData(-0.5, 0.05, 0.8, 1, Alternative.TwoSided, 63.765610190952237)]
    [InlineData(0.5, 0.05, 0.8, 1, Alternative.Greater, 50.150783386861121)]
    [InlineData(-0.5, 0.05, 0.8, 1, Alternative.Less, 50.150783386861121)]
    [InlineData(0.02, 0.01, 0.9, 1, Alternative.TwoSided, 74398.594575550672)]
    [InlineData(0.4, 0.05, 0.8, 3, Alternative.TwoSided, 65.890806687059132)]
    [InlineData(0.4, 0.05, 0.8, 0.25, Alternative.TwoSided, 246.82290695270022)]
    [InlineData(1.5, 0.05, 0.9, 1, Alternative.Greater, 8.3863246714184088)]
    [InlineData(2.5, 0.05, 0.8, 1, Alternative.TwoSided, 3.7618131295660913)]
    [InlineData(0.2, 0.05, 0.1, 1, Alternative.TwoSided, 22.265567151960972)]
    public void Sizes_solve_the_noncentral_t(double effect, double alpha, double power, double ratio, Alternative alternative, double size)
    {
        var plan = MeanPower.SampleSize(effect, alpha, power, ratio, alternative).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(size, size * 1e-11);
        plan.Alternative.ShouldBe(alternative);
    }

    [Theory]
    [InlineData(0.3, 50, 0.05, 1, Alternative.TwoSided, 0.31780220491946204)]
    [InlineData(0, 50, 0.05, 1, Alternative.TwoSided, 0.05)]
    [InlineData(0.3, 50, 0.05, 1, Alternative.Greater, 0.43832544490474746)]
    [InlineData(0.3, 50, 0.05, 1, Alternative.Less, 0.0008605085606915109)]
    [InlineData(-0.3, 50, 0.05, 1, Alternative.Less, 0.43832544490474746)]
    [InlineData(0.5, 10, 0.01, 2, Alternative.TwoSided, 0.087049574246222478)]
    [InlineData(1, 2, 0.05, 1, Alternative.TwoSided, 0.095201755497883903)]
    [InlineData(0.1, 63.765610587854056, 0.05, 1, Alternative.TwoSided, 0.086675648001821321)]
    public void Powers_are_those_of_the_noncentral_t(double effect, double size, double alpha, double ratio, Alternative alternative, double power)
    {
        var plan = MeanPower.Power(effect, size, alpha, ratio, alternative).ShouldBeOfType<PowerPlan>();

        plan.Power.ShouldBe(power, power * 1e-11);
        plan.ControlSize.ShouldBe(size);
        plan.ControlN.ShouldBe((long)Math.Ceiling(size));
    }

    [Theory]
    [InlineData(400, 0.05, 0.8, 1, Alternative.TwoSided, 0.19834055280282573)]
    [InlineData(400, 0.05, 0.8, 1, Alternative.Less, -0.17596954427054727)]
    [InlineData(30, 0.01, 0.9, 3, Alternative.Greater, 0.76947319297141356)]
    [InlineData(2, 0.05, 0.8, 1, Alternative.TwoSided, 5.6534892661971289)]
    public void Detectable_effects_solve_the_noncentral_t(double size, double alpha, double power, double ratio, Alternative alternative, double effect)
    {
        var plan = MeanPower.DetectableEffect(size, alpha, power, ratio, alternative).ShouldBeOfType<PowerPlan>();

        plan.Effect.ShouldBe(effect, Math.Abs(effect) * 1e-11);
        plan.Power.ShouldBe(power, 1e-12);
        plan.ControlSize.ShouldBe(size);
    }

    [Fact]
    public void Size_power_and_effect_answer_one_another()
    {
        var size = MeanPower.SampleSize(0.37, 0.02, 0.85, 1.7).ShouldBeOfType<PowerPlan>().ControlSize;

        MeanPower.Power(0.37, size, 0.02, 1.7).ShouldBeOfType<PowerPlan>().Power.ShouldBe(0.85, 1e-12);
        MeanPower.DetectableEffect(size, 0.02, 0.85, 1.7).ShouldBeOfType<PowerPlan>().Effect.ShouldBe(0.37, 1e-11);
    }

    [Fact]
    public void An_effect_that_two_per_arm_find_still_needs_two()
    {
        var plan = MeanPower.SampleSize(20).ShouldBeOfType<PowerPlan>();

        plan.ControlSize.ShouldBe(2);
        plan.Power.ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void A_small_treatment_arm_needs_two_as_well()
    {
        var plan = MeanPower.SampleSize(20, ratio: 0.1).ShouldBeOfType<PowerPlan>();

        plan.ControlN.ShouldBe(20);
        plan.TreatmentN.ShouldBe(2);
    }

    [Fact]
    public void Rounding_noise_buys_no_unit()
    {
        // 10 · 0.7 and 3 · 1.1 are above 7 and 3.3 by a last digit.
        MeanPower.Power(1, 10, ratio: 0.7).ShouldBeOfType<PowerPlan>().TreatmentN.ShouldBe(7);
        MeanPower.Power(1, 30, ratio: 1.1).ShouldBeOfType<PowerPlan>().TreatmentN.ShouldBe(33);
    }

    [Fact]
    public void An_effect_of_nothing_is_never_found()
    {
        MeanPower.SampleSize(0).Reason().ShouldBe("the effect is 0; no number of units finds it more often than alpha");
        MeanPower.Power(0, 100).ShouldBeOfType<PowerPlan>().Power.ShouldBe(0.05, 1e-12);
    }

    [Fact]
    public void A_power_of_alpha_is_no_power()
    {
        MeanPower
            .SampleSize(0.5, alpha: 0.05, power: 0.05)
            .Reason()
            .ShouldBe("a power of 0.05 is not above alpha (0.05): even no effect at all is called significant that often");
        MeanPower.DetectableEffect(100, alpha: 0.05, power: 0.04).Reason().ShouldStartWith("a power of 0.04 is not above alpha");
        MeanPower.SampleSize(0.5, alpha: 0.05, power: 0.0501).ShouldBeOfType<PowerPlan>();
    }

    [Theory]
    [InlineData(-0.2, Alternative.Greater)]
    [InlineData(0.2, Alternative.Less)]
    public void An_effect_on_the_other_side_is_never_found(double effect, Alternative alternative) =>
        MeanPower
            .SampleSize(effect, alternative: alternative)
            .Reason()
            .ShouldBe(FormattableString.Invariant($"an effect of {effect} is on the other side of what the alternative '{alternative}' looks for"));

    [Fact]
    public void An_effect_too_small_for_any_experiment_says_so() =>
        MeanPower.SampleSize(1e-8).Reason().ShouldBe("an effect of 1E-08 needs more than 1000000000000000 units in an arm");

    [Fact]
    public void One_unit_has_no_variance()
    {
        MeanPower.Power(0.5, 1.9).Reason().ShouldBe("the control has 1.9 units and the treatment 1.9; a variance needs 2 in each");
        MeanPower.Power(0.5, 3, ratio: 0.5).Reason().ShouldBe("the control has 3 units and the treatment 1.5; a variance needs 2 in each");
        MeanPower.DetectableEffect(1).Reason().ShouldBe("the control has 1 units and the treatment 1; a variance needs 2 in each");
        MeanPower.Power(0.5, 4, ratio: 0.5).ShouldBeOfType<PowerPlan>();
    }

    [Fact]
    public void An_alpha_beyond_reach_has_no_detectable_effect() =>
        MeanPower.DetectableEffect(2, alpha: 1e-40).Reason().ShouldBe("no effect has a power of 0.8 at alpha 1E-40 with so few units");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_ratio_is_above_zero(double ratio)
    {
        Should.Throw<AssayException>(() => MeanPower.SampleSize(0.5, ratio: ratio)).Message.ShouldStartWith("The ratio is ");
        Should.Throw<AssayException>(() => MeanPower.Power(0.5, 10, ratio: ratio));
        Should.Throw<AssayException>(() => MeanPower.DetectableEffect(10, ratio: ratio));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Should.Throw<AssayException>(() => MeanPower.SampleSize(double.NaN)).Message.ShouldBe("The effect is NaN; it must be a finite number.");
        Should.Throw<AssayException>(() => MeanPower.Power(double.PositiveInfinity, 10)).Message.ShouldStartWith("The effect is ");
        Should.Throw<AssayException>(() => MeanPower.Power(0.5, double.NaN)).Message.ShouldStartWith("The size is ");
        Should.Throw<AssayException>(() => MeanPower.DetectableEffect(double.PositiveInfinity)).Message.ShouldStartWith("The size is ");
        Should.Throw<AssayException>(() => MeanPower.SampleSize(0.5, alpha: 0)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => MeanPower.Power(0.5, 10, alpha: 1)).Message.ShouldStartWith("alpha is ");
        Should.Throw<AssayException>(() => MeanPower.SampleSize(0.5, power: 1)).Message.ShouldStartWith("power is ");
        Should.Throw<AssayException>(() => MeanPower.DetectableEffect(10, power: 0)).Message.ShouldStartWith("power is ");
    }

    // mpmath 1.2.1, 30 digits: the noncentral t by quadrature with Welch's degrees of freedom 127.42 and 9.
    [Theory]
    [InlineData(50, 2, 80, 3, 0.05, 0.8, Alternative.TwoSided, 1.2385504494310228)]
    [InlineData(50, 2, 80, 3, 0.05, 0.8, Alternative.Less, -1.0967751605161459)]
    [InlineData(10, 1, 10, 0, 0.01, 0.9, Alternative.Greater, 1.35405396807945)]
    public void What_the_data_could_have_shown_has_the_metrics_unit(
        long control,
        double controlSd,
        long treatment,
        double treatmentSd,
        double alpha,
        double power,
        Alternative alternative,
        double difference
    )
    {
        var plan = MeanPower
            .DetectableDifference(Moments.FromSummary(control, 100, controlSd), Moments.FromSummary(treatment, 200, treatmentSd), alpha, power, alternative)
            .ShouldBeOfType<PowerPlan>();

        plan.Effect.ShouldBe(difference, Math.Abs(difference) * 1e-11);
        plan.Power.ShouldBe(power, 1e-12);
        plan.ControlN.ShouldBe(control);
        plan.TreatmentN.ShouldBe(treatment);
        plan.ControlSize.ShouldBe(control);
        plan.Ratio.ShouldBe((double)treatment / control);
        plan.Alternative.ShouldBe(alternative);
        plan.Method.ShouldBe("Power of Welch's t test");
    }

    [Fact]
    public void Data_without_variance_could_have_shown_nothing()
    {
        var two = Moments.Of([1, 2]);
        var one = Moments.Of([1]);
        var equal = Moments.Of([3, 3, 3]);

        MeanPower.DetectableDifference(one, two).Reason().ShouldBe("the control has 1 value; a variance needs 2");
        MeanPower.DetectableDifference(two, one).Reason().ShouldBe("the treatment has 1 value; a variance needs 2");
        MeanPower.DetectableDifference(equal, equal).Reason().ShouldBe("both arms have no variance");
        MeanPower.DetectableDifference(two, two, power: 0.01).Reason().ShouldStartWith("a power of 0.01 is not above alpha");
        MeanPower.DetectableDifference(two, two, alpha: 1e-40).Reason().ShouldBe("no difference has a power of 0.8 at alpha 1E-40 with so few values");
        Should.Throw<AssayException>(() => MeanPower.DetectableDifference(two, two, alpha: 2));
        Should.Throw<AssayException>(() => MeanPower.DetectableDifference(two, two, power: 2));
    }

    [Fact]
    public void Variances_beyond_a_double_give_no_plan() =>
        MeanPower
            .DetectableDifference(Moments.Of([-1e300, 1e300]), Moments.Of([-1e300, 1e300]))
            .Reason()
            .ShouldStartWith("the arithmetic left the range of a double");
}
