using System.Text.Json;

namespace Assay.Tests.Cli;

public sealed class StatsPowerTests
{
    [Fact]
    public async Task The_size_of_a_test_of_rates_is_planned_by_three_methods_the_pooled_one_first()
    {
        using var place = new CliPlace();
        var shown = (await place.CallAsync("stats", "power", "--baseline", "0.10", "--lift", "0.02", "--power", "0.8")).ShouldPass();
        // Fleiss's formula: 3841; statsmodels NormalIndPower with Cohen's h: 3834.6; Chow's: 3838.1.
        shown.Out.ShouldStartWith(
            """
            3,841 units in each arm (7,682 in all) find a rise from 10 % to 12 % in 80 % of
            cases (two-sided, alpha = 0.05).

            power of                               control   treatment      effect     power
            two rates, pooled under the null         3,841       3,841      0.0200    80.0 %
            two rates, arcsine                       3,835       3,835      0.0200    80.0 %
            two rates, unpooled                      3,839       3,839      0.0200    80.0 %

                       n     power
                     961    28.8 %  ██████████████
            """.ReplaceLineEndings("\n")
        );
        shown.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        var report = await DocumentAsync(place, "--baseline 0.10 --lift 0.02");
        report.GetProperty("request").GetProperty("question").GetString().ShouldBe("sample_size");
        report.GetProperty("plans").EnumerateArray().Select(p => p.GetProperty("control_n").GetInt32()).ShouldBe([3841, 3835, 3839]);
        report.GetProperty("plans")[0].GetProperty("outcome").GetString().ShouldBe("plan");
        var curve = report.GetProperty("curve").EnumerateArray().ToList();
        curve.Select(p => p.GetProperty("power").GetDouble()).ShouldBeInOrder();
        curve[3].GetProperty("power").GetDouble().ShouldBe(0.8, 1e-4);
    }

    [Fact]
    public async Task Units_and_effect_give_the_power()
    {
        using var place = new CliPlace();
        var report = await DocumentAsync(place, "--baseline 0.10 --lift 0.02 --n 5000");
        report.GetProperty("request").GetProperty("question").GetString().ShouldBe("power");
        report
            .GetProperty("summary")
            .GetString()
            .ShouldBe("5,000 units in each arm (10,000 in all) find a rise from 10 % to 12 % in 89.2 % of cases (two-sided, alpha = 0.05).");
    }

    [Fact]
    public async Task Units_alone_give_the_smallest_rise_and_fall()
    {
        using var place = new CliPlace();
        var report = await DocumentAsync(place, "--baseline 0.10 --n 5000");
        report.GetProperty("request").GetProperty("question").GetString().ShouldBe("detectable_effect");
        report
            .GetProperty("summary")
            .GetString()!
            .ShouldStartWith("5,000 units in each arm (10,000 in all) find a rise from 10 % to 11.7 % or a fall from 10 % to 8.38 % in 80 % of cases");
        var effects = report.GetProperty("curve").EnumerateArray().Select(p => p.GetProperty("effect").GetDouble()).ToList();
        effects.ShouldBeInOrder();
        effects[3].ShouldBe(report.GetProperty("plans")[0].GetProperty("effect").GetDouble());
        (await DocumentAsync(place, "--baseline 0.10 --n 5000 --alternative less")).GetProperty("summary").GetString()!.ShouldContain("find a fall from 10 %");
    }

    [Theory]
    // G*Power and statsmodels TTestIndPower: d 0.25 needs 252.13 per arm, 128 pairs; with twice as many in the treatment 189.5 and 379.
    [InlineData("--sd 12 --difference 3", "253 units in each arm (506 in all) find a difference of 3.00 (0.250 standard deviations) in 80 % of cases")]
    [InlineData("--effect 0.25", "253 units in each arm (506 in all) find a difference of 0.250 standard deviations in 80 % of cases")]
    [InlineData("--effect 0.25 --paired", "128 pairs find a difference of 0.250 standard deviations in 80 % of cases")]
    [InlineData("--effect 0.25 --ratio 2", "190 units in the control and 379 in the treatment (569 in all) find")]
    [InlineData(
        "--sd 4 --n 20 --alternative less",
        "20 units in each arm (40 in all) find a difference of -3.20 (-0.801 standard deviations) in 80 % of cases"
    )]
    [InlineData("--effect 0.5 --n 34 --paired", "34 pairs find a difference of 0.500 standard deviations in 80.8 % of cases")]
    public async Task Means_are_planned_in_their_unit_or_in_standard_deviations(string options, string said)
    {
        using var place = new CliPlace();
        (await DocumentAsync(place, options)).GetProperty("summary").GetString()!.ShouldStartWith(said);
        (await place.CallAsync(["stats", "power", .. options.Split(' ')])).ShouldPass().Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Theory]
    [InlineData("", "Nothing says what to plan.", "--baseline")]
    [InlineData("--n 5000", "--n alone does not say what is measured.", "--sd")]
    [InlineData("--lift 0.02", "--lift needs --baseline", "--baseline 0.1")]
    [InlineData("--baseline 0.1", "There is neither an effect nor --n.", "--n")]
    [InlineData("--sd 12", "There is neither an effect nor --n.", "--n")]
    [InlineData("--difference 3", "--difference needs --sd", "--sd 12")]
    [InlineData("--effect 0.2 --sd 3", "--effect is a difference in standard deviations already.", "--difference with --sd")]
    [InlineData("--baseline 0.1 --effect 0.2", "--baseline plans rates", "--effect")]
    [InlineData("--baseline 0.1 --lift 0.1 --paired", "--paired plans means", "--paired")]
    [InlineData("--effect 0.2 --paired --ratio 2", "Pairs have no --ratio", "--ratio")]
    [InlineData("--effect 0.2 --n 50 --power 0.8", "The effect, --n and --power are all given", "smallest effect")]
    [InlineData("--sd 0 --difference 1", "--sd is 0; it must be above 0.", "standard deviation")]
    [InlineData("--effect 0.2 --n 0", "--n is 0; it must be 1 or more.", "control")]
    [InlineData("--effect 0.2 --n 5k", "--n: '5k' is not a whole number such as 50123.", "--help")]
    [InlineData("--baseline 10 --lift 2", "baseline", "0.1 for 10 %")]
    [InlineData("--baseline 0.1 --lift 0.95", "baseline + lift is 1.05", "absolute")]
    [InlineData("--effect 0.2 --alpha 1.5", "alpha is 1.5", "0.05")]
    public async Task Options_that_are_missing_or_contradict_each_other_are_refused_with_what_to_give(string options, string said, string fix)
    {
        using var place = new CliPlace();
        var refused = await place.CallAsync(["stats", "power", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain($"error: {said}");
        refused.Error.Split("\n  fix: ")[1].ShouldContain(fix);
        refused.Out.ShouldBe("");
    }

    [Theory]
    [InlineData("--effect 0", "No plan: the effect is 0")]
    [InlineData("--sd 3 --n 1", "No plan: ")]
    [InlineData("--effect 0.2 --alternative less", "No plan: ")]
    public async Task A_plan_that_cannot_be_made_says_why_with_exit_code_3(string options, string said)
    {
        using var place = new CliPlace();
        (await place.CallAsync(["stats", "power", .. options.Split(' ')])).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldStartWith(said);
    }

    private static async Task<JsonElement> DocumentAsync(CliPlace place, string options) =>
        CliPlace.Json((await place.CallAsync(["stats", "power", .. options.Split(' '), "--json"])).ShouldPass().Out);
}
