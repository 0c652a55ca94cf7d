using System.Text.Json.Serialization;
using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Hosting;

namespace Assay.Server.Slos;

/// <summary>All SLOs, as the API and <c>assay slo status --json</c> tell them.</summary>
/// <param name="At">When this was read.</param>
/// <param name="Verdict">The worst of all.</param>
/// <param name="Slos">Each SLO, by name.</param>
internal sealed record SlosReport(DateTimeOffset At, [property: JsonConverter(typeof(SnakeCaseEnum<Verdict>))] Verdict Verdict, IReadOnlyList<SloReport> Slos)
{
    public static SlosReport Of(SloSummary summary) => new(summary.At, summary.Verdict, [.. summary.Slos.Select(SloReport.Of)]);
}

/// <summary>One SLO.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Service">The service.</param>
/// <param name="Description">What is promised.</param>
/// <param name="Target">The share of events that must be good.</param>
/// <param name="Verdict">Whether it is kept.</param>
/// <param name="Reason">The verdict in words.</param>
/// <param name="Events">Events of the last 30 days.</param>
/// <param name="BadEvents">The bad ones.</param>
/// <param name="GoodRatio">The share of good ones; absent without events.</param>
/// <param name="BudgetLeft">The share of the budget that is left, negative when overspent; absent without events.</param>
/// <param name="TooLate">Events that came when they were older than 30 days and are counted nowhere.</param>
/// <param name="Burns">Each window, the shortest first.</param>
/// <param name="Alerts">What fires.</param>
internal sealed record SloReport(
    string Name,
    string DisplayName,
    string Service,
    string Description,
    double Target,
    [property: JsonConverter(typeof(SnakeCaseEnum<Verdict>))] Verdict Verdict,
    string Reason,
    long Events,
    long BadEvents,
    double? GoodRatio,
    double? BudgetLeft,
    long TooLate,
    IReadOnlyList<BurnReport> Burns,
    IReadOnlyList<AlertMessage> Alerts
)
{
    public static SloReport Of(SloStatus status) =>
        new(
            status.Slo.Name,
            status.Slo.DisplayName,
            status.Slo.Service,
            status.Slo.Description,
            status.Slo.Target,
            status.Verdict,
            status.Reason,
            status.Count.Total,
            status.Count.Bad,
            status.GoodRatio,
            status.BudgetLeft,
            status.TooLate,
            [.. status.Burns.Select(BurnReport.Of)],
            [.. status.Alerts.Select(AlertMessage.Of)]
        );
}

/// <summary>One window.</summary>
/// <param name="Window">Its length: <c>5m</c>, <c>30d</c>.</param>
/// <param name="Events">Events in it.</param>
/// <param name="BadEvents">The bad ones.</param>
/// <param name="Burn">The burn rate; absent without events.</param>
internal sealed record BurnReport(string Window, long Events, long BadEvents, double? Burn)
{
    public static BurnReport Of(BurnReading reading) => new(reading.Name, reading.Count.Total, reading.Count.Bad, reading.Burn);
}

/// <summary>One SLO with its past.</summary>
/// <param name="Slo">How it stands.</param>
/// <param name="Window">The window of the burn rates.</param>
/// <param name="StepSeconds">Seconds between two points.</param>
/// <param name="Points">The oldest first.</param>
internal sealed record SloDetail(SloReport Slo, string Window, long StepSeconds, IReadOnlyList<PointReport> Points);

/// <summary>A point of the past.</summary>
/// <param name="At">When.</param>
/// <param name="Burn">The burn rate of the window that ended then; absent without events.</param>
/// <param name="BudgetLeft">The share of the budget that was left; absent without events.</param>
internal sealed record PointReport(DateTimeOffset At, double? Burn, double? BudgetLeft);

/// <summary>Alerts, the newest first.</summary>
/// <param name="Alerts">Firing ones and those that are over.</param>
internal sealed record AlertsReport(IReadOnlyList<AlertMessage> Alerts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlosReport))]
[JsonSerializable(typeof(SloDetail))]
[JsonSerializable(typeof(AlertsReport))]
internal sealed partial class SlosJson : JsonSerializerContext;
