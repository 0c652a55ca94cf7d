using Assay.Statistics.Checking;
using Assay.Tests.Tidy;

namespace Assay.Tests.Statistics.Checking;

/// <summary>
/// The library against reference cases, and the check against cases that are wrong on purpose. Here and not beside the other tests of the
/// statistics, because these go through everything: mutation testing would run them for every mutant.
/// </summary>
public sealed class ReferenceFilesTests
{
    public static TheoryData<string, int> Files => new() { { "stats_reference.json", 47 }, { "Checking/more_cases.json", 140 } };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_case_is_within_its_tolerance(string file, int cases)
    {
        var report = ReferenceCheck.Run(PathOf(file), cancellationToken: TestContext.Current.CancellationToken);
        report.Cases.Where(c => c.Outcome != CaseOutcome.Ok).Select(c => $"{c.Name}: {c.Problem} {string.Join("; ", c.Off)}").ShouldBeEmpty();
        report.Cases.Count.ShouldBe(cases);
        report.Cases.ShouldAllBe(c => c.UnusedInputs.Count == 0 && c.UnknownFields.Count == 0 && c.Compared > 0);
        report.ExitCode.ShouldBe(ExitCode.Pass);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_expected_value_that_is_changed_by_ten_tolerances_is_seen(string file, int cases)
    {
        var changes = 0;
        foreach (var (one, answers) in Answered(file))
        {
            foreach (var wrong in Falsified.Each(one.Expected, one.RelativeTolerance, probability: false))
            {
                var tally = new CaseTally(one.RelativeTolerance);
                tally.CompareFields("", (ReferenceObject)wrong.Value, answers);
                tally.OffCount.ShouldBePositive($"{one.Name}: {wrong.Place}");
                changes++;
            }
        }

        changes.ShouldBeGreaterThan(cases * 3);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_field_that_nobody_knows_makes_its_case_unknown(string file, int cases)
    {
        var seen = 0;
        foreach (var (one, answers) in Answered(file))
        {
            var fields = new OrderedDictionary<string, ReferenceValue>(one.Expected.Fields) { ["nobody_knows_it"] = new ReferenceNumber(1) };
            var tally = new CaseTally(one.RelativeTolerance);
            tally.CompareFields("", new ReferenceObject(fields), answers);
            tally.Unknown.ShouldBe(["nobody_knows_it"]);
            seen++;
        }

        seen.ShouldBe(cases);
    }

    private static IEnumerable<(ReferenceCase Case, AnswerGroup Answers)> Answered(string file) =>
        ReferenceFile
            .Read(PathOf(file))
            .Select((value, i) => ReferenceCase.Read(i, value))
            .Select(one => (one, KindTable.Find(one.Kind)!(new CaseInputs(one.Inputs))));

    private static string PathOf(string file) => Repository.FullPath($"tests/Assay.Statistics.Tests/{file}");
}
