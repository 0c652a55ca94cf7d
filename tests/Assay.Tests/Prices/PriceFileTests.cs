using Assay.Prices;
using Assay.Tests.Observability;

namespace Assay.Tests.Prices;

public sealed class PriceFileTests
{
    [Theory]
    [InlineData("prices:\n      - { from: 2026-01-01, input: -1 }", "p.yaml:4: 'input: -1' of 'fox' is no price.")]
    [InlineData("prices:\n      - { from: 2026-01-01, input: 1, output: 0.0000001 }", "p.yaml:4: 'output: 0.0000001' of 'fox' is no price.")]
    [InlineData("prices:\n      - { from: 2026-01-01, input: 10001 }", "p.yaml:4: 'input: 10001' of 'fox' is no price.")]
    [InlineData("prices:\n      - { input: 1 }", "p.yaml:4: 'fox' has a price without 'from:'.")]
    [InlineData("prices:\n      - { from: 2026-01-01, output: 1 }", "p.yaml:4: a price of 'fox' lacks 'input:'.")]
    [InlineData("prices:\n      - { from: 2026-01-01, input: 1, reasoning: 1 }", "p.yaml:4: a price of 'fox' has 'reasoning:' and no 'output:'.")]
    [InlineData("prices:\n      - { from: 2026-01-01, before: 2026-01-01, input: 1 }", "p.yaml:4: a price of 'fox' ends on 2026-01-01, before it begins.")]
    [InlineData(
        "prices:\n      - { from: 2026-01-01, input: 1 }\n      - { from: 2026-01-01, input: 2 }",
        "p.yaml:5: prices of 'fox' overlap: the one of line 4 still holds on 2026-01-01."
    )]
    [InlineData(
        "prices:\n      - { from: 2026-03-01, input: 1 }\n      - { from: 2026-01-01, before: 2026-04-01, input: 2 }",
        "p.yaml:4: prices of 'fox' overlap: the one of line 5 still holds on 2026-03-01."
    )]
    [InlineData("prices: []", "p.yaml:2: 'fox' has no prices.")]
    [InlineData("aliases: ['']\n    prices:\n      - { from: 2026-01-01, input: 1 }", "p.yaml:2: '' is no name of a model.")]
    [InlineData("aliases: [fox]\n    prices:\n      - { from: 2026-01-01, input: 1 }", "p.yaml:2: 'fox' has its prices at p.yaml:2 already.")]
    [InlineData(
        "prices:\n      - { from: 2026-01-01, inputs: 1 }",
        "p.yaml:4: unknown key 'inputs'. Keys that may stand here: before, cacheWrite, cachedInput, from"
    )]
    public void An_error_names_file_line_and_model(string entry, string message) =>
        Should.Throw<AssayException>(() => PriceTable.Parse($"models:\n  - model: fox\n    {entry}\n", "p.yaml")).Message.ShouldStartWith(message);

    [Fact]
    public void A_file_without_models_is_an_error() =>
        Should.Throw<AssayException>(() => PriceTable.Parse("source: x\n", "p.yaml")).Message.ShouldBe("p.yaml:1: a price file without models.");

    [Fact]
    public void Two_files_that_define_one_model_are_an_error_that_names_both()
    {
        using var folder = new TempFolder();
        Write(folder, "a.yaml", "models: [{ model: fox, prices: [{ from: 2026-01-01, input: 1 }] }]");
        Write(folder, "b.yaml", "# theirs\nmodels: [{ model: wolf, aliases: [fox], prices: [{ from: 2026-01-01, input: 1 }] }]");
        var error = Should.Throw<AssayException>(() => PriceTable.Load(folder.Path));
        error.Message.ShouldBe($"{folder.Path}/b.yaml:2: 'fox' has its prices at {folder.Path}/a.yaml:1 already.");
    }

    [Fact]
    public void Every_file_of_a_folder_is_read()
    {
        using var folder = new TempFolder();
        Write(folder, "a.yaml", "models: [{ model: fox, prices: [{ from: 2026-01-01, input: 1 }] }]");
        Write(folder, "b.yml", "models: [{ model: wolf, prices: [{ from: 2026-01-01, input: 1 }] }]");
        PriceTable.Load(folder.Path).Models.Select(m => m.Model).ShouldBe(["fox", "wolf"]);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_empty_table() => PriceTable.Load("/no/such/folder").Models.ShouldBeEmpty();

    [Fact]
    public void Where_the_figures_come_from_is_known()
    {
        var table = PriceTable.Parse(
            "source: https://example.com\nchecked: 2026-10-01\nmodels: [{ model: fox, prices: [{ from: 2026-01-01, input: 1 }] }]",
            "p.yaml"
        );
        table.Find("fox", "")!.ShouldSatisfyAllConditions(m => m.Source.ShouldBe("https://example.com"), m => m.Checked.ShouldBe(new DateOnly(2026, 10, 1)));
    }

    private static void Write(TempFolder folder, string name, string text) => File.WriteAllText(Path.Combine(folder.Path, name), text);
}
