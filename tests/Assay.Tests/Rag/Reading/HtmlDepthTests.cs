using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Reading;

public sealed class HtmlDepthTests
{
    [Fact]
    public void A_page_nested_to_hold_the_parser_is_too_deep() =>
        HtmlDepth.IsTooDeep(string.Concat(Enumerable.Repeat("<div>", HtmlDepth.Most + 1))).ShouldBeTrue();

    [Fact]
    public void A_long_flat_page_is_not_deep()
    {
        HtmlDepth.IsTooDeep(string.Concat(Enumerable.Repeat("<div><b>x</b></div>", 20_000))).ShouldBeFalse();
        HtmlDepth.IsTooDeep(string.Concat(Enumerable.Repeat("<p>one<br>two<li>three", 20_000))).ShouldBeFalse();
    }

    [Fact]
    public void A_page_that_is_too_deep_is_a_bad_document_and_ends_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("assay-deep-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.html"), "<p>readable</p>");
            File.WriteAllText(Path.Combine(folder, "b.html"), string.Concat(Enumerable.Repeat("<div>", 100_000)) + "text");

            var items = new DocumentReader(new ReadOptions()).Read([folder], TestContext.Current.CancellationToken).ToList();

            items.Count(i => i.Document is not null).ShouldBe(1);
            items.Single(i => i.Bad is not null).Bad!.Problem.ShouldContain("5000 deep");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
