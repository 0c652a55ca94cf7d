using System.Net;
using System.Text.Json;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Reports;
using Assay.Server.Experiments;
using Assay.Server.Experiments.Pages;
using Assay.Server.Flags;
using Assay.Server.Tests.Slos;
using Assay.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Experiments;

/// <summary>The hub looks by itself: at fixed times, once each, also when it was not there; and what was seen stays readable.</summary>
public sealed class ScheduledLooksTests : IAsyncLifetime
{
    private const string Name = "scheduled";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-scheduled-").FullName;
    private readonly SteppedTime time = new(new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero));
    private RunningHub? hub;

    private RunningHub Hub => hub!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WriteCatalog("6h");
        await StartAsync(time);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_look_is_made_once_for_each_interval_that_is_over_and_none_before_there_are_units()
    {
        (await MakeAsync()).ShouldBe(0);
        await ExposeAsync(60, time.GetUtcNow().AddHours(-1));
        // 9 o'clock was after 6 o'clock: there is nothing of the time that is over.
        (await MakeAsync()).ShouldBe(0);

        time.Advance(TimeSpan.FromHours(2));
        (await MakeAsync()).ShouldBe(1);
        (await MakeAsync()).ShouldBe(0);
        time.Advance(TimeSpan.FromHours(5));
        (await MakeAsync()).ShouldBe(0);
        time.Advance(TimeSpan.FromHours(1));
        (await MakeAsync()).ShouldBe(1);

        var looks = await LooksAsync();
        looks.Select(l => l.GetProperty("is_scheduled").GetBoolean()).ShouldBe([true, true]);
        looks.Select(l => l.GetProperty("units").GetInt64()).ShouldBe([60, 60]);
    }

    [Fact]
    public async Task A_hub_that_was_not_there_for_days_makes_one_look_and_goes_on_where_it_was()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        (await MakeAsync()).ShouldBe(1);
        time.Advance(TimeSpan.FromHours(1));
        await RestartAsync();
        (await MakeAsync()).ShouldBe(0, "it was made before the restart");

        await Hub.StopAsync();
        time.Advance(TimeSpan.FromDays(3));
        await StartAsync(time);
        (await MakeAsync()).ShouldBe(1);
        (await MakeAsync()).ShouldBe(0);
        (await LooksAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task However_many_ask_at_once_a_look_is_made_once()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(MakeAsync, Cancel)));

        made.Sum().ShouldBe(1);
        (await LooksAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Looks_by_hand_between_neither_count_as_one_nor_put_one_off()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        await Hub.Hub.Services.GetRequiredService<ExperimentShelf>().LookAsync(Definition, Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        (await MakeAsync()).ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(1));
        (await Answered.PostJsonAsync(Hub.Admin, $"/api/v1/experiments/{Name}/looks", "")).Status.ShouldBe(200);
        time.Advance(TimeSpan.FromMinutes(1));
        await RestartAsync();
        (await MakeAsync()).ShouldBe(0);

        (await LooksAsync()).Select(l => l.GetProperty("is_scheduled").GetBoolean()).ShouldBe([false, true, false]);
    }

    [Theory]
    [InlineData("never", true)]
    [InlineData("6h", false)]
    public async Task What_does_not_run_or_is_never_looked_at_is_left_alone(string every, bool running)
    {
        WriteCatalog(every, running);
        await RestartAsync();
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        time.Advance(TimeSpan.FromDays(2));

        (await MakeAsync()).ShouldBe(0);
        (await LooksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_definition_that_cannot_be_analysed_stops_none_of_the_others()
    {
        File.WriteAllText(
            Path.Combine(folder, "catalog", "experiments", "broken.yaml"),
            "name: a_broken_one\nvariants: [{ name: control, weight: 50 }, { name: treatment, weight: 50 }]\n"
        );
        await RestartAsync();
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));

        (await MakeAsync()).ShouldBe(1);
        (await MakeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Keys_without_a_value_stop_neither_the_hub_nor_its_pages()
    {
        File.WriteAllText(
            Path.Combine(folder, "catalog", "experiments", "blank.yaml"),
            "name: a_blank_one\nhypothesis:\nowner:\nmetrics:\nanalysis:\nvariants: [{ name: control, weight: 50 }, { name: treatment, weight: 50 }]\n"
        );
        await RestartAsync();
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));

        (await MakeAsync()).ShouldBe(1);
        (await Answered.GetAsync(Hub.Client, "/experiments")).Status.ShouldBe(200);
        (await Answered.GetAsync(Hub.Client, "/experiments/a_blank_one")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_nobody_foresaw_of_one_experiment_stops_none_of_the_others()
    {
        File.WriteAllText(
            Path.Combine(folder, "catalog", "experiments", "first.yaml"),
            "name: a_first_one\nvariants: [{ name: control, weight: 50 }, { name: treatment, weight: 50 }]\nmetrics: [{ name: quality }]\n"
        );
        await RestartAsync();
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        // A look that no hub wrote.
        var documents = Hub.Hub.Services.GetRequiredService<IDocumentStore>();
        await documents.PutAsync(new DocumentWrite(LookBook.Collection, "a_first_one/1/2026-03-09", "[]"u8.ToArray()), Cancel);

        (await MakeAsync()).ShouldBe(1);
        (await MakeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_report_of_a_look_stays_as_it_was_and_can_be_downloaded()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        await MakeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var page = WebUtility.HtmlDecode((await Answered.GetAsync(Hub.Client, Address, ("Accept-Language", "en"))).Text);
        page.ShouldContain("Continue</a>, scheduled");
        page.ShouldContain("The hub looks every 6\u00a0h, next on");
        var stamp = ReportArchive.StampOf((await LooksAsync())[0].GetProperty("at").GetDateTimeOffset());
        page.ShouldContain($"href=\"{Address}/looks/{stamp}.md\"");
        page.ShouldContain("Report of 10\u00a0Mar\u00a010:00, MD");
        WebUtility.HtmlDecode((await Answered.GetAsync(Hub.Client, Address, ("Accept-Language", "ru"))).Text).ShouldContain("по расписанию");

        var markdown = await Answered.GetAsync(Hub.Client, $"{Address}/looks/{stamp}.md");
        (markdown.Status, markdown.ContentType).ShouldBe((200, "text/markdown"));
        markdown.Headers["content-disposition"].ShouldStartWith("attachment");
        markdown.Text.ShouldContain($"Continue: {Name}");
        // Units that came in later, for the time before the look: told of that time they count, in the report they do not.
        await ExposeAsync(100, time.GetUtcNow().AddHours(-4), from: 60);
        (await Answered.GetAsync(Hub.Client, $"{Address}/looks/{stamp}.md")).Text.ShouldBe(markdown.Text);
        var json = (await Answered.GetAsync(Hub.Client, $"{Address}/looks/{stamp}.json")).Json;
        json.GetProperty("looks").GetArrayLength().ShouldBe(1);
        json.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("units").GetInt64()).ShouldBe(60);
        (await Answered.GetAsync(Hub.Client, $"{Address}/looks/20200101T000000000Z.md")).Status.ShouldBe(404);
        (await Answered.GetAsync(Hub.Client, $"{Address}/looks/..%2Fother.md")).Status.ShouldBe(404);
        (await Answered.GetAsync(Hub.Client, $"/experiments/none/looks/{stamp}.md")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_reports_the_latest_are_kept()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        await MakeAsync();
        var objects = Hub.Hub.Services.GetRequiredService<IObjectStore>();
        for (var i = 0; i < ReportArchive.MostKept; i++)
        {
            foreach (var format in ReportArchive.Formats)
            {
                using var old = new MemoryStream([1]);
                await objects.PutAsync($"experiments/{Name}/1/{ReportArchive.StampOf(time.GetUtcNow().AddDays(-i - 1))}.{format}", old, Cancel);
            }
        }

        time.Advance(TimeSpan.FromHours(6));
        (await MakeAsync()).ShouldBe(1);

        var kept = await objects.ListAsync(new ObjectQuery($"experiments/{Name}/") { Limit = 10_000 }, Cancel);
        kept.Count.ShouldBe(ReportArchive.MostKept * ReportArchive.Formats.Count);
        kept[^1].Name.ShouldBe($"experiments/{Name}/1/{ReportArchive.StampOf(time.GetUtcNow())}.md");
    }

    [Fact]
    public async Task It_happens_without_anybody_asking()
    {
        await ExposeAsync(60, time.GetUtcNow().AddHours(-5));
        await Hub.StopAsync();
        await StartAsync(new HurriedTime(time));

        await Eventually.GetAsync(LooksAsync, looks => looks.Count == 1, "the look of the schedule");
    }

    private static string Address => $"/experiments/{Name}";

    private Assay.Experimentation.Experiments.ExperimentFile Definition => Hub.Hub.Services.GetRequiredService<FlagDesk>().State.Experiments[Name];

    private Task<int> MakeAsync() => Hub.Hub.Services.GetRequiredService<ScheduledLooks>().MakeDueAsync(Cancel);

    private async Task<IReadOnlyList<JsonElement>> LooksAsync() =>
        [.. (await Answered.GetAsync(Hub.Client, $"/api/v1/experiments/{Name}/looks")).Json.GetProperty("looks").EnumerateArray()];

    private async Task RestartAsync()
    {
        await Hub.StopAsync();
        await StartAsync(time);
    }

    private async Task StartAsync(TimeProvider clock) => hub = await RunningHub.StartAsync(time: clock, folder: folder);

    private void WriteCatalog(string every, bool running = true)
    {
        var experiments = Directory.CreateDirectory(Path.Combine(folder, "catalog", "experiments")).FullName;
        File.WriteAllText(
            Path.Combine(experiments, "scheduled.yaml"),
            $$"""
            name: {{Name}}
            running: {{(running ? "true" : "false")}}
            lookEvery: {{every}}
            variants: [{ name: control, weight: 50 }, { name: treatment, weight: 50 }]
            metrics: [{ name: quality, kind: mean, role: goal }]
            """
        );
    }

    /// <summary>Units up to so many, half in each arm.</summary>
    private Task<AppendReport> ExposeAsync(int units, DateTimeOffset at, int from = 0) =>
        Hub
            .Hub.Services.GetRequiredService<IEventStore>()
            .AppendAsync(
                new EventBatch
                {
                    Exposures =
                    [
                        .. Enumerable
                            .Range(from, units - from)
                            .Select(i => new ExposureEvent
                            {
                                Experiment = Name,
                                Version = 1,
                                Unit = UnitId.Of($"unit-{i}"),
                                Variant = i % 2 == 0 ? "control" : "treatment",
                                TimeNanos = (at - DateTimeOffset.UnixEpoch).Ticks * 100,
                            }),
                    ],
                },
                Cancel
            );

    /// <summary>Another clock, whose minutes of the schedule are over at once.</summary>
    private sealed class HurriedTime(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            period == LookWatch.Every
                ? base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50))
                : base.CreateTimer(callback, state, dueTime, period);
    }
}
