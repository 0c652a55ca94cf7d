using Assay.Releases.Canaries;
using Assay.Releases.Canaries.Judging;
using Assay.Releases.Files;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Releases.Pages;

/// <summary>What the pages say of releases.</summary>
internal static class ReleaseTexts
{
    /// <summary>Releases beside their number.</summary>
    public static readonly Noun Releases = new("release", "releases", "выпуск", "выпуска", "выпусков");

    /// <summary>Looks beside their number.</summary>
    public static readonly Noun Looks = new("look", "looks", "просмотр", "просмотра", "просмотров");

    /// <summary>Requests beside their number.</summary>
    public static readonly Noun Requests = new("request", "requests", "запрос", "запроса", "запросов");

    /// <summary>Links of the ledger beside their number.</summary>
    public static readonly Noun Links = new("record", "records", "запись", "записи", "записей");

    /// <summary>Approvals beside their number.</summary>
    public static readonly Noun Approvals = new("approval", "approvals", "одобрение", "одобрения", "одобрений");

    /// <summary>The address of a release's page, or of a page below it.</summary>
    public static string Address(string release, string below = "") =>
        "/releases/" + Uri.EscapeDataString(release).Replace("%40", "@", StringComparison.Ordinal) + (below.Length == 0 ? "" : "/" + below);

    /// <summary>What a metric is for.</summary>
    public static Phrase Of(CanaryRole role) =>
        role switch
        {
            CanaryRole.Guardrail => new("Guardrail", "Ограничение"),
            CanaryRole.Signal => new("Signal", "Сигнал"),
            _ => new("Info", "Для сведения"),
        };

    /// <summary>How a kind of metric is tested.</summary>
    public static Phrase Of(CanaryMetricKind kind) =>
        kind switch
        {
            CanaryMetricKind.Rate => new("exact", "точный"),
            CanaryMetricKind.Mean => new("sequential", "последовательный"),
            CanaryMetricKind.Probe => new("probe", "проверка"),
            _ => new("exact, by quantile", "точный, по квантилю"),
        };

    /// <summary>The verdict behind what a metric came to.</summary>
    public static Verdict VerdictOf(MetricVerdict verdict) =>
        verdict switch
        {
            MetricVerdict.Pass => Verdict.Pass,
            MetricVerdict.Fail => Verdict.Fail,
            MetricVerdict.Inconclusive => Verdict.Inconclusive,
            _ => Verdict.NoData,
        };

    /// <summary>Another word for what a metric came to; null for the usual one.</summary>
    public static Phrase? WordOf(MetricVerdict verdict) => verdict == MetricVerdict.Error ? new("Cannot be read", "Не читается") : null;

    /// <summary>A share of traffic.</summary>
    public static string Share(decimal percent, Reader reader) => Flags.Pages.FlagTexts.Percent(percent, reader.Figures);

    /// <summary>What moves the traffic.</summary>
    public static Phrase Of(SplitEntry split) =>
        split.Flag is { } flag ? new($"flag {flag}", $"флаг {flag}")
        : split.Upstreams is { } upstreams ? new($"upstreams of {upstreams.Name}", $"вышестоящие серверы {upstreams.Name}")
        : new("a command", "команда");

    /// <summary>Where a release stands in the ledger, in a word or two.</summary>
    public static Phrase OfState(string state) =>
        state switch
        {
            "opened" => new("Opened", "Открыт"),
            "gate" => new("Gate decided", "Решение ворот"),
            "canary_started" => new("Canary begins", "Канарейка начинается"),
            "step" => new("Canary", "Канарейка"),
            "promoted" => new("Promoted", "Выпущен"),
            "rolled_back" => new("Rolled back", "Откачен"),
            "deployed" => new("Deployed", "Развёрнут"),
            _ => Phrase.Same(state),
        };

    /// <summary>A text cut to a length.</summary>
    public static string Short(string text, int most = 400) => text.Length <= most ? text : text[..most] + "…";
}
