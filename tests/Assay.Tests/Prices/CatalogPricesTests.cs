using Assay.Models.Offline;
using Assay.Prices;
using Assay.Tests.Tidy;

namespace Assay.Tests.Prices;

public sealed class CatalogPricesTests
{
    private static readonly PriceTable Catalog = PriceTable.Load(Repository.FullPath("catalog/prices"));

    [Theory]
    [InlineData(ExtractiveAnswerer.Name)]
    [InlineData(LsaModel.Name)]
    [InlineData("gpt-4.1-mini")]
    [InlineData("gpt-4.1-mini-2025-04-14")]
    [InlineData("gpt-4o-2024-08-06")]
    [InlineData("claude-sonnet-4-5-20250929")]
    [InlineData("claude-haiku-4-5@20251001")]
    [InlineData("text-embedding-3-small")]
    public void The_sample_catalog_has_a_price_for_it(string model) =>
        Catalog.Find(model, "", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)).ShouldNotBeNull();

    [Fact]
    public void Every_price_says_where_it_comes_from() => Catalog.Models.Where(model => model.Source.Length == 0).ShouldBeEmpty();

    [Fact]
    public void Prices_of_providers_say_when_they_were_checked() =>
        Catalog.Models.Where(model => model.Checked is null).ShouldAllBe(model => model.Model.StartsWith("offline/"));
}
