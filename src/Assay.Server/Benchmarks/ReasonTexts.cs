using System.Text.RegularExpressions;

namespace Assay.Server.Benchmarks;

/// <summary>A text with the language that it is in, for the <c>lang</c> attribute.</summary>
/// <param name="Text">The text.</param>
/// <param name="Language"><c>en</c> or <c>ru</c>.</param>
internal readonly record struct SpokenText(string Text, string Language);

/// <summary>
/// What metrics say of a case. Their own sentences are fixed and English, and are translated here; what a judge wrote is in the language of the benchmark and stays so.
/// </summary>
internal static partial class ReasonTexts
{
    private static readonly Dictionary<string, string> Fixed = new(StringComparer.Ordinal)
    {
        ["The price is unknown."] = "Цена неизвестна.",
        ["The answer is empty."] = "Ответ пуст.",
        ["the answer is empty"] = "ответ пуст",
        ["The answer makes no claim."] = "Ответ ничего не утверждает.",
        ["The case has no expected answer."] = "У случая нет эталонного ответа.",
        ["The expected answer has no word to compare with."] = "В эталонном ответе нет слов для сравнения.",
        ["The expected answer is empty."] = "Эталонный ответ пуст.",
        ["The expected answer has no number."] = "В эталонном ответе нет числа.",
        ["The expected answer has several numbers; this metric compares one."] = "В эталонном ответе несколько чисел; метрика сравнивает одно.",
        ["The case names no relevant document."] = "У случая не названы нужные документы.",
        ["Neither the answer nor the case has contexts."] = "Ни у ответа, ни у случая нет отрывков.",
        ["The target does not say how long it took."] = "Сколько длился ответ, неизвестно.",
        ["The target does not report tokens."] = "Сколько токенов ушло, неизвестно.",
        ["not found"] = "не найдено",
        ["no JSON: the answer is empty"] = "не JSON: ответ пуст",
    };

    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        ["claims are supported"] = "подтверждено утверждений",
        ["statements of the reference are in the passages"] = "утверждений эталона в отрывках",
        ["passages are useful"] = "полезных отрывков",
        ["statements help to answer the question"] = "утверждений по делу",
    };

    private static readonly (Regex English, Func<Match, string> Russian)[] Patterns =
    [
        (Words(), said => said.Result("Содержательных слов эталона в ответе: ${a} из ${b}.")),
        (WordsOfPassages(), said => said.Result("Содержательных слов отрывков в ответе: ${a} из ${b}.")),
        (InPassages(), said => said.Result("Содержательных слов ответа в отрывках: ${a} из ${b}.")),
        (Judged(), said => $"{Parts[said.Groups["c"].Value]}: {said.Result("${a} из ${b}")}{(said.Groups["d"].Success ? $"; нет: {said.Groups["d"]}" : "")}"),
        (Unusable(), said => said.Result("Модель не дала пригодного ответа, попыток: ${a}. Что не так: ${b}")),
        (Found(), said => said.Result("найдено: “${a}”")),
        (NotJson(), said => said.Result("не JSON: строка ${a}, байт ${b}")),
    ];

    /// <summary>A reason in the reader's language where it is one of ours, else as it was written.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="benchmark">The benchmark's language.</param>
    /// <param name="reader">The reader's language.</param>
    public static SpokenText Of(string reason, string benchmark, string reader)
    {
        if (Fixed.TryGetValue(reason, out var russian))
        {
            return reader == "ru" ? new(russian, "ru") : new(reason, "en");
        }

        foreach (var (english, said) in Patterns)
        {
            if (english.Match(reason) is { Success: true } found)
            {
                return reader == "ru" ? new(said(found), "ru") : new(reason, "en");
            }
        }

        return new(reason, benchmark);
    }

    // Each is begun and ended, and holds one run of anything at most: no text makes it slow.
    [GeneratedRegex(@"^Has (?<a>\d+) of (?<b>\d+) content words of the reference answer\.$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Words();

    [GeneratedRegex(@"^Has (?<a>\d+) of (?<b>\d+) content words of the passages\.$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WordsOfPassages();

    [GeneratedRegex(@"^(?<a>\d+) of its (?<b>\d+) content words are in the passages\.$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InPassages();

    [GeneratedRegex(
        @"^(?<a>\d+) of (?<b>\d+) (?<c>claims are supported|statements of the reference are in the passages|passages are useful|statements help to answer the question)(; not: (?<d>.*))?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Judged();

    [GeneratedRegex(
        @"^The model gave no usable answer in (?<a>\d+) attempts: (?<b>.*)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Unusable();

    [GeneratedRegex("^found: “(?<a>.*)”$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Found();

    [GeneratedRegex(@"^no JSON: line (?<a>\d+), byte (?<b>\d+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NotJson();
}
