using System.Text;
using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

public sealed class ReferenceCheckTests : IDisposable
{
    private const string Right = """{"name": "right", "kind": "univariate", "inputs": {"x": [1, 2, 4]}, "expected": {"n": 3}}""";
    private const string Wrong = """{"name": "wrong", "kind": "univariate", "inputs": {"x": [1, 2, 4]}, "expected": {"n": 4, "sd": 1.5275252316519468}}""";
    private const string Unknown = """{"name": "unknown", "kind": "horoscope", "inputs": {}, "expected": {"luck": 1}}""";
    private const string NewField = """{"name": "new", "kind": "univariate", "inputs": {"x": [1, 2, 4]}, "expected": {"n": 3, "mood": 1, "luck": 2}}""";
    private const string Empty = """{"name": "empty", "kind": "univariate", "inputs": {"x": [1, 2, 4]}, "expected": {"scipy_n": 3}}""";
    private const string Malformed = """{"name": "bad", "kind": "univariate", "inputs": {"x": "many"}, "expected": {"n": 3}}""";

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(ExitCode.Pass, Right)]
    [InlineData(ExitCode.Fail, Right, Wrong, Unknown, NewField)]
    [InlineData(ExitCode.Inconclusive, Right, Unknown)]
    [InlineData(ExitCode.Inconclusive, Right, NewField)]
    [InlineData(ExitCode.Inconclusive, Right, Empty)]
    [InlineData(ExitCode.Inconclusive)]
    [InlineData(ExitCode.WrongUsage, Right, Wrong, Unknown, Malformed)]
    public void The_worst_outcome_decides_the_exit_code(ExitCode expected, params string[] cases)
    {
        Run($$"""{"meta": {}, "cases": [{{string.Join(',', cases)}}]}""").ExitCode.ShouldBe(expected);
        Run($"[{string.Join(',', cases)}]").ExitCode.ShouldBe(expected);
    }

    [Fact]
    public void Every_case_says_what_came_of_it()
    {
        var report = Run($"[{Right}, {Wrong}, {Unknown}, {NewField}, {Empty}, {Malformed}, 7]");
        report.File.ShouldBe(path);
        report
            .Cases.Select(c => c.Outcome)
            .ShouldBe([
                CaseOutcome.Ok,
                CaseOutcome.Off,
                CaseOutcome.Unknown,
                CaseOutcome.Unknown,
                CaseOutcome.Unknown,
                CaseOutcome.Malformed,
                CaseOutcome.Malformed,
            ]);
        report
            .Cases.Select(c => c.Problem)
            .ShouldBe([
                null,
                null,
                $"the kind 'horoscope' is not known; known are {string.Join(", ", KindTable.Names)}",
                "nothing answers mood, luck",
                "nothing is expected",
                "cases[5]: inputs.x is neither a list of numbers nor a generator",
                "cases[6]: the case is not an object",
            ]);
        report.Cases[3].UnknownFields.ShouldBe(["mood", "luck"]);
        report.Cases[6].Name.ShouldBe("cases[6]");
        report.Count(CaseOutcome.Unknown).ShouldBe(3);
        var wrong = report.Cases[1];
        wrong.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("wrong"),
            c => c.Kind.ShouldBe("univariate"),
            c => c.RelativeTolerance.ShouldBe(1e-9),
            c => c.Compared.ShouldBe(2),
            c => c.OffCount.ShouldBe(1),
            c => c.WorstRelativeError.ShouldBe(0.25),
            c => c.Off.ShouldHaveSingleItem().ShouldBe(new CheckedField("n", 4, 3, 0.25, "expected 4, got 3"))
        );
        report.Worst.ShouldBeSameAs(wrong);
    }

    [Fact]
    public void A_report_without_numbers_has_no_worst_case()
    {
        Run($"[{Unknown}]").Worst.ShouldBeNull();
        Run("[]").Worst.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"inputs": {}, "expected": {}}""", "the case has no text 'kind'")]
    [InlineData("""{"kind": 1, "inputs": {}, "expected": {}}""", "the case has no text 'kind'")]
    [InlineData("""{"kind": "t_test", "expected": {}}""", "the case has no object 'inputs'")]
    [InlineData("""{"kind": "t_test", "inputs": [], "expected": {}}""", "the case has no object 'inputs'")]
    [InlineData("""{"kind": "t_test", "inputs": {}, "expected": 1}""", "the case has no object 'expected'")]
    [InlineData("""{"kind": "t_test", "inputs": {}, "expected": {}, "rtol": "small"}""", "rtol is not a number from 0 to 1")]
    [InlineData("""{"kind": "t_test", "inputs": {}, "expected": {}, "rtol": -1e-9}""", "rtol is not a number from 0 to 1")]
    [InlineData("""{"kind": "t_test", "inputs": {}, "expected": {}, "rtol": 1}""", "rtol is not a number from 0 to 1")]
    public void A_case_with_a_part_missing_is_malformed(string one, string problem)
    {
        var found = Run($"[{Right}, {one}]").Cases[1];
        found.Outcome.ShouldBe(CaseOutcome.Malformed);
        found.Problem.ShouldBe($"cases[1]: {problem}");
        found.Name.ShouldBe("cases[1]");
        found.Kind.ShouldBe(one.Contains("t_test", StringComparison.Ordinal) ? "t_test" : "");
        found.RelativeTolerance.ShouldBeNull();
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.5", 0.5)]
    [InlineData("null", 1e-9)]
    public void The_tolerance_is_the_case_s_own(string given, double tolerance) =>
        Run("""[{"kind": "univariate", "inputs": {"x": [1]}, "expected": {"n": 1}, "rtol": """ + given + "}]").Cases[0].RelativeTolerance.ShouldBe(tolerance);

    [Fact]
    public void What_the_library_refuses_is_off_with_the_reason()
    {
        var found = Run("""[{"kind": "mean_ci", "inputs": {"x": [1, 2], "alpha": 2}, "expected": {"ci_low": 1}}]""").Cases[0];
        found.Outcome.ShouldBe(CaseOutcome.Off);
        found.Off[0].Problem.ShouldBe("no value: alpha is 2; it must lie between 0 and 1, ends excluded.");
        found.Off[0].Expected.ShouldBe(1);
    }

    [Fact]
    public void Inputs_that_no_method_takes_are_named() =>
        Run("""[{"kind": "univariate", "inputs": {"x": [1], "weights": [1], "note": "x"}, "expected": {"n": 1}}]""")
            .Cases[0]
            .UnusedInputs.ShouldBe(["inputs.weights"]);

    [Fact]
    public void Progress_counts_to_the_end()
    {
        File.WriteAllText(path, $"[{Right}, {Wrong}]");
        var heard = new List<(int, int)>();
        ReferenceCheck.Run(path, (done, total) => heard.Add((done, total)), TestContext.Current.CancellationToken);
        heard.ShouldBe([(0, 2), (1, 2), (2, 2)]);
    }

    [Fact]
    public void A_check_can_be_stopped()
    {
        File.WriteAllText(path, $"[{Right}]");
        Should.Throw<OperationCanceledException>(() => ReferenceCheck.Run(path, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("{\n\"cases\": [\n{,}]}", ":3: not JSON that can be read: ")]
    [InlineData("""[{"a": 1, "a": 2}]""", ": not JSON that can be read: 'a' is given twice")]
    [InlineData("""{"meta": 1}""", " holds no list of cases: the object has no list 'cases'.")]
    [InlineData("""{"cases": {}}""", " holds no list of cases: the object has no list 'cases'.")]
    [InlineData("7", " holds no list of cases: it is neither an object nor a list.")]
    public void A_file_of_another_form_is_refused_with_the_place(string text, string problem)
    {
        var refused = Should.Throw<AssayException>(() => Run(text));
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldStartWith(path + problem);
        refused.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused()
    {
        File.WriteAllBytes(path, [.. "[{\"kind\": \""u8, 0xFF, .. "\"}]"u8]);
        var refused = Should.Throw<AssayException>(() => ReferenceCheck.Run(path));
        refused.Message.ShouldStartWith(path);
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_refused()
    {
        Should.Throw<AssayException>(() => ReferenceCheck.Run(path + ".not")).Message.ShouldBe($"'{path}.not' does not exist.");
        Should.Throw<AssayException>(() => ReferenceCheck.Run(Path.GetTempPath())).Message.ShouldBe($"'{Path.GetTempPath()}' is a folder.");
    }

    private ReferenceReport Run(string text)
    {
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return ReferenceCheck.Run(path);
    }
}
