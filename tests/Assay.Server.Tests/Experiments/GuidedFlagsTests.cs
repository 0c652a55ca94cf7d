using System.Text.RegularExpressions;
using Assay.Experimentation.Analysis;
using Assay.Experimentation.Experiments;
using Assay.Server.Tests.Dashboards;

namespace Assay.Server.Tests.Experiments;

public sealed partial class GuidedFlagsTests : IDisposable
{
    private const string Source = "tests/Assay.Server.Tests/Experiments/GuidedFlags.cs";

    private readonly string catalog = Directory.CreateTempSubdirectory("assay-guide-").FullName;

    public void Dispose() => Directory.Delete(catalog, recursive: true);

    [Theory]
    [InlineData("docs/guide/flags.md", 7)]
    [InlineData("docs/guide/experiments.md", 1)]
    public void The_code_of_a_guide_compiles(string guide, int blocks)
    {
        var compiled = Plain(File.ReadAllText(RepositoryFolder.Of(Source)));
        var code = Blocks(guide, "csharp");
        code.Count.ShouldBe(blocks);
        code.Where(b => !compiled.Contains(Plain(b))).ShouldBeEmpty();
    }

    [Fact]
    public void The_experiment_of_the_guide_is_one_that_can_be_assigned_and_analysed()
    {
        var folder = Directory.CreateDirectory(Path.Combine(catalog, "experiments")).FullName;
        File.WriteAllText(Path.Combine(folder, "guide.yaml"), Blocks("docs/guide/experiments.md", "yaml").ShouldHaveSingleItem());
        var read = ExperimentCatalog.Read(catalog);
        ExperimentSet.Build(read).Find("reranker_model_test").ShouldNotBeNull();
        AnalysisPlan.Of(read.ShouldHaveSingleItem()).Metrics.Count.ShouldBe(5);
    }

    private static List<string> Blocks(string guide, string language) =>
        [
            .. Block()
                .Matches(File.ReadAllText(RepositoryFolder.Of(guide)))
                .Where(m => m.Groups["language"].Value == language)
                .Select(m => m.Groups["code"].Value),
        ];

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();
}
