using System.Net;
using Assay.Embedded;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Storing;
using Assay.Server.Tests.Pages;
using Microsoft.Playwright;

namespace Assay.Server.Tests.Benchmarks;

public sealed class BenchmarkPagesTests(PagesFixture pages)
{
    private static readonly string[] Pages =
    [
        "list",
        "benchmark",
        "benchmark-cost",
        "benchmark-missing",
        "run",
        "run-dry",
        "run-missing",
        "compare",
        "compare-case",
        "compare-empty",
        "empty",
    ];

    public static TheoryData<string, Look> Visits => [.. from page in Pages from look in Look.All select (page, look)];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task A_page_of_benchmarks_is_accessible_fits_its_width_and_complains_of_nothing(string page, Look look) =>
        await pages.ShouldBeSoundAsync(await pages.Filled, "benchmarks", page, PathOf(page), look);

    [Fact]
    public async Task From_the_list_a_benchmark_opens_its_run_and_from_it_the_comparison_and_the_trace()
    {
        var hub = await pages.Filled;
        await using var visit = await VisitedPage.OpenAsync(await pages.BrowserAsync(), hub.Addresses.Pages, "/benchmarks", Look.Desktop);
        var page = visit.Page;
        (await page.Locator("nav.nav a[aria-current=page]").InnerTextAsync()).Trim().ShouldBe("Benchmarks");
        await page.GetByRole(AriaRole.Link, new() { Name = "handbook", Exact = true }).ClickAsync();
        await visit.SettledAsync();
        (await page.Locator("figure.chart").CountAsync()).ShouldBe(1);
        (await page.Locator("figure.chart svg").CountAsync()).ShouldBeGreaterThan(0, "the chart is drawn");

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the last run" }).ClickAsync();
        (await page.Locator(".decision").InnerTextAsync()).ShouldContain("gates pass");
        await page.Locator("summary").Filter(new() { HasText = "hb-000" }).ClickAsync();
        await page.Locator(".answer a").First.ClickAsync();
        await visit.SettledAsync();
        page.Url.ShouldEndWith($"/traces/{pages.Traffic.Shown}");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare with the one before" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("handbook: two runs");
        (await page.Locator(".decision").InnerTextAsync()).ShouldContain("judge");
        var third = page.Locator("th[scope=row] a[href*='case=']").Nth(2);
        var id = await third.InnerTextAsync();
        await third.ClickAsync();
        await visit.SettledAsync();
        (await page.Locator("#case").InnerTextAsync()).ShouldBe(id);
        (await page.Locator(".answer").CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Without_script_the_pages_say_the_same()
    {
        var hub = await pages.Filled;
        var benchmark = await TextAsync(hub, "/benchmarks/handbook");
        benchmark.ShouldContain("limit ≥\u00a00.700, warning at 0.800");
        benchmark.ShouldContain("<details class=\"chart-data\" open");
        benchmark.ShouldContain("dry run: offline models");
        benchmark.ShouldContain("$0.18");
        var run = await TextAsync(hub, $"/benchmarks/runs/{Sample.Last.Id}");
        run.ShouldContain("judge mean");
        run.ShouldContain("≥ 0.700");
        run.ShouldContain("States 10 days");
        run.ShouldContain("hb-000");
    }

    [Fact]
    public async Task A_worse_run_is_called_worse_and_an_equal_one_is_not()
    {
        var hub = await pages.Filled;
        var worse = await TextAsync(hub, $"/benchmarks/compare?a={Sample.First.Id}&b={Sample.Worse.Id}");
        worse.ShouldContain("judge is worse: −0.2");
        worse.ShouldContain("decision fail");
        var equal = await TextAsync(hub, $"/benchmarks/compare?a={Sample.First.Id}&b={Sample.First.Id}");
        equal.ShouldContain("Not shown");
        equal.ShouldNotContain("decision fail");
    }

    [Fact]
    public async Task In_Russian_the_pages_speak_Russian()
    {
        var hub = await pages.Filled;
        (await TextAsync(hub, "/benchmarks", "ru")).ShouldContain("Бенчмарки");
        var benchmark = await TextAsync(hub, "/benchmarks/handbook", "ru");
        benchmark.ShouldContain("предел ≥\u00a00,700, предупреждение от 0,800");
        benchmark.ShouldContain("пробный: офлайн-модели");
        (await TextAsync(hub, $"/benchmarks/runs/{Sample.Last.Id}", "ru")).ShouldContain("С чего начать разбор");
        (await TextAsync(hub, $"/benchmarks/compare?a={Sample.First.Id}&b={Sample.Worse.Id}", "ru")).ShouldContain("judge хуже: −0,2");
        (await TextAsync(await pages.Empty, "/benchmarks", "ru")).ShouldContain("Ни один бенчмарк ещё не запускался.");
    }

    [Theory]
    [InlineData("en", "ru", "limit ≥")]
    [InlineData("ru", "en", "порог ≥")]
    public async Task Reasons_are_told_in_the_readers_language_whatever_the_benchmark_speaks(string reader, string other, string said)
    {
        var hub = await pages.Filled;
        foreach (var run in (SampleRun[])[Sample.Last, Sample.Worse])
        {
            var page = await TextAsync(hub, $"/benchmarks/runs/{run.Id}", reader);
            page.ShouldContain(said);
            page.ShouldContain($"<p class=\"why\"><span lang=\"{reader}\">");
            page.ShouldContain($"class=\"sub\" lang=\"{reader}\"");
            page.ShouldNotContain($"class=\"sub\" lang=\"{other}\"");
        }
    }

    [Fact]
    public async Task The_empty_page_names_the_command_that_fills_it() =>
        (await TextAsync(await pages.Empty, "/benchmarks")).ShouldContain("assay eval run channel_digest_ru --dry-run");

    [Fact]
    public async Task What_a_dataset_a_model_and_a_judge_wrote_is_text()
    {
        await using var hub = await RunningHub.StartAsync();
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";
        var run = new SampleRun("20260312-120000-hostile", StandingClock.Now)
        {
            Benchmark = "hostile",
            Text = Hostile,
            Target = Hostile,
            Trace = "javascript:alert(1)",
        };
        (await run.SendAsync(hub.Admin)).Status.ShouldBe(201);
        foreach (
            var path in new[]
            {
                "/benchmarks",
                "/benchmarks/hostile",
                $"/benchmarks/runs/{run.Id}",
                $"/benchmarks/compare?a={run.Id}&b={run.Id}",
                "/benchmarks/runs/%3Cscript%3Ealert(1)",
            }
        )
        {
            var text = (await Answered.GetAsync(hub.Client, path)).Text;
            text.ShouldNotContain("<script>alert", customMessage: path);
            text.ShouldNotContain("<img src", customMessage: path);
            text.ShouldNotContain("javascript:", customMessage: path);
        }
    }

    private static async Task<string> TextAsync(RunningHub hub, string path, string language = "en") =>
        WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, path, ("Accept-Language", language))).Text);

    private static string PathOf(string page) =>
        page switch
        {
            "benchmark" => "/benchmarks/handbook",
            "benchmark-cost" => "/benchmarks/handbook?metric=cost_usd",
            "benchmark-missing" => "/benchmarks/none",
            "run" => $"/benchmarks/runs/{Sample.Last.Id}",
            "run-dry" => $"/benchmarks/runs/{Sample.Dry.Id}",
            "run-missing" => "/benchmarks/runs/none",
            "compare" => $"/benchmarks/compare?a={Sample.First.Id}&b={Sample.Worse.Id}",
            "compare-case" => $"/benchmarks/compare?a={Sample.First.Id}&b={Sample.Worse.Id}&case=hb-007",
            "compare-empty" => "/benchmarks/compare",
            _ => "/benchmarks",
        };

    /// <summary>The runs that the filled hub holds.</summary>
    internal static class Sample
    {
        public static SampleRun First { get; } = new("20260309-120000-handbook", StandingClock.Now.AddDays(-3));

        public static SampleRun Worse { get; } = Of("20260310-120000-handbook", -2) with { Level = 0.64, Target = "prompt handbook_answer@8, gpt-4.1-mini" };

        public static SampleRun Dry { get; } = Of("20260311-120000-handbook", -1) with { IsDryRun = true, Level = 0.5, Done = 30 };

        public static SampleRun Last { get; } = Of("20260312-120000-handbook", 0) with { Level = 0.84, FailsEvery = 13 };

        public static async Task StoreAsync(EmbeddedStore store, string trace)
        {
            var runs = new StoredRuns(store.Documents, store.Objects, new StandingClock());
            var digest = new SampleRun("20260311-090000-channel_digest_ru", StandingClock.Now.AddHours(-29))
            {
                Benchmark = "channel_digest_ru",
                Language = "ru",
                Cases = 90,
                Entries = [new GateEntry { Metric = "judge", AtLeast = 0.84 }, new GateEntry { Metric = "rouge_l", AtLeast = 0.45 }],
            };
            foreach (var run in new[] { First, Worse, Dry, digest, Last with { Trace = trace } })
            {
                await runs.PutAsync(run.Head, run.Lines.ToAsyncEnumerable(), "token sample", CancellationToken.None);
            }
        }

        private static SampleRun Of(string id, int days) => new(id, StandingClock.Now.AddDays(days).AddHours(-2));
    }
}
