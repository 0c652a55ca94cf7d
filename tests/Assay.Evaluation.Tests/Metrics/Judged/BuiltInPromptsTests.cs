using System.Runtime.CompilerServices;
using Assay.Evaluation.Metrics.Judged;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Tests.Metrics.Judged;

public sealed class BuiltInPromptsTests
{
    [Theory]
    [InlineData("faithfulness")]
    [InlineData("answer_relevance")]
    [InlineData("context_precision")]
    [InlineData("context_recall")]
    public void What_is_built_in_is_what_the_catalog_shows(string metric)
    {
        var catalog = PromptCatalog.Load(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../catalog/prompts"));
        foreach (var language in new[] { "en", "ru" })
        {
            var prompt = BuiltInPrompts.Of(metric, language);
            prompt.Language.ShouldBe(language);
            prompt.Temperature.ShouldBe(0);
            catalog.Find($"metric_{metric}_{language}@1").ContentHash.ShouldBe(prompt.ContentHash);
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
