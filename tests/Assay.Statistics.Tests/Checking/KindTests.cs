using System.Text;
using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

/// <summary>What the two files of cases do not ask.</summary>
public sealed class KindTests
{
    [Theory]
    [InlineData("""{"effect_size_d": 0.5, "nobs_a": null, "power": null}""")]
    [InlineData("""{"effect_size_d": 0.5, "nobs_a": 10, "power": 0.8}""")]
    [InlineData("""{"effect_size_d": null, "nobs_a": null, "power": 0.8}""")]
    public void A_plan_of_means_asks_for_one_thing(string inputs) =>
        Check("power_t", inputs, "{}").Problem.ShouldBe("cases[0]: inputs: of effect_size_d, nobs_a and power exactly one is null");

    [Theory]
    [InlineData("""{"p_a": 0.1, "p_b": 0.2}""")]
    [InlineData("""{"p_a": 0.1, "p_b": 0.2, "nobs_a": 10, "power": 0.8}""")]
    public void A_plan_of_rates_asks_for_one_thing(string inputs) =>
        Check("power_proportions", inputs, "{}").Problem.ShouldBe("cases[0]: inputs: of nobs_a and power exactly one is null");

    [Fact]
    public void Plans_give_the_other_arm_too()
    {
        // Python: mpmath 50 digits, noncentral t as in more_cases.py, n_b = n_a * 2.
        Check("power_t", """{"effect_size_d": -0.4, "power": 0.8, "alpha": 0.01, "ratio_b_over_a": 2}""", """{"nobs_b": 221.53}""", "1e-2")
            .Outcome.ShouldBe(CaseOutcome.Ok);
        Check("power_t", """{"effect_size_d": null, "nobs_a": 400, "power": 0.8}""", """{"effect_size_d": 0.19834064598320125, "degenerate": false}""", "1e-6")
            .Off.ShouldBeEmpty();
        Check("power_t", """{"effect_size_d": 0, "nobs_a": null, "power": 0.8}""", """{"nobs_a": null, "nobs_a_ceil": null, "degenerate": true}""")
            .Outcome.ShouldBe(CaseOutcome.Ok);
    }

    [Theory]
    [InlineData("t_pdf")]
    [InlineData("cauchy_sf")]
    [InlineData("tsf")]
    [InlineData("_sf")]
    public void A_function_that_is_unknown_leaves_its_value_unknown(string function)
    {
        var found = Check(
            "distribution",
            $$"""{"rows": [{"fn": "{{function}}", "x": 1, "df": 2}]}""",
            $$"""{"rows": [{"fn": "{{function}}", "value": 0.5}]}"""
        );
        found.Outcome.ShouldBe(CaseOutcome.Unknown);
        found.UnknownFields.ShouldBe(["rows[0].value"]);
    }

    [Theory]
    [InlineData("beta_sf", "\"a\": 2, \"b\": 3", "-0.5", "1", "0")]
    [InlineData("beta_sf", "\"a\": 2, \"b\": 3", "1", "0", "null")]
    [InlineData("beta_cdf", "\"a\": 2, \"b\": 3", "-0.5", "0", "null")]
    [InlineData("beta_cdf", "\"a\": 2, \"b\": 3", "1", "1", "0")]
    [InlineData("beta_ppf", "\"a\": 2, \"b\": 3", "1", "1", "null")]
    [InlineData("beta_isf", "\"a\": 2, \"b\": 3", "1", "0", "null")]
    [InlineData("beta_isf", "\"a\": 2, \"b\": 3", "0", "1", "null")]
    [InlineData("chi2_isf", "\"df\": 3", "0", "\"Infinity\"", "null")]
    [InlineData("chi2_ppf", "\"df\": 3", "1.5", "\"NaN\"", "null")]
    [InlineData("chi2_ppf", "\"df\": 3", "-0.5", "\"NaN\"", "null")]
    [InlineData("norm_sf", "\"scale\": -1", "0", "\"NaN\"", "null")]
    [InlineData("chi2_sf", "\"df\": 0", "1", "\"NaN\"", "null")]
    [InlineData("binom_sf", "\"n\": 3, \"p\": 1.5", "1", "\"NaN\"", "null")]
    [InlineData("binom_sf", "\"n\": -3, \"p\": 0.5", "1", "\"NaN\"", "null")]
    [InlineData("binom_cdf", "\"n\": 3, \"p\": 0.5", "1.5", "0.5", "-0.3010299956639812")]
    [InlineData("binom_sf", "\"n\": 3, \"p\": 0.5", "1.5", "0.5", "-0.3010299956639812")]
    [InlineData("binom_ppf", "\"n\": 3, \"p\": 0.5", "0.4", "1", "null")]
    [InlineData("binom_isf", "\"n\": 3, \"p\": 0.5", "0.4", "2", "null")]
    [InlineData("poisson_cdf", "\"mu\": 1", "0.5", "0.36787944117144233", "-0.4342944819032518")]
    [InlineData("poisson_sf", "\"mu\": 1", "0.5", "0.6321205588285577", "-0.19920008462778144")]
    [InlineData("poisson_ppf", "\"mu\": 1", "0.4", "1", "null")]
    [InlineData("poisson_isf", "\"mu\": 1", "0.1", "2", "null")]
    [InlineData("chi2_ppf", "\"df\": 2", "0.3", "0.7133498878774648", "null")]
    [InlineData("chi2_isf", "\"df\": 2", "0.3", "2.407945608651872", "null")]
    [InlineData("gamma_ppf", "\"a\": 1", "0.3", "0.35667494393873245", "null")]
    [InlineData("gamma_isf", "\"a\": 1, \"loc\": 2, \"scale\": 3", "0.3", "5.611918412977808", "null")]
    [InlineData("f_ppf", "\"dfn\": 2, \"dfd\": 2", "0.2", "0.25", "null")]
    [InlineData("f_isf", "\"dfn\": 2, \"dfd\": 2", "0.2", "4", "null")]
    [InlineData("beta_ppf", "\"a\": 1, \"b\": 1", "0.3", "0.3", "null")]
    [InlineData("beta_isf", "\"a\": 1, \"b\": 1", "0.3", "0.7", "null")]
    [InlineData("beta_isf", "\"a\": 1, \"b\": 1", "0.7", "0.3", "null")]
    [InlineData("nct_ppf", "\"df\": 3, \"nc\": 1", "0.3", "\"NaN\"", "null")]
    [InlineData("norm_logsf", "\"loc\": 1", "1", "-0.6931471805599453", "-0.3010299956639812")]
    [InlineData("norm_logcdf", "\"loc\": 1", "1", "-0.6931471805599453", "null")]
    public void Ends_and_closed_forms_of_distributions(string function, string parameters, string x, string value, string log10) =>
        Check(
            "distribution",
            $$"""{"rows": [{"fn": "{{function}}", "x": {{x}}, {{parameters}}}]}""",
            $$"""{"rows": [{"value": {{value}}, "log10": {{log10}}}]}""",
            "1e-12"
        )
            .Off.ShouldBeEmpty();

    [Fact]
    public void A_share_near_one_is_the_decimal_that_stands_in_the_file()
    {
        // scipy.stats.norm.isf(1e-7) by mpmath 50 digits; the double 0.9999999 lies 5.8e-10 beside it in what is left to 1.
        const string expected = """{"rows": [{"value": 5.199337582192817}]}""";
        Check("distribution", """{"rows": [{"fn": "norm_ppf", "x": 0.9999999}]}""", expected, "1e-14").Off.ShouldBeEmpty();
        Check("distribution", """{"rows": [{"fn": "norm_isf", "x": 1e-7}]}""", expected, "1e-14").Off.ShouldBeEmpty();
        Check("distribution", """{"rows": [{"fn": "norm_isf", "x": 0.9999999}]}""", expected.Replace("5.1", "-5.1", StringComparison.Ordinal), "1e-14")
            .Off.ShouldBeEmpty();
    }

    [Fact]
    public void Rows_repeat_their_inputs()
    {
        const string row = """{"fn": "norm_sf", "x": 0, "df": null, "exact": true}""";
        Check("distribution", $$"""{"rows": [{{row}}]}""", $$"""{"rows": [{{row}}]}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("distribution", $$"""{"rows": [{{row}}]}""", $$"""{"rows": [{{row.Replace("true", "false", StringComparison.Ordinal)}}]}""").OffCount.ShouldBe(1);
        Check("distribution", $$"""{"rows": [{{row}}]}""", $$"""{"rows": [{{row.Replace("norm", "t", StringComparison.Ordinal)}}]}""").OffCount.ShouldBe(1);
    }

    [Fact]
    public void Fields_beside_those_of_the_files()
    {
        Check("t_test", """{"a": [1, 2, 4], "b": [2, 3]}""", """{"n_a": 3, "n_b": 2}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("mean_ci", """{"x": [1, 2, 4]}""", """{"n": 3, "degenerate": false}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("univariate", """{"x": [1, 2, 4]}""", """{"variance": 2.3333333333333335}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("univariate", """{"x": [1, "NaN", 4]}""", """{"mean": null, "sd": null, "variance": null, "lag1_autocorrelation": null}""")
            .Outcome.ShouldBe(CaseOutcome.Ok);
        Check("quantile", """{"x": [1, "NaN"], "q": [0.5]}""", """{"type7": null}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("quantile", """{"x": [], "q": 0.5}""", """{"type7": [null], "inverted_cdf": ["NaN"]}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("mann_whitney", """{"a": [], "b": [1]}""", """{"u_a": null, "u_b": null, "p_exact": null}""").Outcome.ShouldBe(CaseOutcome.Ok);
        Check("multiple_testing", """{"p_values": [0.01, 1.5]}""", """{"holm": {"adjusted": null}}""").Outcome.ShouldBe(CaseOutcome.Ok);
    }

    [Fact]
    public void One_sided_p_values_of_the_ranks()
    {
        // scipy.stats.mannwhitneyu(b, a, alternative=..., method="exact" or use_continuity=False).
        Check(
            "mann_whitney",
            """{"a": [1.1, 2.2, 3.3, 4.4], "b": [2.5, 3.6, 5.7, 6.8, 7.9]}""",
            """{"p_b_greater_exact": 0.05555555555555555, "p_b_less_exact": 0.9682539682539683, "p_b_greater_asymptotic_nocc": 0.04320536648685, "p_b_less_asymptotic_nocc": 0.95679463351315}"""
        )
            .Off.ShouldBeEmpty();
    }

    [Fact]
    public void A_sequence_is_tuned_for_5000_values_when_nothing_else_is_said() =>
        Check(
            "sequential_asymptotic_cs",
            """{"n_a": 5000, "mean_a": 10, "var_a": 25, "n_b": 5000, "mean_b": 10.3, "var_b": 25}""",
            """{"rho": 0.03984006677137368, "degenerate": false}"""
        )
            .Outcome.ShouldBe(CaseOutcome.Ok);

    [Fact]
    public void Reasons_of_short_samples_are_told()
    {
        Check("univariate", """{"x": [1]}""", """{"sd": 1}""").Off[0].Problem.ShouldBe("no value: there are 1 values, 2 are needed");
        Check("univariate", """{"x": [1, "NaN"]}""", """{"mean": 1}""").Off[0].Problem.ShouldBe("no value: 1 values are not finite");
    }

    [Fact]
    public void The_level_of_a_sample_ratio_is_read_from_the_name()
    {
        var found = Check(
            "srm_chi2_gof",
            """{"observed": [50, 70], "weights": [1, 1]}""",
            """{"srm_at_0.05": false, "srm_at_0.1": true, "srm_at_high": true}"""
        );
        found.OffCount.ShouldBe(0);
        found.Compared.ShouldBe(2);
        found.UnknownFields.ShouldBe(["srm_at_high"]);
    }

    private static CheckedCase Check(string kind, string inputs, string expected, string tolerance = "1e-9") =>
        ReferenceCheck.Check(
            0,
            ReferenceParser.Parse(Encoding.UTF8.GetBytes($$"""{"kind": "{{kind}}", "inputs": {{inputs}}, "expected": {{expected}}, "rtol": {{tolerance}}}"""))
        );
}
