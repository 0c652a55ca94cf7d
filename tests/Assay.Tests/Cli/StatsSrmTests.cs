using System.Text.Json;

namespace Assay.Tests.Cli;

public sealed class StatsSrmTests
{
    [Fact]
    public async Task Shares_as_planned_pass()
    {
        using var place = new CliPlace();
        var ended = (await place.RunAsync("stats", "srm", "50123", "49877", "--weights", "0.5", "0.5")).ShouldPass();
        // scipy chisquare: 0.60516, p = 0.43661599744396395.
        ended.Out.ShouldBe(
            """
            No mismatch: chance explains these shares (p = 0.437, alarm at 0.001).

            arm           observed          expected        difference      share    planned
            1               50,123            50,000              +123    50.12 %    50.00 %
            2               49,877            50,000              -123    49.88 %    50.00 %

            χ² = 0.605, 1 df, p = 0.437
            Sample ratio mismatch, Pearson's χ² test of given shares (Pearson, Philosophical
            Magazine 50, 1900; Fabijan et al., KDD 2019)

            """.ReplaceLineEndings("\n")
        );
        var report = Document(await place.CallAsync("stats", "srm", "50123", "49877", "--json"), ExitCode.Pass);
        report.GetProperty("verdict").GetString().ShouldBe("pass");
        report.GetProperty("result").GetProperty("statistic").GetDouble().ShouldBe(0.60516, 1e-9);
        report.GetProperty("result").GetProperty("p").GetProperty("value").GetDouble().ShouldBe(0.43661599744396395, 1e-12);
    }

    [Theory]
    [InlineData("505000 495000", "p = 1.5e-23")]
    [InlineData("8000 1003 985 --weights 0.7 0.15 0.15", "p = ")]
    [InlineData("1000000000000 900000000000", "p = 3.2e-1142880221")]
    public async Task A_mismatch_fails_however_small_its_p(string options, string said)
    {
        using var place = new CliPlace();
        var ended = await place.CallAsync(["stats", "srm", .. options.Split(' ')]);
        ended.ShouldEndWith(ExitCode.Fail).Out.ShouldStartWith("Mismatch: ");
        ended.Out.ShouldContain(said);
        ended.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Fact]
    public async Task The_alarm_is_at_a_thousandth_unless_said_otherwise()
    {
        using var place = new CliPlace();
        // scipy chisquare: 8.1, p = 0.0044.
        (await place.CallAsync("stats", "srm", "5450", "5150")).ShouldEndWith(ExitCode.Pass);
        (await place.CallAsync("stats", "srm", "5450", "5150", "--alpha", "0.01")).ShouldEndWith(ExitCode.Fail).Out.ShouldContain("alarm at 0.01");
    }

    [Fact]
    public async Task Weights_need_not_sum_to_1_and_an_arm_of_weight_0_does_not_count()
    {
        using var place = new CliPlace();
        var report = Document(await place.CallAsync("stats", "srm", "1000", "1010", "0", "--weights", "30", "30", "0", "--json"), ExitCode.Pass);
        report.GetProperty("result").GetProperty("degrees_of_freedom").GetDouble().ShouldBe(1);
        report.GetProperty("result").GetProperty("statistic").GetDouble().ShouldBe(0.04975124378109453, 1e-12);
        report.GetProperty("arms")[2].TryGetProperty("expected", out _).ShouldBeFalse();
        report.GetProperty("arms")[2].GetProperty("planned_share").GetDouble().ShouldBe(0);
        report.GetProperty("arms")[0].GetProperty("planned_share").GetDouble().ShouldBe(0.5);
    }

    [Fact]
    public async Task Units_in_an_arm_of_weight_0_are_left_out_and_shown()
    {
        using var place = new CliPlace();
        var ended = (await place.CallAsync("stats", "srm", "1000", "1010", "4", "--weights", "1", "1", "0")).ShouldPass();
        ended.Out.ShouldContain("\n1                1,000             1,005                -5    49.75 %    50.00 %\n");
        ended.Out.ShouldContain("\n3                    4          left out: its weight is 0\n");
        ended.Out.ShouldContain("χ² = 0.0498, 1 df");
    }

    [Fact]
    public async Task No_units_are_no_data()
    {
        using var place = new CliPlace();
        var ended = await place.CallAsync("stats", "srm", "0", "0");
        ended.ShouldEndWith(ExitCode.Inconclusive).Out.ShouldStartWith("No verdict: ");
        Document(await place.CallAsync("stats", "srm", "0", "0", "--json"), ExitCode.Inconclusive).GetProperty("verdict").GetString().ShouldBe("no_data");
    }

    [Theory]
    [InlineData("5", "One arm has no ratio.")]
    [InlineData("5 -3", "Arm 2 has the count -3.")]
    [InlineData("5 3 --weights 1", "There are 2 arms but 1 weights.")]
    [InlineData("5 3 --weights 1 -1", "Arm 2 has the weight -1.")]
    [InlineData("5 3 --weights 0 0", "No arm has a weight above 0.")]
    [InlineData("5 3 --weights 1 half", "--weights: 'half' is not a number such as 0.05.")]
    [InlineData("5 3 --weights 1 NaN", "--weights: 'NaN' is not a number such as 0.05.")]
    [InlineData("50,123 3", "counts: '50,123' is not a whole number such as 50123.")]
    [InlineData("5 3 --alpha 0", "--alpha is 0; it must lie between 0 and 1")]
    [InlineData("5 3 --alpha 1", "--alpha is 1; it must lie between 0 and 1")]
    public async Task Wrong_counts_and_weights_are_refused(string options, string said)
    {
        using var place = new CliPlace();
        var refused = await place.CallAsync(["stats", "srm", .. options.Split(' ')]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain($"error: {said}");
        refused.Error.ShouldContain("\n  fix: ");
    }

    private static JsonElement Document(Finished ended, ExitCode expected) => CliPlace.Json(ended.ShouldEndWith(expected).Out);
}
