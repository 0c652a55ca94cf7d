using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>What <c>docs/traceability.md</c> claims is there.</summary>
public sealed class TraceabilityTests
{
    private const string Nothing = "—";

    // What the five sources ask for does not become less.
    private const int RequirementsAsked = 622;

    // Where a planned requirement may say that it will live: the rooms, and the places beside them.
    private static readonly string[] Places =
    [
        "Assay",
        "Assay.Observability",
        "Assay.Evaluation",
        "Assay.Experimentation",
        "Assay.Releases",
        "Assay.Models",
        "Assay.Rag",
        "Assay.Butler",
        "Assay.Embedded",
        "Assay.Cluster",
        "Assay.Server",
        "Assay.Cli",
        "tests",
        "bench",
        "samples",
        "catalog",
        "deploy",
        "docs",
        "Makefile",
        ".ci",
    ];

    private static TraceabilityPage Page => TraceabilityPage.Parse(Repository.Text(TraceabilityPage.Path));

    [Fact]
    public void Every_source_document_is_traced()
    {
        Page.Counts.Select(c => c.Prefix).ShouldBe(["T", "W8", "E23", "B23", "S05", ""]);
        Page.Counts.Where(c => c.Prefix.Length > 0).ShouldAllBe(c => Page.Requirements.Any(r => r.Prefix == c.Prefix && r.Section == c.Source));
    }

    [Fact]
    public void No_row_is_lost()
    {
        TraceabilityPage.Misshapen(Repository.Text(TraceabilityPage.Path)).ShouldBeEmpty();
        Page.Requirements.Count.ShouldBeGreaterThanOrEqualTo(RequirementsAsked);
    }

    [Fact]
    public void Ids_are_unique_and_stand_under_their_source()
    {
        Page.Requirements.Select(r => r.Id).ShouldBeUnique();
        var sources = Page.Counts.ToDictionary(c => c.Prefix, c => c.Source);
        Page.Requirements.Where(r => sources.GetValueOrDefault(r.Prefix) != r.Section).ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_keeps_what_it_claims() => Page.Requirements.SelectMany(r => Faults(r, Repository.Exists, Repository.Text)).ShouldBeEmpty();

    [Fact]
    public void The_counts_are_right()
    {
        var text = Repository.Text(TraceabilityPage.Path);
        ApprovedFile.ShouldHold(TraceabilityPage.Path, TraceabilityPage.Parse(text).WithCounts(text));
    }

    [Theory]
    [InlineData("planned", "`Assay.Releases`", "—", "")]
    [InlineData("planned", "`Assay.Rag/Gpu`", "—", "")]
    [InlineData("done", "`src/A.cs`", "`tests/T.cs::It_works`", "")]
    [InlineData("done", "`src/A.cs`, `src/B.cs`", "`tests/T.cs::It_works`", "src/B.cs does not exist")]
    [InlineData("done", "`src/A.cs`", "`tests/T.cs::It_fails`", "has no test It_fails")]
    [InlineData("done", "`src/A.cs`", "`tests/T.cs::Whisper`", "has no test Whisper")]
    [InlineData("done", "`src/A.cs`", "`tests/Gone.cs`", "tests/Gone.cs does not exist")]
    [InlineData("done", "`src/A.cs`", "`src/A.cs`", "is no test")]
    [InlineData("done", "`src/A.cs`", "—", "names no test")]
    [InlineData("done", "—", "`tests/T.cs`", "names no file")]
    [InlineData("planned", "`Assay.Attic`", "—", "names no room")]
    [InlineData("planned", "`Assay.Rag`", "`tests/T.cs`", "planned and claims a test")]
    [InlineData("almost", "`Assay.Rag`", "—", "no state")]
    public void The_rule_sees_claims_that_are_not_kept(string state, string implementation, string test, string fault)
    {
        const string Tests = "class T { [Fact] public void It_works() { } private void Whisper() { } }";
        var row = new Requirement("T-1", "Source", "Something", state, implementation, test);
        var found = string.Join('\n', Faults(row, p => p is "src/A.cs" or "tests/T.cs", _ => Tests));
        (fault.Length == 0 ? found.Length == 0 : found.Contains(fault)).ShouldBeTrue(found);
    }

    [Fact]
    public void Rows_that_the_reader_would_skip_are_found() =>
        TraceabilityPage
            .Misshapen("## Counts\n| id | a | b | c | d |\n| --- | --- | --- | --- | --- |\n| T-1 | a | done | `x` |\nT-2 | b | done | `x` | `y` |\n")
            .Count()
            .ShouldBe(2);

    [Fact]
    public void Counts_are_taken_from_the_rows()
    {
        const string Text =
            "## Counts\n| One | T | 9 | 9 | 9 |\n| all | | 1 | 1 | 1 |\n## One\n| T-1 | a | done | `x` | `y` |\n| T-2 | b | planned | `Assay` | — |\n";
        var counted = TraceabilityPage.Parse(Text).WithCounts(Text);
        counted.ShouldContain("| One | T | 2 | 1 | 1 |");
        counted.ShouldContain("| all | | 2 | 1 | 1 |");
    }

    private static IEnumerable<string> Faults(Requirement row, Func<string, bool> exists, Func<string, string> read)
    {
        var faults = row.State switch
        {
            "done" => DoneFaults(row, exists, read),
            "planned" => PlannedFaults(row),
            _ => [$"'{row.State}' is no state: done or planned"],
        };
        return faults.Select(f => $"{row.Id}: {f}");
    }

    private static IEnumerable<string> PlannedFaults(Requirement row)
    {
        var rooms = TraceabilityPage.Ticked(row.Implementation);
        if (rooms.Count == 0 || rooms.Any(r => !Places.Contains(r.Split('/')[0])))
        {
            yield return $"names no room of the house: {row.Implementation}";
        }

        if (row.Test != Nothing)
        {
            yield return "is planned and claims a test";
        }
    }

    private static IEnumerable<string> DoneFaults(Requirement row, Func<string, bool> exists, Func<string, string> read)
    {
        var files = TraceabilityPage.Ticked(row.Implementation);
        var tests = TraceabilityPage.Ticked(row.Test);
        string[] empty = [files.Count == 0 ? "names no file" : "", tests.Count == 0 ? "names no test" : ""];
        return
        [
            .. empty.Where(e => e.Length > 0),
            .. files.Where(f => !exists(f)).Select(f => $"{f} does not exist"),
            .. tests.Select(t => TestFault(t, exists, read)).OfType<string>(),
        ];
    }

    private static string? TestFault(string claim, Func<string, bool> exists, Func<string, string> read)
    {
        var parts = claim.Split("::");
        if (!parts[0].StartsWith("tests/") && !parts[0].StartsWith("bench/"))
        {
            return $"{claim} is no test";
        }

        if (!exists(parts[0]))
        {
            return $"{parts[0]} does not exist";
        }

        return parts.Length == 1 || IsTest(read(parts[0]), parts[1]) ? null : $"{parts[0]} has no test {parts[1]}";
    }

    private static bool IsTest(string source, string name) =>
        Regex.IsMatch(source, $@"\bpublic\s[^;{{}}=]*\s{Regex.Escape(name)}\s*\(", RegexOptions.ExplicitCapture, Patience.Longest);
}
