using Assay.Statistics.Tables;
using Assay.Statistics.Tests.Rates;

namespace Assay.Statistics.Tests.Tables;

// Reference figures: Fleiss, Cohen and Everitt's formulas as printed (in agreement weights, not centred) with mpmath at 60 digits:
// SE² = (Σ p_ij [w_ij(1 − pe) − (w̄_i. + w̄_.j)(1 − po)]² − (po·pe − 2pe + po)²)/(n(1 − pe)⁴),
// SE₀² = (Σ p_i. p_.j [w_ij − (w̄_i. + w̄_.j)]² − pe²)/(n(1 − pe)²).
public sealed class CohensKappaTests
{
    // Two psychologists' diagnoses of 200 patients; Cohen (1968) prints kappa .492.
    private static readonly long[,] Diagnoses =
    {
        { 88, 10, 2 },
        { 14, 40, 6 },
        { 18, 10, 12 },
    };

    // Two pathologists' grades of 118 slides; Agresti, Categorical Data Analysis (2002), section 10.5, prints kappa 0.493 with error 0.057.
    private static readonly long[,] Slides =
    {
        { 22, 2, 2, 0 },
        { 5, 7, 14, 0 },
        { 0, 2, 36, 0 },
        { 0, 1, 17, 10 },
    };

    // Two dermatologists' grades of 88 patients, the agreement study of SAS PROC FREQ, which prints 0.3449, 0.0724, 0.2030 to 0.4868, z 5.6366.
    private static readonly long[,] Skin =
    {
        { 10, 4, 1, 0 },
        { 5, 10, 12, 2 },
        { 2, 4, 12, 5 },
        { 0, 2, 6, 13 },
    };

    [Fact]
    public void Three_published_tables_agree()
    {
        CohensKappa.Of(Diagnoses).Answer().Estimate.ShouldAgree(0.49152542372881356);
        Check(
            CohensKappa.Of(Slides),
            0.49300559552358114,
            0.05674315040803581,
            0.38179106435449166,
            0.60422012669267061,
            9.8328591577865698,
            -22.090027859339027
        );
        Check(
            CohensKappa.Of(Skin),
            0.34487534626038781,
            0.072396687371983543,
            0.20298044641129432,
            0.4867702461094813,
            5.6366254707863552,
            -7.7609140952185716
        );
    }

    [Fact]
    public void Linear_and_quadratic_weights_agree_with_the_formulas()
    {
        var linear = CohensKappa.Of(Skin, weights: KappaWeights.Linear);
        var quadratic = CohensKappa.Of(Skin, weights: KappaWeights.Quadratic);

        Check(linear, 0.50816007154035323, 0.065508381034768446, 0.37976600402668035, 0.63655413905402611, 6.8766303685376735, -11.212646863670395);
        Check(quadratic, 0.66072289156626506, 0.06164283241699998, 0.53990516012390696, 0.78154062300862316, 6.2042514807292255, -9.2599703100725634);
    }

    [Theory]
    [InlineData(KappaWeights.None)]
    [InlineData(KappaWeights.Linear)]
    [InlineData(KappaWeights.Quadratic)]
    public void With_two_categories_all_weights_are_the_same(KappaWeights weights)
    {
        var result = CohensKappa.Of(
            new long[,]
            {
                { 20, 5 },
                { 10, 15 },
            },
            weights: weights
        );

        Check(result, 0.4, 0.12699606293110035, 0.15109229047666108, 0.64890770952333892, 2.8867513459481288, -2.4097806256456728);
        result.Answer().N.ShouldBe(50);
        result.Method.ShouldBe("Cohen's kappa");
        result.Reference.ShouldContain("Everitt");
    }

    [Fact]
    public void Less_agreement_than_chance_is_negative_with_a_two_sided_p_value() =>
        Check(
            CohensKappa.Of(
                new long[,]
                {
                    { 2, 8 },
                    { 8, 2 },
                }
            ),
            -0.6,
            0.17888543819998318,
            -0.95060901623063265,
            -0.24939098376936733,
            -2.6832815729997476,
            -2.137251139259735
        );

    [Fact]
    public void A_category_that_nobody_used_changes_the_weights_alone() =>
        Check(
            CohensKappa.Of(
                new long[,]
                {
                    { 1, 2, 0 },
                    { 3, 1, 0 },
                    { 0, 0, 0 },
                },
                weights: KappaWeights.Linear
            ),
            -0.4,
            0.34390696416327483,
            -1.0740452637925258,
            0.27404526379252578,
            -1.1023963796102461,
            -0.56817101021164498
        );

    [Fact]
    public void Ten_disagreements_among_a_billion_items_keep_their_digits() =>
        Check(
            CohensKappa.Of(
                new long[,]
                {
                    { 999_999_990, 4 },
                    { 5, 1 },
                }
            ),
            0.18181817735537188,
            0.15680715715873055,
            -0.12551820319385213,
            0.48915455790459589,
            5773.5025504454409,
            -7238244.8698796862,
            1e-8
        );

    [Fact]
    public void Three_disagreements_among_a_trillion_items_still_have_an_error()
    {
        var result = CohensKappa
            .Of(
                new[,]
                {
                    { 999_999_999_996, 1 },
                    { 2, 1 },
                }
            )
            .Answer();

        result.Estimate.ShouldAgree(0.39999999999856, 1e-11);
        result.StandardError.ShouldAgree(0.27712812921138063, 1e-9);
    }

    [Fact]
    public void Full_agreement_has_a_kappa_of_1_and_no_interval()
    {
        var result = CohensKappa
            .Of(
                new long[,]
                {
                    { 10, 0 },
                    { 0, 5 },
                }
            )
            .Answer();

        result.Estimate.ShouldBe(1);
        result.StandardError.ShouldBeNull();
        result.Interval.ShouldBeNull();
        result.Statistic.ShouldAgree(3.8729833462074169);
        result.P!.Value.Value.ShouldAgree(0.00010751117672950056, 1e-11);
    }

    [Fact]
    public void Full_disagreement_has_no_interval_either()
    {
        var result = CohensKappa
            .Of(
                new long[,]
                {
                    { 0, 10 },
                    { 10, 0 },
                }
            )
            .Answer();

        result.Estimate.ShouldBe(-1);
        result.StandardError.ShouldBeNull();
        result.Interval.ShouldBeNull();
        result.Statistic.ShouldAgree(-4.4721359549995794);
    }

    [Fact]
    public void Alpha_sets_the_width()
    {
        var result = CohensKappa.Of(Skin, 0.1).Answer();
        var error = result.StandardError!.Value;

        // 1.6448536269514722 is the normal quantile of 0.95.
        result.Interval.ShouldSpan(result.Estimate - (1.6448536269514722 * error), result.Estimate + (1.6448536269514722 * error), 0.9);
    }

    [Fact]
    public void Swapping_the_raters_changes_nothing()
    {
        long[,] turned =
        {
            { 10, 5, 2, 0 },
            { 4, 10, 4, 2 },
            { 1, 12, 12, 6 },
            { 0, 2, 5, 13 },
        };

        Check(
            CohensKappa.Of(turned),
            0.34487534626038781,
            0.072396687371983543,
            0.20298044641129432,
            0.4867702461094813,
            5.6366254707863552,
            -7.7609140952185716
        );
    }

    public static TheoryData<long[,], KappaWeights, string> Lacking =>
        new()
        {
            { new long[0, 0], KappaWeights.None, "the table has no items" },
            { new long[2, 2], KappaWeights.None, "the table has no items" },
            {
                new long[,]
                {
                    { 7 },
                },
                KappaWeights.None,
                "the first rater used one category only; agreement beyond chance needs 2"
            },
            {
                new long[,]
                {
                    { 5, 5 },
                    { 0, 0 },
                },
                KappaWeights.None,
                "the first rater used one category only; agreement beyond chance needs 2"
            },
            {
                new long[,]
                {
                    { 0, 5 },
                    { 0, 5 },
                },
                KappaWeights.None,
                "the second rater used one category only; agreement beyond chance needs 2"
            },
            // |i − j| is row plus column here, so that every table with these totals has the same weighted agreement.
            {
                new long[,]
                {
                    { 0, 3, 4 },
                    { 0, 2, 6 },
                    { 0, 0, 0 },
                },
                KappaWeights.Linear,
                "with these weights the raters' totals alone fix the agreement; use other weights"
            },
        };

    [Theory]
    [MemberData(nameof(Lacking))]
    public void A_table_without_an_answer_says_what_it_lacks(long[,] table, KappaWeights weights, string reason) =>
        CohensKappa.Of(table, weights: weights).Refusal().ShouldBe(reason);

    [Fact]
    public void The_same_table_has_a_kappa_with_other_weights() =>
        CohensKappa
            .Of(
                new long[,]
                {
                    { 0, 3, 4 },
                    { 0, 2, 6 },
                    { 0, 0, 0 },
                }
            )
            .Answer()
            .Estimate.ShouldNotBe(0);

    [Fact]
    public void Wrong_tables_and_alphas_are_refused()
    {
        Should
            .Throw<AssayException>(() => CohensKappa.Of(new long[2, 3]))
            .ShouldSay(
                "The table has 2 rows and 3 columns.",
                "Give a row and a column for every category, in the same order, also for those that a rater did not use."
            );
        Should
            .Throw<AssayException>(() =>
                CohensKappa.Of(
                    new long[,]
                    {
                        { 1, -1 },
                        { 1, 1 },
                    }
                )
            )
            .Message.ShouldStartWith("Row 1, column 2");
        Should.Throw<AssayException>(() => CohensKappa.Of(Skin, 0));
        Should.Throw<AssayException>(() => CohensKappa.Of(Skin, 1));
    }

    private static void Check(StatisticResult result, double kappa, double error, double low, double high, double z, double log10, double relative = 1e-11)
    {
        var answer = result.Answer();
        answer.Estimate.ShouldAgree(kappa, relative);
        answer.StandardError.ShouldAgree(error, relative);
        answer.Interval.ShouldSpan(low, high, 0.95, relative);
        answer.Statistic.ShouldAgree(z, relative);
        answer.P!.Value.Log10.ShouldAgree(log10, relative);
    }
}
