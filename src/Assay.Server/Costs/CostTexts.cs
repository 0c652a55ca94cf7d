using Assay.Prices;
using Assay.Server.Surface.Charts;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Costs;

/// <summary>The words of the page of costs.</summary>
internal static class CostTexts
{
    /// <summary>What stands where an amount is unknown.</summary>
    public static readonly Phrase Unknown = new("unknown", "неизвестно");

    public static readonly Noun Calls = new("call", "calls", "вызов", "вызова", "вызовов");

    public static readonly Noun Requests = new("request", "requests", "запрос", "запроса", "запросов");

    public static readonly Noun Models = new("model", "models", "модель", "модели", "моделей");

    /// <summary>The heading of a table.</summary>
    public static Phrase Title(CostSplit split) =>
        split.Name switch
        {
            "model" => new("By model", "По моделям"),
            "prompt" => new("By prompt version", "По версиям промпта"),
            "operation" => new("By operation", "По операциям"),
            "version" => new("By service version", "По версиям сервиса"),
            _ => new("By variant", "По вариантам"),
        };

    /// <summary>The heading of a table's first column.</summary>
    public static Phrase Column(CostSplit split) =>
        split.Name switch
        {
            "model" => new("Model", "Модель"),
            "prompt" => new("Prompt", "Промпт"),
            "operation" => new("Operation", "Операция"),
            "version" => new("Version", "Версия"),
            _ => new("Variant", "Вариант"),
        };

    /// <summary>What stands for a value that the sender did not give.</summary>
    public static Phrase NoValue(CostSplit split) =>
        split.Name switch
        {
            "model" => new("(no model named)", "(модель не названа)"),
            "prompt" => new("(no prompt)", "(без промпта)"),
            "operation" => new("(outside a request)", "(вне запроса)"),
            "version" => new("(no version)", "(без версии)"),
            _ => new("(no variant)", "(без варианта)"),
        };

    /// <summary>An amount of a tile.</summary>
    public static string Amount(decimal? dollars, Reader reader) => dollars is { } known ? reader.Figures.Dollars((double)known) : reader.Say(Unknown);

    /// <summary>The cost of a row, with as many decimals as all of its column.</summary>
    public static string InColumn(Money? cost, int decimals, Reader reader) =>
        cost is { } known ? "$" + reader.Figures.Fixed((double)known.Dollars, known.Pico == 0 ? 0 : decimals) : reader.Say(Unknown);

    /// <summary>The decimals of a column: three significant digits of its smallest amount, two at least and eight at most.</summary>
    public static int Decimals(IEnumerable<Money> column)
    {
        var least = column.Where(cost => cost.Pico > 0).Select(cost => (double)cost.Dollars).DefaultIfEmpty(1).Min();
        return Math.Clamp(2 - (int)Math.Floor(Math.Log10(least)), 2, 8);
    }

    /// <summary>What the unpriced calls mean for the sums.</summary>
    public static string UnpricedNote(CostPageModel model, Reader reader) =>
        model.Totals.Calls == 0 ? reader.Say("no model calls", "вызовов моделей не было")
        : model.Totals.Unpriced == 0 ? reader.Say("every call has a price", "цена есть у каждого вызова")
        : reader.Say(
            $"{reader.Figures.Percent(model.UnpricedShare)} of calls; not in the sums",
            $"{reader.Figures.Percent(model.UnpricedShare)} вызовов; в суммы не входят"
        );

    /// <summary>Why calls of a model have no price.</summary>
    public static Phrase Reason(UnknownModel model) =>
        model.Model.Length == 0 ? new("The spans name no model: set gen_ai.request.model.", "В спанах не названа модель: нужен gen_ai.request.model.")
        : model.HasPrice
            ? new(
                "It has a price. These calls report no tokens, or counts that contradict each other, or lie before the first day of the price.",
                "Цена есть. У этих вызовов нет числа токенов, или числа противоречат друг другу, или вызовы сделаны раньше первого дня цены."
            )
        : new(
            "No price file names it. Add these lines under models: and fill in the prices.",
            "Ни один файл цен её не называет. Добавить эти строки в models: и вписать цены."
        );

    /// <summary>The chart.</summary>
    public static ChartSpec Chart(CostPageModel model, Reader reader) =>
        new()
        {
            Unit = "usd",
            Min = 0,
            X = new ChartTime(model.Window.First, model.Window.Step.TotalSeconds),
            Series = [new(reader.Say("Cost", "Затраты"), "1", model.PointsPerHour(reader.Now))],
        };

    /// <summary>The chart in a sentence.</summary>
    public static string Says(CostPageModel model, Reader reader)
    {
        var known = model.PointsPerHour(reader.Now).OfType<double>().DefaultIfEmpty(0).ToList();
        var (least, most) = (reader.Figures.Dollars(known.Min()), reader.Figures.Dollars(known.Max()));
        var range = reader.Say(reader.Range.Text);
        return reader.Say($"Cost over {range}, between {least} and {most} an hour.", $"Затраты за {range}: от {least} до {most} в час.");
    }
}
