using Assay.Prices;
using Assay.Telemetry;
using Assay.Tests.Tidy;

namespace Assay.Tests.Prices;

public sealed class CostsReferenceTests
{
    private static readonly string Page = Repository.Text("docs/reference/en/costs.md");

    [Fact]
    public void Every_name_that_is_read_is_in_the_page() => GenAiNames.All.Where(name => !Page.Contains($"`{name.Key}`")).ShouldBeEmpty();

    [Fact]
    public void Every_key_of_a_price_file_is_in_the_page()
    {
        var keys = new[] { typeof(PriceFile), typeof(PricedModel), typeof(PriceLine) }
            .SelectMany(type => type.GetProperties())
            .Select(property => property.Name)
            .Except(["Place", "Kinds", "Models", "Prices"])
            .Select(name => char.ToLowerInvariant(name[0]) + name[1..]);
        keys.Where(key => !Page.Contains($"`{key}`")).ShouldBeEmpty();
    }

    [Fact]
    public void The_example_of_the_page_is_a_price_file()
    {
        var lines = Page.Split('\n').SkipWhile(line => !line.StartsWith("    source:")).TakeWhile(line => line.StartsWith("    "));
        PriceTable.Parse(string.Join('\n', lines.Select(line => line[4..])), "costs.md").Models.Count.ShouldBe(1);
    }
}
