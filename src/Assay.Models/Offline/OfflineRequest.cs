using System.Text.RegularExpressions;

namespace Assay.Models.Offline;

/// <summary>
/// What the offline chat finds in a message. A line that begins with a time in brackets, <c>[09:30]</c>, begins a post; one that begins with a number in
/// brackets, <c>[2]</c>, begins a passage. Without posts, what follows <c>Question:</c> or <c>Вопрос:</c> is the question; else the last paragraph.
/// </summary>
/// <param name="Posts">Posts in the order of the message.</param>
/// <param name="Passages">Passages in the order of the message; empty when there are posts.</param>
/// <param name="Question">The question; empty when there are posts.</param>
/// <param name="InRussian">Whether what is asked has more Cyrillic letters than Latin ones.</param>
internal sealed partial record OfflineRequest(IReadOnlyList<string> Posts, IReadOnlyList<string> Passages, string Question, bool InRussian)
{
    /// <summary>Posts or passages that are read; what comes after belongs to the last one.</summary>
    private const int MaxParts = 500;

    public static OfflineRequest Read(string message)
    {
        var text = message.ReplaceLineEndings("\n");
        var posts = Parts(text, PostMark());
        if (posts.Count > 0)
        {
            return new OfflineRequest(posts, [], "", IsRussian(string.Concat(posts)));
        }

        var cut = QuestionMark().Matches(text).LastOrDefault();
        var question = cut is null ? LastParagraph(text) : text[(cut.Index + cut.Length)..].Trim();
        var before = cut is null ? text[..Math.Max(0, text.LastIndexOf(question, StringComparison.Ordinal))] : text[..cut.Index];
        return new OfflineRequest([], Parts(before, PassageMark()), question, IsRussian(question));
    }

    private static List<string> Parts(string text, Regex mark)
    {
        var marks = mark.Matches(text).Take(MaxParts).ToList();
        return
        [
            .. marks
                .Select((at, i) => text[(at.Index + at.Length)..(i + 1 < marks.Count ? marks[i + 1].Index : text.Length)].Trim())
                .Where(part => part.Length > 0),
        ];
    }

    private static string LastParagraph(string text)
    {
        var trimmed = text.Trim();
        var at = trimmed.LastIndexOf("\n\n", StringComparison.Ordinal);
        return at < 0 ? trimmed : trimmed[(at + 2)..];
    }

    private static bool IsRussian(string text) => text.Count(c => c is >= '\u0400' and <= '\u04FF') > text.Count(char.IsAsciiLetter);

    [GeneratedRegex(@"^\[\d{1,2}:\d{2}\][ \t]*", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PostMark();

    [GeneratedRegex(@"^\[\d{1,4}\][ \t]*", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PassageMark();

    [GeneratedRegex(@"^(?:Question|Вопрос):[ \t]*", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex QuestionMark();
}
