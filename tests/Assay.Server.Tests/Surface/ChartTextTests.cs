using System.Text.Json;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;
using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Surface;

/// <summary>A value reads the same in the drawing, which charts.js writes, and in the table under it.</summary>
public sealed class ChartTextTests(PagesFixture pages)
{
    private static readonly double[] Values = [0, 0.0042, 0.025, 0.1, 0.4, 0.83, 1, 2.5, 8.25, 8.75, 12.5, 13.5, 72, 99.95, 412.86, 1284, 12_400, 48_000];

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    public async Task A_value_reads_the_same_in_the_drawing_and_in_the_table(string language)
    {
        var figures = new Figures(language == "ru" ? Language.Ru : Language.En);
        foreach (var unit in new[] { "ms", "usd", "percent", "score", "burn", "count", "pp±", "ms±", "score±" })
        {
            double[] values = unit.EndsWith('±') ? [.. Values, .. Values.Select(v => -v)] : Values;
            var drawn = await SayAsync("units", unit, values, language);
            drawn.ShouldBe(values.Select(v => ChartText.Value(unit, v, figures)), $"{unit} in {language}");
        }
    }

    [Theory]
    [InlineData("pp±", 0.12, "+0.120 pp", "+0,120 п. п.")]
    [InlineData("ms±", -0.4, "−0.40 ms", "−0,40 мс")]
    [InlineData("ms±", 31, "+31 ms", "+31 мс")]
    [InlineData("score±", 0.0125, "+0.0125", "+0,0125")]
    [InlineData("count", 0.83, "0.830", "0,830")]
    [InlineData("count", 3, "3", "3")]
    [InlineData("count", 12_400, "12,400", "12 400")]
    [InlineData("percent", 99.95, "99.95 %", "99,95 %")]
    public void A_difference_has_its_sign_and_its_unit_and_nothing_is_rounded_away(string unit, double value, string en, string ru)
    {
        ChartText.Value(unit, value, new Figures(Language.En)).Replace('\u00a0', ' ').ShouldBe(en);
        ChartText.Value(unit, value, new Figures(Language.Ru)).Replace('\u00a0', ' ').ShouldBe(ru);
    }

    [Theory]
    [InlineData("burn", new[] { 0, 0.1, 0.2, 0.3, 0.4 }, new[] { "0×", "0.1×", "0.2×", "0.3×", "0.4×" })]
    [InlineData("score", new[] { 0.8, 0.825, 0.85, 0.875 }, new[] { "0.80", "0.825", "0.85", "0.875" })]
    [InlineData("score±", new[] { -0.01, -0.005, 0, 0.005, 0.01 }, new[] { "−0.01", "−0.005", "0.00", "+0.005", "+0.01" })]
    [InlineData("count", new[] { 0.82, 0.83, 0.84 }, new[] { "0.82", "0.83", "0.84" })]
    [InlineData("percent", new[] { 99.9, 99.95, 100 }, new[] { "99.9 %", "99.95 %", "100 %" })]
    [InlineData("ms±", new[] { -0.4, -0.2, 0, 0.2 }, new[] { "−0.4 ms", "−0.2 ms", "0 ms", "+0.2 ms" })]
    [InlineData("ms", new[] { 100, 102.5, 105 }, new[] { "100 ms", "102.5 ms", "105 ms" })]
    [InlineData("usd", new[] { 0, 0.0025, 0.005 }, new[] { "$0", "$0.0025", "$0.005" })]
    public async Task Two_labels_of_an_axis_never_read_the_same(string unit, double[] ticks, string[] labels) =>
        (await SayAsync("axis", unit, ticks, "en")).Select(l => l.Replace('\u00a0', ' ')).ShouldBe(labels);

    // The part of the script that writes numbers draws nothing: it needs no page of the hub.
    private async Task<string[]> SayAsync(string table, string unit, double[] values, string language)
    {
        const string End = "// Tokens are light-dark()";
        await using var from = typeof(Server.Hosting.Hub).Assembly.GetManifestResourceStream("charts.js")!;
        using var text = new StreamReader(from);
        var script = await text.ReadToEndAsync(TestContext.Current.CancellationToken);
        script.ShouldContain(End);
        var page = await (await pages.BrowserAsync()).NewPageAsync();
        try
        {
            var call = $"({table}[{JsonSerializer.Serialize(unit)}])";
            var numbers = JsonSerializer.Serialize(values);
            var head = script[..script.IndexOf(End, StringComparison.Ordinal)];
            return await page.EvaluateAsync<string[]>(
                $"() => {{ document.documentElement.lang = '{language}'; {head}\n return {numbers}.map(v => {call}(v)); }}"
            );
        }
        finally
        {
            await page.CloseAsync();
        }
    }
}
