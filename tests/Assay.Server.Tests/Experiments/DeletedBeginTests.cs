using System.Net;
using Assay.Embedded;
using Assay.Experimentation.Analysis.Decisions;
using Assay.Experimentation.Analysis.Looks;
using Assay.Experimentation.Experiments;
using Assay.Server.Tests.Pages;
using Assay.Stores;

namespace Assay.Server.Tests.Experiments;

/// <summary>An experiment of which retention deletes the begin, from the store to the page.</summary>
public sealed class DeletedBeginTests : IDisposable
{
    private const int Units = 600;

    private readonly string folder = Directory.CreateTempSubdirectory("assay-deleted-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Begin => StandingClock.Now.AddDays(-20);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_winner_is_none_once_the_begin_of_its_period_is_deleted()
    {
        var catalog = Directory.CreateDirectory(Path.Combine(folder, "catalog", "experiments")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(catalog, "kept.yaml"),
            """
            name: kept
            variants: [{ name: control, weight: 50 }, { name: treatment, weight: 50 }]
            metrics: [{ name: quality, kind: mean, role: goal }]
            """,
            Cancel
        );
        var definition = ExperimentCatalog.Read(Path.Combine(folder, "catalog")).Single();
        await using (var store = await EmbeddedStore.OpenAsync(folder, new StandingClock(), Cancel))
        {
            var book = new LookBook(store.Documents, store.Events);
            await store.Events.AppendAsync(Events(), Cancel);
            (await book.LookAsync(definition, StandingClock.Now.AddDays(-6), Cancel)).Decision.Action.ShouldBe(DecidedAction.Ship);

            await store.Events.DeleteBeforeAsync(Begin.AddDays(6), Cancel);

            var after = await book.LookAsync(definition, StandingClock.Now.AddDays(-5), Cancel);
            after.Decision.Action.ShouldBe(DecidedAction.Review);
            after.Decision.Reason.ShouldContain("It began on 2026-02-20 14:30 UTC, and events before 2026-02-26 14:30 UTC were deleted");
            after.Units.ShouldBeLessThan(Units);
        }

        await using var hub = await RunningHub.StartAsync(time: new StandingClock(), folder: folder);
        var page = await TextAsync(hub, "en");
        page.ShouldContain("The data cannot be trusted: no winner is named");
        page.ShouldContain("Events deleted");
        page.ShouldContain("It began on 2026-02-20 14:30 UTC");
        (await TextAsync(hub, "ru")).ShouldContain("Эксперимент начался 20\u00a0фев.");
    }

    private static async Task<string> TextAsync(RunningHub hub, string language) =>
        WebUtility.HtmlDecode((await Answered.GetAsync(hub.Client, "/experiments/kept", ("Accept-Language", language))).Text);

    /// <summary>Units over twelve days, those of treatment better.</summary>
    private static EventBatch Events()
    {
        var random = new Random(7);
        var units = Enumerable.Range(0, Units).Select(i => (Key: $"unit-{i}", IsTreatment: i % 2 == 1, At: Nanos(Begin.AddDays(12.0 * i / Units)))).ToList();
        return new EventBatch
        {
            Exposures =
            [
                .. units.Select(u => new ExposureEvent
                {
                    Experiment = "kept",
                    Version = 1,
                    Unit = UnitId.Of(u.Key),
                    Variant = u.IsTreatment ? "treatment" : "control",
                    TimeNanos = u.At,
                }),
            ],
            Outcomes =
            [
                .. units.Select(u => new OutcomeEvent
                {
                    Key = u.Key,
                    Experiment = "kept",
                    Unit = UnitId.Of(u.Key),
                    Metric = "quality",
                    Value = random.NextDouble() + (u.IsTreatment ? 0.3 : 0),
                    TimeNanos = u.At + 1,
                }),
            ],
        };
    }

    private static long Nanos(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
