using System.Globalization;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Drafting;

/// <summary>What the reference answers of a list of questions look like, so that fitting metrics are drafted.</summary>
internal enum AnswerShape
{
    /// <summary>No case has one.</summary>
    None,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Names, codes, a few words.</summary>
    Short,

    /// <summary>Sentences.</summary>
    Prose,
}

/// <summary>Looks at the answers of cases.</summary>
internal static class AnswerShapes
{
    /// <summary>An answer of at most this many words is given word for word or not at all.</summary>
    private const int ShortWords = 4;

    public static AnswerShape Of(IReadOnlyList<Case> cases)
    {
        List<string> answers = [.. cases.Select(c => c.Expected?.Trim()).OfType<string>()];
        return answers.Count == 0 ? AnswerShape.None
            : answers.TrueForAll(IsNumber) ? AnswerShape.Numbers
            : answers.Select(Words).Order().ElementAt(answers.Count / 2) <= ShortWords ? AnswerShape.Short
            : AnswerShape.Prose;
    }

    /// <summary>Whether most of the letters that are asked are Cyrillic.</summary>
    public static bool AreRussian(IReadOnlyList<Case> cases) =>
        cases.Sum(c => c.Input.Count(x => x is >= '\u0400' and <= '\u04FF')) > cases.Sum(c => c.Input.Count(char.IsAsciiLetter));

    private static int Words(string answer) => answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static bool IsNumber(string answer) =>
        double.TryParse(
            answer.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.').TrimEnd('%'),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out _
        );
}
