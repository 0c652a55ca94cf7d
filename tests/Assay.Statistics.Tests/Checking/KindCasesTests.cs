using Assay.Statistics.Checking;

namespace Assay.Statistics.Tests.Checking;

/// <summary>
/// Each kind of the reference files by itself, so that a change of one kind is seen by its own cases. The whole files, and cases that are wrong on purpose, are in the
/// tests of the repository.
/// </summary>
public sealed class KindCasesTests
{
    // A million values; the tests of t have them too.
    private const string TooLarge = "generator_1e6";

    private static readonly string[] Files = ["stats_reference.json", "Checking/more_cases.json"];

    public static TheoryData<string> Kinds => [.. Cases().Select(c => c.Case.Kind).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_case_of_a_kind_is_within_its_tolerance(string kind)
    {
        var found = Cases().Where(c => c.Case.Kind == kind).Select((c, i) => ReferenceCheck.Check(i, c.Value)).ToList();
        found.ShouldNotBeEmpty();
        found.Where(c => c.Outcome != CaseOutcome.Ok).Select(c => $"{c.Name}: {c.Problem} {string.Join("; ", c.Off)}").ShouldBeEmpty();
        found.ShouldAllBe(c => c.UnusedInputs.Count == 0 && c.UnknownFields.Count == 0 && c.Compared > 0);
    }

    private static IEnumerable<(ReferenceCase Case, ReferenceValue Value)> Cases() =>
        Files
            .SelectMany(file => ReferenceFile.Read(Path.Combine(AppContext.BaseDirectory, file)))
            .Select((value, i) => (ReferenceCase.Read(i, value), value))
            .Where(c => c.Item1.Name != TooLarge);
}
