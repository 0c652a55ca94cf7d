using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Tests.Observability;
using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

/// <summary>Reference cases through the real command line.</summary>
[Collection(AloneInProcess.Name)]
public sealed class StatsCheckTests
{
    private const string Right = """{"name": "right", "kind": "univariate", "inputs": {"x": [1, 2, 4]}, "expected": {"n": 3, "mean": 2.3333333333333335}}""";
    private const string Wrong = """{"name": "wrong", "kind": "mean_ci", "inputs": {"x": [1, 2, 4]}, "expected": {"mean": 2.5}, "rtol": 1e-10}""";
    private const string Unknown = """{"name": "unknown", "kind": "horoscope", "inputs": {}, "expected": {"luck": 1}}""";

    private static string ReferenceFile => Repository.FullPath("tests/Assay.Statistics.Tests/stats_reference.json");

    [Fact]
    public async Task The_reference_file_is_within_its_tolerances()
    {
        using var place = new CliPlace();
        var report = CliPlace.Json((await place.CallAsync("stats", "check", ReferenceFile, "--json")).ShouldPass().Out);
        report.GetProperty("tool_version").GetString().ShouldNotBeNullOrEmpty();
        report.GetProperty("file").GetString().ShouldBe(ReferenceFile);
        report.GetProperty("counts").GetProperty("cases").GetInt32().ShouldBe(47);
        report.GetProperty("counts").GetProperty("ok").GetInt32().ShouldBe(47);
        report.GetProperty("worst").GetProperty("value").GetProperty("relative_error").GetDouble().ShouldBeInRange(1e-16, 1e-6);
        var cases = report.GetProperty("cases").EnumerateArray().ToList();
        cases.Count.ShouldBe(47);
        foreach (var one in cases)
        {
            one.GetProperty("outcome").GetString().ShouldBe("ok");
            one.GetProperty("worst_relative_error").GetDouble().ShouldBeLessThanOrEqualTo(one.GetProperty("relative_tolerance").GetDouble());
        }
    }

    [Fact]
    public async Task A_value_that_is_off_is_a_fail_and_is_shown()
    {
        using var place = new CliPlace();
        var path = place.Write("cases.json", $"[{Right}, {Wrong}, {Unknown}]");
        var shown = (await place.CallAsync("stats", "check", path)).ShouldEndWith(ExitCode.Fail);
        shown.Out.Split('\n').ShouldAllBe(l => l.Length <= 80);
        shown.Out.ShouldContain("ok        univariate        right");
        shown.Out.ShouldContain("off       mean_ci           wrong               mean               6.7e-2 1e-10");
        shown.Out.ShouldContain("    mean: expected 2.5, got 2.3333333333333335");
        shown.Out.ShouldContain("unknown   horoscope         unknown");
        shown.Out.ShouldContain("3 cases: 1 ok, 1 off, 1 unknown; worst relative error 6.7e-2 (wrong)");
        shown.Error.ShouldContain("3 cases");

        var report = CliPlace.Json((await place.CallAsync("stats", "check", path, "--json")).ShouldEndWith(ExitCode.Fail).Out);
        var wrong = report.GetProperty("cases")[1];
        wrong.GetProperty("outcome").GetString().ShouldBe("off");
        var off = wrong.GetProperty("off")[0];
        off.GetProperty("field").GetString().ShouldBe("mean");
        off.GetProperty("expected").GetDouble().ShouldBe(2.5);
        off.GetProperty("got").GetDouble().ShouldBe(7.0 / 3);
        off.GetProperty("relative_error").GetDouble().ShouldBe(0.0667, 1e-4);
        report.GetProperty("worst").GetProperty("case").GetString().ShouldBe("wrong");
    }

    [Fact]
    public async Task Unknown_kinds_alone_are_inconclusive()
    {
        using var place = new CliPlace();
        var shown = (await place.CallAsync("stats", "check", place.Write("cases.json", $"[{Right}, {Unknown}]"))).ShouldEndWith(ExitCode.Inconclusive);
        shown.Out.ShouldContain("the kind 'horoscope' is not known");
        (await place.CallAsync("stats", "check", place.Write("none.json", """{"cases": []}""")))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ShouldContain("0 cases");
    }

    [Fact]
    public async Task A_malformed_case_is_named_and_the_others_are_checked()
    {
        using var place = new CliPlace();
        var path = place.Write("cases.json", "[" + Right + """, {"name": "bad", "kind": "t_test", "inputs": {"a": [1, "many"]}, "expected": {}}]""");
        var shown = (await place.CallAsync("stats", "check", path)).ShouldEndWith(ExitCode.WrongUsage);
        shown.Out.ShouldContain("1 ok");
        shown.Out.ShouldContain("1 malformed");
        shown.Error.ShouldContain($"error: {path}: cases[1]: inputs.a[1] is not a number");
    }

    [Theory]
    [InlineData("[{,}]", ":1: not JSON that can be read")]
    [InlineData("{}", " holds no list of cases")]
    public async Task A_file_of_another_form_is_wrong_usage(string text, string problem)
    {
        using var place = new CliPlace();
        var path = place.Write("cases.json", text);
        var refused = (await place.CallAsync("stats", "check", path, "--json")).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain($"error: {path}{problem}");
        refused.Error.ShouldContain("fix: ");
        refused.Out.ShouldBe("");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage_and_no_file_at_all_too()
    {
        using var place = new CliPlace();
        (await place.CallAsync("stats", "check", place["nowhere.json"])).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("nowhere.json' does not exist");
        (await place.CallAsync("stats", "check")).ShouldEndWith(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task A_sample_of_two_million_values_is_read()
    {
        using var place = new CliPlace();
        var values = new StringBuilder("""[{"kind": "univariate", "inputs": {"x": [""").AppendJoin(',', Enumerable.Repeat("0.5,1.5", 1_000_000));
        var path = place.Write("long.json", values.Append("""]}, "expected": {"n": 2000000, "mean": 1}}]""").ToString());
        (await place.CallAsync("stats", "check", path)).ShouldPass();
    }

    [Fact]
    public async Task On_a_terminal_the_document_is_the_same()
    {
        using var place = new CliPlace();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var surroundings = new Assay.Cli.CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: true);
        var code = await Assay.Cli.CommandLine.RunAsync(["stats", "check", place.Write("cases.json", $"[{Right}]"), "--json"], surroundings);
        code.ShouldBe(0);
        JsonDocument.Parse(output.ToString()).RootElement.GetProperty("counts").GetProperty("ok").GetInt32().ShouldBe(1);
    }
}
