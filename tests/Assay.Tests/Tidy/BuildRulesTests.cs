using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Assay.Tests.Tidy;

/// <summary>What every project is built under, tests included, and that the code is formatted.</summary>
public sealed partial class BuildRulesTests
{
    // The specification counts the tests of its observability and experimentation.
    private const int SpecifiedTests = 186;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public void Warnings_are_errors_in_every_project()
    {
        var shared = Repository.Xml("Directory.Build.props");
        Setting(shared, "TreatWarningsAsErrors").ShouldBe("true");
        Setting(shared, "EnforceCodeStyleInBuild").ShouldBe("true");
        Setting(shared, "AnalysisLevel").ShouldBe("latest-recommended");
        // What is measured against is built as its authors build it.
        Repository.Projects.Where(p => !p.StartsWith("bench/peers/")).Where(p => Softens(Repository.Xml(p))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<Project><PropertyGroup><TreatWarningsAsErrors>false</TreatWarningsAsErrors></PropertyGroup></Project>", true)]
    [InlineData("<Project><PropertyGroup><RunAnalyzers>false</RunAnalyzers></PropertyGroup></Project>", true)]
    [InlineData("<Project><PropertyGroup><OutputType>Exe</OutputType></PropertyGroup></Project>", false)]
    public void The_rule_sees_a_project_that_softens_them(string project, bool softens) => Softens(XDocument.Parse(project)).ShouldBe(softens);

    [Fact]
    public async Task The_code_is_formatted()
    {
        (await RunAsync("tool", "restore")).Code.ShouldBe(0);
        var check = await RunAsync("csharpier", "check", "src", "tests", "bench", "samples");
        check.Code.ShouldBe(0, check.Said);
    }

    [Fact]
    public void Observability_and_experimentation_have_the_tests_that_are_specified()
    {
        string[] places = ["tests/Assay.Tests/Observability/", "tests/Assay.Experimentation.Tests/"];
        var tests = places.SelectMany(p => Repository.Under(p, ".cs")).Sum(f => TestMark().Count(Repository.Text(f)));
        tests.ShouldBeGreaterThanOrEqualTo(SpecifiedTests);
    }

    private static string? Setting(XDocument project, string name) => project.Descendants(name).SingleOrDefault()?.Value;

    private static bool Softens(XDocument project) =>
        Setting(project, "TreatWarningsAsErrors") is "false"
        || Setting(project, "RunAnalyzers") is "false"
        || Setting(project, "EnforceCodeStyleInBuild") is "false";

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"^ *\[(Fact|Theory)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestMark();
}
