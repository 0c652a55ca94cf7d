using Assay.Observability.Slos;
using Assay.Observability.Slos.Notifying;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Slos;

/// <summary>SLOs in both languages.</summary>
internal static class SloPhrases
{
    private static readonly Figures Ru = new(Language.Ru);
    private static readonly Figures En = new(Language.En);
    private static readonly Noun Events = new("event", "events", "событие", "события", "событий");
    private static readonly Noun OfEvents = new("event", "events", "события", "событий", "событий");

    // The default SLOs speak both languages; those of a catalog say what their file says.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["Availability"] = "Доступность",
        ["Latency P99"] = "Задержка P99",
        ["Quality"] = "Качество",
        ["Error rate"] = "Доля ошибок",
        ["Requests are answered without an error."] = "На запросы отвечают без ошибки.",
        ["99 % of requests are answered in time."] = "На 99 % запросов отвечают вовремя.",
        ["Judges and users call answers good."] = "Судьи и пользователи называют ответы хорошими.",
        ["Calls of models, tools and searches succeed."] = "Вызовы моделей, инструментов и поиска удаются.",
    };

    /// <summary>A name or description of an SLO.</summary>
    public static Phrase Told(string text) => new(text, Defaults.GetValueOrDefault(text, text));

    public static Phrase Objective(SloDefinition slo)
    {
        var (en, ru) = (Share(slo.Target, En), Share(slo.Target, Ru));
        var (limit, predel) = (Plain(slo.Indicator.Threshold, En), Plain(slo.Indicator.Threshold, Ru));
        return (slo.Indicator.Signal, slo.Indicator.Good) switch
        {
            (SloSignal.Requests, GoodWhen.AtMost) => new($"{en} of requests within {limit} ms", $"{ru} запросов не дольше {predel} мс"),
            (SloSignal.Requests, _) => new($"{en} of requests without an error", $"{ru} запросов без ошибки"),
            (SloSignal.Calls, GoodWhen.AtMost) => new($"{en} of calls within {limit} ms", $"{ru} вызовов не дольше {predel} мс"),
            (SloSignal.Calls, _) => new($"{en} of calls without an error", $"{ru} вызовов без ошибки"),
            (SloSignal.Scores, GoodWhen.AtMost) => new($"{en} of scores at most {limit}", $"{ru} оценок не выше {predel}"),
            (SloSignal.Scores, _) => new($"{en} of scores at least {limit}", $"{ru} оценок не ниже {predel}"),
            _ => new($"{en} by Prometheus", $"{ru} по данным Prometheus"),
        };
    }

    public static Phrase Reason(SloStatus status) => new(status.Reason, InRussian(status));

    public static Phrase What(AlertMessage alert) =>
        (alert.Status, alert.Severity) switch
        {
            ("resolved", _) => new("alert resolved", "тревога снята"),
            (_, "page") => new("page", "срочная тревога"),
            _ => new("ticket", "задача"),
        };

    private static string InRussian(SloStatus status)
    {
        var (slo, count) = (status.Slo, status.Count);
        if (slo.Indicator.Signal == SloSignal.Prometheus)
        {
            return "Считает Prometheus: правила печатает assay slo rules.";
        }

        if (count.Total == 0)
        {
            return "За 30 дней событий не было.";
        }

        var bad = $"Плохих {Ru.Count(count.Bad)} из {Ru.Count(count.Total, OfEvents)} за 30 дней";
        var needed = Ru.Count(Math.Max(0, SloJudgement.EnoughEvents(slo) - count.Total), Events);
        return status.Verdict != Verdict.Inconclusive ? $"{bad}; {Share(slo.Target, Ru)} допускают {Ru.Number(slo.Budget * count.Total)}."
            : count.Bad > slo.Budget * count.Total ? $"{bad}, это объясняется случайностью; до решения не хватает: {needed}."
            : $"{bad}, для решения этого мало; не хватает: {needed}.";
    }

    /// <summary>A share as a percentage with the digits that it has, no more: 0.1 %.</summary>
    internal static string Share(double share, Figures f) => Plain((double)((decimal)share * 100), f) + Figures.Space + "%";

    /// <summary>A number with the digits that it has, no more.</summary>
    internal static string Plain(double value, Figures f) =>
        f.Fixed(value, Enumerable.Range(0, 7).First(d => d == 6 || Math.Abs(Math.Round(value, d) - value) < 1e-9));
}
