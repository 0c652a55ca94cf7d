using System.Text.Json;
using Assay.Cli;

namespace Assay.Tests.Cli;

/// <summary>Two CSV files through the real command line. Reference figures: scipy 1.10.1 (ttest_ind, mannwhitneyu, percentile, nct).</summary>
public sealed class StatsCompareTests
{
    [Fact]
    public async Task Everything_of_two_samples_is_in_the_document()
    {
        using var place = new CliPlace();
        var report = Document(await CompareAsync(place, "--metric", "ms", "--json"));
        report.GetProperty("design").GetString().ShouldBe("independent");
        report.GetProperty("control").GetProperty("rows").GetInt32().ShouldBe(200);
        var metric = report.GetProperty("metrics").EnumerateArray().ShouldHaveSingleItem();
        metric.TryGetProperty("adjusted_p", out _).ShouldBeFalse();
        var control = metric.GetProperty("control");
        Number(control, "mean").ShouldBe(150.18, 1e-9);
        Number(control, "standard_deviation").ShouldBe(29.141615755551737, 1e-9);
        Number(control, "p50").ShouldBe(150, 1e-9);
        Number(control, "p95").ShouldBe(195.05, 1e-9);
        Number(metric.GetProperty("treatment"), "p99").ShouldBe(190.01, 1e-9);

        var means = metric.GetProperty("means");
        means.GetProperty("outcome").GetString().ShouldBe("computed");
        means.GetProperty("method").GetString().ShouldBe("Welch's t test");
        Number(means, "estimate").ShouldBe(-7.42, 1e-9);
        Number(means, "standard_error").ShouldBe(2.8562459108973073, 1e-9);
        Number(means, "degrees_of_freedom").ShouldBe(397.3332276877552, 1e-6);
        Number(means.GetProperty("p"), "value").ShouldBe(0.009730554955162405, 1e-12);
        Number(means.GetProperty("interval"), "low").ShouldBe(-13.035243464752373, 1e-9);
        Number(means.GetProperty("interval"), "high").ShouldBe(-1.8047565352476589, 1e-9);
        Number(metric.GetProperty("detectable"), "difference").ShouldBe(8.0214122466149, 1e-6);
        Number(metric.GetProperty("detectable"), "share_of_control_mean").ShouldBe(8.0214122466149 / 150.18, 1e-8);

        Number(Figure(metric, "relative_difference"), "estimate").ShouldBe(-0.04940737781329082, 1e-12);
        Number(Figure(metric, "mann_whitney"), "estimate").ShouldBe(-7, 1e-9);
        Number(Figure(metric, "mann_whitney").GetProperty("p"), "value").ShouldBe(0.012410978491040718, 1e-9);
        Number(Figure(metric, "treatment_higher_in_pairs"), "estimate").ShouldBe(0.427725, 1e-12);
        Number(Figure(metric, "p50_difference"), "estimate").ShouldBe(-7, 1e-9);
        Number(Figure(metric, "p95_difference"), "estimate").ShouldBe(-9, 1e-9);
        Figure(metric, "p99_difference").GetProperty("reason").GetString()!.ShouldContain("200 values");
        Number(Figure(metric, "cohens_d"), "estimate").ShouldBe(-0.259781553531186, 1e-12);
    }

    [Fact]
    public async Task A_reader_gets_one_plain_sentence_then_tables_and_a_chart_in_80_columns()
    {
        using var place = new CliPlace();
        var shown = (await CompareAsync(place, "--metric", "ms")).ShouldPass();
        shown.Error.ShouldBe("");
        shown.Out.ShouldStartWith(
            """
            ms: the treatment is lower by 7.42 (95 % interval -13.04 to -1.80, p = 0.0097):
            a difference can be claimed. A real difference of 8.02 (5.34 % of the control's
            mean) would have been found in 80 % of cases, a larger one more often.

                                n        mean         sd         P50         P95         P99
            control           200       150.2       29.1       150.0       195.0       199.0
            treatment         200       142.8       28.0       143.0       186.0       190.0

                                          estimate  interval                              p
            difference of means              -7.42  -13.04 to -1.80                  0.0097
              as a share of control        -4.94 %
            """.ReplaceLineEndings("\n")
        );
        shown.Out.ShouldContain("shift (Mann-Whitney)");
        shown.Out.ShouldContain("treatment higher in pairs");
        shown.Out.ShouldContain("Cohen's d");
        shown.Out.ShouldContain("●");
        shown.Out.ShouldContain("200 rows");
        shown.Out.ShouldContain("Methods: Welch's t test; ");
        shown.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
    }

    [Theory]
    [InlineData("two-sided", "p = 0.0097", "a difference can be claimed")]
    [InlineData("greater", "95 % bound: at least -12.13, p = 0.995", "it cannot be claimed that the treatment is higher")]
    [InlineData("less", "p = 0.0049", "it can be claimed that the treatment is lower")]
    public async Task A_claim_has_its_direction(string claim, string figures, string said)
    {
        using var place = new CliPlace();
        var summary = Summary(await CompareAsync(place, "--metric", "ms", "--alternative", claim, "--json"));
        summary.ShouldContain(figures);
        summary.ShouldContain(said);
    }

    [Fact]
    public async Task The_p_values_of_several_metrics_are_corrected_and_decide_corrected()
    {
        using var place = new CliPlace();
        var report = Document(await CompareAsync(place, "--metric", "ms", "--metric", "tokens", "--alpha", "0.01", "--json"));
        var metrics = report.GetProperty("metrics").EnumerateArray().ToList();
        metrics.Count.ShouldBe(2);
        Number(metrics[0], "adjusted_p").ShouldBe(0.01946110991032481, 1e-12);
        Number(metrics[1], "adjusted_p").ShouldBe(0.20365605323086927, 1e-12);
        // Alone it would be claimed: 0.0097 is below 0.01.
        metrics[0].GetProperty("summary").GetString()!.ShouldContain("p after Holm over 2 metrics = 0.0195): no difference can be claimed");
        Number(metrics[0].GetProperty("means").GetProperty("interval"), "confidence").ShouldBe(0.99, 1e-12);
        Document(await CompareAsync(place, "--metric", "ms", "--metric", "ms", "--json")).GetProperty("metrics").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Rows_of_the_same_id_are_paired_and_the_others_are_counted_and_named()
    {
        using var place = new CliPlace();
        place.Write("a.csv", "id;ms\nx;5\nq3;1\nq1;3\nq2;8\n");
        place.Write("b.csv", "ms,id\n4,q1\n10.5,q2\n,x\n1.5,q3\n7,y1\n7,y2\n7,y3\n7,y4\n7,y5\n7,y6\n");
        var report = Document(
            await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--pair", "id", "--skip-empty", "--json")
        );
        var pairing = report.GetProperty("pairing");
        pairing.GetProperty("pairs").GetInt32().ShouldBe(4);
        pairing.GetProperty("only_control").GetProperty("count").GetInt32().ShouldBe(0);
        pairing.GetProperty("only_treatment").GetProperty("count").GetInt32().ShouldBe(6);
        pairing.GetProperty("only_treatment").GetProperty("examples").EnumerateArray().Select(e => e.GetString()).ShouldBe(["y1", "y2", "y3", "y4", "y5"]);
        var metric = report.GetProperty("metrics")[0];
        Number(metric.GetProperty("control"), "n").ShouldBe(3);
        Number(metric.GetProperty("treatment"), "empty").ShouldBe(1);
        // Differences 0.5, 1, 2.5: mean 4/3, t = 4/3/sqrt(13/36) = 2.2188 with 2 degrees of freedom, p = 0.1567 (scipy ttest_rel).
        metric.GetProperty("means").GetProperty("method").GetString().ShouldBe("paired t test");
        Number(metric.GetProperty("means"), "estimate").ShouldBe(4.0 / 3, 1e-12);
        Number(metric.GetProperty("means").GetProperty("p"), "value").ShouldBe(0.15672595728843072, 1e-12);
        Figure(metric, "sign_flip_randomisation").GetProperty("outcome").GetString().ShouldBe("computed");

        var shown = (await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--pair", "id", "--skip-empty")).ShouldPass();
        shown.Out.ShouldContain("4 pairs by id; 6 only in the treatment (y1, y2, y3, y4, y5, …).");
        shown.Out.ReplaceLineEndings(" ").ShouldContain("ms: 0 rows of the control and 1 of the treatment had an empty cell and were passed over.");
    }

    [Theory]
    [InlineData(100_000, 1)]
    [InlineData(100_001, 0)]
    public async Task Very_many_pairs_are_left_to_the_t_test(int pairs, int figures)
    {
        using var place = new CliPlace();
        var rows = Enumerable.Range(1, pairs).ToList();
        // All but three differences are 0: their signs are counted, not drawn.
        place.Write("a.csv", "id,ms\n" + string.Concat(rows.Select(i => $"{i},{i % 7}\n")));
        place.Write("b.csv", "id,ms\n" + string.Concat(rows.Select(i => $"{i},{(i % 7) + (i <= 3 ? 1 : 0)}\n")));
        var report = Document(await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--pair", "id", "--json"));
        report.GetProperty("metrics")[0].GetProperty("figures").GetArrayLength().ShouldBe(figures);
    }

    [Fact]
    public async Task Bars_on_a_terminal_leave_the_result_alone()
    {
        using var place = new CliPlace();
        var note = new string('x', 100);
        var large = place.Write("large.csv", "note,ms\n" + string.Concat(Enumerable.Range(1, 80_000).Select(i => $"{note},{i % 97}\n")));
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CommandSurroundings(output, error, place.Variables, TimeProvider.System, IsTerminal: true);
        (await CommandLine.RunAsync(["stats", "compare", large, large, "--metric", "ms"], surroundings)).ShouldBe(0);
        output.ToString().ShouldStartWith("ms: the treatment has the control's mean (95 % interval ");
        output.ToString().ShouldNotContain("%  --:--");
    }

    [Fact]
    public async Task An_id_in_two_rows_is_refused()
    {
        using var place = new CliPlace();
        place.Write("a.csv", "id,ms\nq1,1\nq1,2\n");
        var refused = await place.CallAsync("stats", "compare", place["a.csv"], place["a.csv"], "--metric", "ms", "--pair", "id");
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("column 'id' has an id in several rows: 'q1' (2 rows).");
        refused.Error.ShouldContain("Give every id one row");
    }

    [Fact]
    public async Task Clusters_that_are_in_both_arms_are_told()
    {
        using var place = new CliPlace();
        place.Write("a.csv", "id,ms\nq1,1\nq1,2\nq2,5\nq2,6\nq3,2\n");
        place.Write("b.csv", "id,ms\nq1,2\nq1,3\nq2,6\nq2,8\nq4,1\n");
        var compared = await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--cluster", "id");
        compared.Out.ReplaceLineEndings(" ").ShouldContain("2 clusters in both arms: each counts as two");
        compared.Out.ShouldContain("--pair id");
        var report = Document(await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--cluster", "id", "--json"));
        report.GetProperty("clusters_in_both").GetInt32().ShouldBe(2);
    }

    // A difference is claimed only where Holm's first step lets it through, at α by the number of metrics: what would have been found is larger for two.
    [Fact]
    public async Task Of_several_metrics_the_difference_that_would_have_been_found_is_that_of_the_corrected_test()
    {
        using var place = new CliPlace();
        var one = Document(await CompareAsync(place, "--metric", "ms", "--alpha", "0.025", "--json"));
        var two = Document(await CompareAsync(place, "--metric", "ms", "--metric", "tokens", "--alpha", "0.05", "--json"));
        double Found(JsonElement report) => Number(report.GetProperty("metrics")[0].GetProperty("detectable"), "difference");
        Found(two).ShouldBe(Found(one), 1e-12);
    }

    [Fact]
    public async Task Clusters_widen_the_error_and_leave_only_the_means()
    {
        using var place = new CliPlace();
        var report = Document(await CompareAsync(place, "--metric", "ms", "--cluster", "user", "--json"));
        var metric = report.GetProperty("metrics")[0];
        // CR1 by hand in numpy: sqrt of the sum of G/(G - 1)·Σ(cluster sums of residuals)²/n² over the arms.
        Number(metric.GetProperty("means"), "standard_error").ShouldBe(2.57557351814473, 1e-9);
        metric.GetProperty("figures").GetArrayLength().ShouldBe(0);
        (await CompareAsync(place, "--metric", "ms", "--cluster", "user")).Out.ShouldContain("Clusters by user: only means are compared");
    }

    [Fact]
    public async Task A_covariate_takes_out_what_it_explains_and_the_plain_test_stands_beside_it()
    {
        using var place = new CliPlace();
        place.Write("a.csv", "before,ms\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i * 7 % 60},{(i * 7 % 60) + (i % 3)}\n")));
        place.Write("b.csv", "before,ms\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"{i * 11 % 60},{(i * 11 % 60) + 2 + (i % 4)}\n")));
        string[] files = ["stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms"];
        var metric = Document(await place.CallAsync([.. files, "--covariate", "before", "--json"])).GetProperty("metrics")[0];
        Number(metric, "variance_reduction").ShouldBeGreaterThan(0.95);
        var plain = Document(await place.CallAsync([.. files, "--json"])).GetProperty("metrics")[0].GetProperty("means");
        JsonElement.DeepEquals(Figure(metric, "difference_without_covariate"), plain).ShouldBeTrue();
        Number(metric.GetProperty("means"), "standard_error").ShouldBeLessThan(0.25 * Number(plain, "standard_error"));
        (await place.CallAsync([.. files, "--covariate", "before"])).Out.ShouldContain("of the variance");
    }

    [Fact]
    public async Task Standard_input_may_be_one_arm()
    {
        using var place = new CliPlace();
        var (control, treatment) = WriteArms(place);
        using var output = new StringWriter();
        var surroundings = new CommandSurroundings(output, TextWriter.Null, place.Variables, TimeProvider.System, IsTerminal: false)
        {
            OpenInput = () => File.OpenRead(control),
        };
        (await CommandLine.RunAsync(["stats", "compare", "-", treatment, "--metric", "ms"], surroundings)).ShouldBe(0);
        output.ToString().ShouldContain("control: standard input (200 rows)");
        var both = await place.CallAsync("stats", "compare", "-", "-", "--metric", "ms");
        both.ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("Both arms cannot come from standard input.");
    }

    [Theory]
    [InlineData("ms\n1\n", "the control has 1 value")]
    [InlineData("ms\n", "the control has no values")]
    [InlineData("ms\n1e308\n-1e308\n", "the arithmetic left the range of a double")]
    public async Task Data_without_an_answer_give_the_reason_in_place_and_exit_code_3(string text, string reason)
    {
        using var place = new CliPlace();
        place.Write("a.csv", text);
        place.Write("b.csv", "ms\n1\n2\n4\n");
        var shown = await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms");
        shown.ShouldEndWith(ExitCode.Inconclusive).Out.ShouldStartWith($"ms: the means cannot be compared: {reason}");
        shown.Out.ShouldContain("not computable: ");
        shown.Out.ShouldNotContain("∞");
        shown.Out.ShouldNotContain("NaN");
        shown.Out.ShouldNotContain("Infinity");
        shown.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        var report = Document(await place.CallAsync("stats", "compare", place["a.csv"], place["b.csv"], "--metric", "ms", "--json"), ExitCode.Inconclusive);
        report.GetProperty("metrics")[0].GetProperty("means").GetProperty("outcome").GetString().ShouldBe("not_computable");
    }

    [Fact]
    public async Task Equal_values_in_both_arms_have_no_winner()
    {
        using var place = new CliPlace();
        var file = place.Write("a.csv", "ms\n5\n5\n5\n");
        (await place.CallAsync("stats", "compare", file, file, "--metric", "ms"))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ShouldStartWith("ms: the means cannot be compared: both arms have no variance.");
    }

    [Theory]
    [InlineData("--pair id --cluster user", "only one can be compared at a time")]
    [InlineData("--pair ms", "Column 'ms' cannot be the metric and belong to the design")]
    [InlineData("--alpha 0", "--alpha is 0; it must lie between 0 and 1")]
    [InlineData("--alpha 1", "--alpha is 1; it must lie between 0 and 1")]
    [InlineData("--power 80", "--power is 80; it must lie between 0 and 1")]
    [InlineData("--alpha five", "--alpha: 'five' is not a number such as 0.05.")]
    [InlineData("--alternative up", "--alternative: 'up' is not two-sided, greater or less.")]
    [InlineData("--cluster usr", "there is no column 'usr'. Did you mean 'user'?")]
    public async Task Wrong_options_are_refused_with_a_fix(string options, string said)
    {
        using var place = new CliPlace();
        var refused = await CompareAsync(place, ["--metric", "ms", .. options.Split(' ')]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(said);
        refused.Error.ShouldContain("\n  fix: ");
        refused.Out.ShouldBe("");
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_is_a_folder_is_named()
    {
        using var place = new CliPlace();
        var (control, _) = WriteArms(place);
        (await place.CallAsync("stats", "compare", control, place["gone.csv"], "--metric", "ms"))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain($"The file '{place["gone.csv"]}' does not exist.");
        (await place.CallAsync("stats", "compare", place.Path, control, "--metric", "ms"))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain($"'{place.Path}' is a folder.");
    }

    [Fact]
    public async Task The_program_itself_compares_and_names_a_bad_cell()
    {
        using var place = new CliPlace();
        WriteArms(place);
        place.Write("bad.csv", "ms,user\n1,u1\nfast,u2\n");
        var ended = await place.RunAsync("stats", "compare", "a.csv", "b.csv", "--metric", "ms", "--json");
        Number(Document(ended).GetProperty("metrics")[0].GetProperty("means"), "estimate").ShouldBe(-7.42, 1e-9);
        ended.Error.ShouldBe("");
        var refused = await place.RunAsync("stats", "compare", "a.csv", "bad.csv", "--metric", "ms");
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldStartWith("error: bad.csv:3: column 'ms' has 'fast', which is not a number.\n  fix: ");
        refused.Out.ShouldBe("");
    }

    private static (string Control, string Treatment) WriteArms(CliPlace place)
    {
        var rows = Enumerable.Range(1, 200).ToList();
        return (
            place.Write("a.csv", "id,user,ms,tokens\n" + string.Concat(rows.Select(i => $"r{i},u{i % 20},{100 + (i * 37 % 101)},{i * 7 % 13}\n"))),
            place.Write("b.csv", "id,user,ms,tokens\n" + string.Concat(rows.Select(i => $"r{i},u{i % 20},{95 + (i * 53 % 97)},{i * 5 % 14}\n")))
        );
    }

    private static Task<Finished> CompareAsync(CliPlace place, params string[] options)
    {
        var (control, treatment) = WriteArms(place);
        return place.CallAsync(["stats", "compare", control, treatment, .. options]);
    }

    private static JsonElement Document(Finished ended, ExitCode expected = ExitCode.Pass) => CliPlace.Json(ended.ShouldEndWith(expected).Out);

    private static string Summary(Finished ended) => Document(ended).GetProperty("metrics")[0].GetProperty("summary").GetString()!;

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static JsonElement Figure(JsonElement metric, string name) =>
        metric.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name).GetProperty("result");
}
