using Assay.Server.Surface.Reading;

namespace Assay.Server.Overview;

/// <summary>The sentences of the overview.</summary>
internal static class OverviewTexts
{
    public static readonly Noun ScoredAnswers = new("scored answer", "scored answers", "оценённый ответ", "оценённых ответа", "оценённых ответов");

    private static readonly Noun Slos = new("SLO", "SLOs", "SLO", "SLO", "SLO");

    /// <summary>What the lights of all SLOs come to. Missing data is never a pass: all are kept only when all have data.</summary>
    public static string LightsHeadline(IReadOnlyList<SloLight> lights, Reader reader)
    {
        int Count(Verdict verdict) => lights.Count(l => l.Light == verdict);
        var (bad, open, none, all) = (Count(Verdict.Fail), Count(Verdict.Inconclusive), Count(Verdict.NoData), lights.Count);
        var slos = reader.Figures.Count(all, Slos);
        return bad > 0 ? reader.Say($"{bad} of {slos} in the red", $"В красной зоне {bad} из {slos}")
            : open > 0 ? reader.Say($"No SLO fails, {open} of {all} undecided or burning", $"Нарушенных SLO нет, под вопросом {open} из {all}")
            : none == all ? reader.Say("SLOs have no data yet", "Данных для SLO ещё нет")
            : none > 0 ? reader.Say($"No SLO fails, {none} of {all} without data", $"Нарушенных SLO нет, без данных {none} из {all}")
            : reader.Say("All SLOs are kept", "Все SLO соблюдаются");
    }

    /// <summary>What the tiles compare with.</summary>
    public static string Before(Reader reader) =>
        reader.Range.Name switch
        {
            "15m" => reader.Say("the 15 minutes before", "предыдущим 15 минутам"),
            "1h" => reader.Say("the hour before", "предыдущему часу"),
            "6h" => reader.Say("the 6 hours before", "предыдущим 6 часам"),
            "7d" => reader.Say("the week before", "предыдущей неделе"),
            "30d" => reader.Say("the 30 days before", "предыдущим 30 дням"),
            _ => reader.Say("the day before", "предыдущим суткам"),
        };

    public static string RequestsNote(OverviewModel model, Reader reader)
    {
        if (model.Before is not { Count: > 0 } before)
        {
            return NothingBefore(reader);
        }

        var change = (double)(model.Now.Count - before.Count) / before.Count;
        return $"{reader.Figures.Signed(change * 100)}{Figures.Space}% {On(reader)}";
    }

    public static string LatencyNote(OverviewModel model, Reader reader)
    {
        if (P95(model.Now) is not { } now)
        {
            return reader.Say("no requests", "запросов не было");
        }

        return model.Before is not { } before || P95(before) is not { } then ? NothingBefore(reader) : $"{SignedDuration(now - then, reader)} {On(reader)}";
    }

    public static string ErrorsNote(OverviewModel model, Reader reader)
    {
        var f = reader.Figures;
        return reader.Say($"{f.Count(model.Now.Failed)} of {f.Count(model.Now.Count)}", $"{f.Count(model.Now.Failed)} из {f.Count(model.Now.Count)}");
    }

    public static string CostNote(OverviewModel model, Reader reader)
    {
        var f = reader.Figures;
        if (model.Now.Use.Calls == 0)
        {
            return reader.Say("no model calls", "вызовов моделей не было");
        }

        if (!model.Now.HasCost)
        {
            return reader.Say("prices of all model calls are unknown", "цены всех вызовов моделей неизвестны");
        }

        var hour = f.Dollars(model.Now.CostPerHour(reader.Watched) ?? 0);
        var unpriced = model.Now.UnpricedShare is > 0 and { } share ? reader.Say($", {f.Percent(share, 2)} unpriced", $", {f.Percent(share, 2)} без цены") : "";
        return reader.Say($"{hour} an hour", $"{hour} в час") + unpriced;
    }

    public static string ScoreNote(OverviewModel model, Reader reader)
    {
        if (model.Score is not { } score)
        {
            return reader.Say("no scored answers", "оценённых ответов нет");
        }

        var half = score.Interval is { Low: { } low, High: { } high } ? $"±{Figures.Space}{reader.Figures.Fixed((high - low) / 2, 3)} · " : "";
        return half + reader.Figures.Count(score.Count, ScoredAnswers);
    }

    /// <summary>How far a percentile may be from the exact one.</summary>
    public static string SketchError(OverviewModel model, Reader reader)
    {
        var error = reader.Figures.Percent(model.Now.DurationMs.RelativeError, 2);
        return reader.Say($"within {error} of exact", $"с точностью {error}");
    }

    /// <summary>The width of a point in words.</summary>
    public static string Step(Reader reader) => reader.Say("a point is ", "точка: ") + reader.Figures.Long(reader.Range.Step);

    /// <summary>The name of the score's tile and chart.</summary>
    public static string ScoreName(OverviewModel model, Reader reader) =>
        model.Score is not { } score || IsAnswerRelevance(score.Name) ? reader.Say("Answer relevance", "Релевантность ответов") : score.Name;

    /// <summary>Whether a score is the relevance of the answer. That of the context, or of a document, is another metric and keeps its own name.</summary>
    internal static bool IsAnswerRelevance(string score) =>
        score.Equals("relevance", StringComparison.OrdinalIgnoreCase) || score.Equals("answer_relevance", StringComparison.OrdinalIgnoreCase);

    private static double? P95(RequestSums sums) => sums.DurationMs.Quantile(0.95);

    private static string On(Reader reader) => reader.Say("on ", "к ") + Before(reader);

    private static string NothingBefore(Reader reader) => reader.Say("nothing to compare with yet", "сравнить пока не с чем");

    private static string SignedDuration(double ms, Reader reader)
    {
        var size = reader.Figures.Duration(Math.Abs(ms)).ToString();
        return (
                ms > 0 ? "+"
                : ms < 0 ? "−"
                : ""
            ) + size;
    }
}
