using System.Net;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Overview;
using Assay.Server.Slos;
using Assay.Server.Surface.Reading;
using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Slos;

public sealed class SloPagesTests(PagesFixture pages)
{
    [Theory]
    [InlineData("rag-service.latency-p99", "Latency", "limit 500\u00a0ms", 500)]
    [InlineData("rag-service.availability", "Errors", "budget 0.1\u00a0%", 0.1)]
    [InlineData("rag-service.error-rate", "Errors", "budget 0.1\u00a0%", 0.1)]
    [InlineData("rag-service.quality", "Scores", "good from 0.5", 0.5)]
    public async Task The_chart_of_what_an_SLO_counts_has_its_limit(string slo, string title, string label, double limit)
    {
        var hub = await pages.Filled;
        await using var visit = await pages.LookAsync(hub, $"/slos/{slo}?range=24h", Look.Desktop);

        (await visit.Page.Locator("#signal").InnerTextAsync()).ShouldBe(title);
        var figure = visit.Page.Locator("figure[aria-labelledby=signal]");
        (await figure.Locator("svg text").AllTextContentsAsync()).ShouldContain(label);
        var chart = System.Text.Json.JsonDocument.Parse((await figure.Locator(".canvas").GetAttributeAsync("data-chart"))!).RootElement;
        chart.GetProperty("lines")[0].GetProperty("at").GetDouble().ShouldBe(limit, 1e-9);
        chart.GetProperty("max").GetDouble().ShouldBeGreaterThan(limit);
    }

    [Fact]
    public async Task A_page_of_an_SLO_speaks_Russian_throughout()
    {
        var hub = await pages.Filled;
        var text = WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/slos/rag-service.availability", ("Accept-Language", "ru"))).Text);
        text.ShouldContain("Доступность");
        text.ShouldContain("99,9\u00a0% запросов без ошибки");
        text.ShouldContain("допускают");
        text.ShouldContain("Порог тревоги");
        var main = text[text.IndexOf("<main", StringComparison.Ordinal)..];
        string[] english = ["bad in", "the alert is", "Requests are", "99.9", "budget"];
        english.Where(e => main.Replace("Id=\"budget", "", StringComparison.Ordinal).Contains(" " + e, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Axis_labels_are_in_the_readers_language()
    {
        var hub = await pages.Filled;
        await using var visit = await pages.LookAsync(hub, "/slos/rag-service.availability?range=7d", Look.All[1]);
        var labels = await visit.Page.Locator("figure[aria-labelledby=budget] svg text").AllTextContentsAsync();
        labels.ShouldContain(l => l.Contains("мар", StringComparison.Ordinal));
        labels.ShouldNotContain(l => l.Contains("Mar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_budget_that_is_overspent_stays_on_one_line()
    {
        var hub = await pages.Filled;
        await using var visit = await pages.LookAsync(hub, "/slos", Look.Desktop);
        var heights = await visit.Page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('.budget-line')].map(b => b.getBoundingClientRect().height)"
        );
        heights.Length.ShouldBeGreaterThan(3);
        heights.ShouldAllBe(h => h < 24);
    }

    [Fact]
    public void The_sentence_of_an_alert_is_built_of_its_facts_in_both_languages()
    {
        var facts = new AlertFacts(14.4, new("1h", 15, 138, 108.7), new("5m", 1, 9, 111.1)) { Rarest = "1h", Log10Chance = -25.4 };
        var why = AlertSentences.Why(Message("firing") with { Facts = facts });

        why.En.ShouldBe(
            "15 of 138 bad in 1\u00a0h, burn 109×; 1 of 9 bad in 5\u00a0min, burn 111×. The alert is at 14.4×. "
                + "A service that just keeps its budget has so many in 1\u00a0h with probability 10⁻²⁶."
        );
        why.Ru.ShouldBe(
            "Плохих 15 из 138 за 1\u00a0ч, расход 109×; плохих 1 из 9 за 5\u00a0мин, расход 111×. Порог тревоги 14,4×. "
                + "У сервиса, который тратит ровно бюджет, столько плохих за 1\u00a0ч бывает с вероятностью 10⁻²⁶."
        );
    }

    [Fact]
    public void The_end_of_an_alert_says_what_is_known()
    {
        var facts = new AlertFacts(3, new("1d", 8, 292, 27.4), new("2h", 1, 27, 37));
        var calm = AlertSentences.Why(Message("resolved") with { Facts = facts with { Calmed = [new("1d", 1, 1000, 1), new("3d", 0, 0, null)] } });
        calm.Ru.ShouldBe("Бюджет снова тратится медленно: плохих 1 из 1\u00a0000 за 1\u00a0д, расход 1,0×; за 3\u00a0д ничего.");
        var silent = AlertSentences.Why(Message("resolved") with { Facts = facts with { Calmed = [new("1d", 0, 0, null), new("3d", 0, 0, null)] } });
        silent.Ru.ShouldBe("За 3\u00a0д событий не было: стало ли лучше, неизвестно.");
    }

    [Fact]
    public void An_alert_of_an_earlier_version_is_told_as_it_was_sent() =>
        AlertSentences.Why(AlertMessage.Parse(Message("firing").ToJson())).ShouldBe(Phrase.Same("as sent"));

    [Fact]
    public void Facts_survive_being_stored()
    {
        var message = Message("firing") with { Facts = new AlertFacts(3, new("1d", 8, 292, 27.4), new("2h", 1, 27, 37)) };
        AlertMessage.Parse(message.ToJson()).Facts.ShouldBe(message.Facts);
    }

    [Theory]
    [InlineData(Verdict.Pass, null, Verdict.Pass, "Pass")]
    [InlineData(Verdict.Pass, AlertSeverity.Ticket, Verdict.Inconclusive, "Burning")]
    [InlineData(Verdict.Pass, AlertSeverity.Page, Verdict.Fail, "Burning")]
    [InlineData(Verdict.Fail, AlertSeverity.Ticket, Verdict.Fail, "Fail")]
    [InlineData(Verdict.Inconclusive, null, Verdict.Inconclusive, "Inconclusive")]
    [InlineData(Verdict.NoData, null, Verdict.NoData, "No data")]
    public void What_burns_its_budget_now_is_never_green(Verdict verdict, AlertSeverity? firing, Verdict light, string word)
    {
        var slo = new SloLight("ask.quality", "ask", default, verdict, null, null, default) { Firing = firing };
        slo.Light.ShouldBe(light);
        slo.Word.En.ShouldBe(word);
        slo.Short.ShouldBe("quality");
    }

    [Fact]
    public async Task The_overview_shows_the_light_of_each_SLO_with_its_word()
    {
        var hub = await pages.Filled;
        await using var visit = await pages.LookAsync(hub, "/", Look.Desktop);
        var lights = visit.Page.Locator(".light");
        (await lights.CountAsync()).ShouldBe(8);
        (await visit.Page.Locator(".light.fail", new() { HasText = "latency-p99" }).CountAsync()).ShouldBe(2);
        (await visit.Page.Locator(".light.nodata strong").AllInnerTextsAsync()).ShouldBe(["No data"]);
        (await lights.First.BoundingBoxAsync())!.Y.ShouldBeLessThan(300, "at a glance");
    }

    private static AlertMessage Message(string status) => new("id", status, "page", "ask.quality", "ask", DateTimeOffset.UnixEpoch, null, "as sent", null);
}
