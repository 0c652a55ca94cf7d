using System.Buffers;

namespace Assay.Redacting;

/// <summary>Signs that a text may hold something to redact.</summary>
[Flags]
internal enum Signs
{
    None = 0,

    /// <summary>An <c>@</c>.</summary>
    At = 1,

    /// <summary>Many digits in a row, or with the signs between them that phone numbers have.</summary>
    Number = 2,

    /// <summary>The first letters of a key, or the word before a token.</summary>
    Key = 4,

    /// <summary>A word such as <c>password</c>, and a sign that gives it a value.</summary>
    Name = 8,

    /// <summary>A Telegram address.</summary>
    Link = 16,

    /// <summary>Such a word with a capital letter, as it begins within <c>accessToken</c>.</summary>
    InnerName = 32,
}

/// <summary>
/// A quick look for <see cref="Signs"/>, so that clean text costs a few vector comparisons. A text without a sign has no part with it.
/// </summary>
internal static class RedactionSigns
{
    // Fewest digits in something that we redact: a Telegram bot's number has 8.
    private const int FewestDigits = 8;

    // Each set has at most eight strings of three or more ASCII characters: up to there the runtime compares them all at once, above it buckets them and is four times slower.
    private static readonly SearchValues<string> Keys = Any("sk-", "xox", "eyj", "akia", "asia", "aiza", "bearer", "basic");
    private static readonly SearchValues<string> GitHubKeys = Any("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_");
    private static readonly SearchValues<string> Links = Any("t.me/", "gram.me/", "gram.dog/", "tg:/");
    private static readonly SearchValues<string> Names = Any("pass", "pwd", "secret", "token", "key", "authorization");
    private static readonly SearchValues<string> InnerNames = SearchValues.Create(
        ["Pass", "Pwd", "Secret", "Token", "Key", "Authorization"],
        StringComparison.Ordinal
    );
    private static readonly SearchValues<char> Marks = SearchValues.Create("@_/=:");

    /// <summary>The signs in the text.</summary>
    public static Signs In(ReadOnlySpan<char> text)
    {
        var signs = HasLongNumber(text) ? Signs.Number : Signs.None;
        signs |= text.ContainsAny(Keys) ? Signs.Key : Signs.None;
        return text.ContainsAny(Marks) ? signs | Marked(text) : signs;
    }

    private static Signs Marked(ReadOnlySpan<char> text)
    {
        var signs = text.Contains('@') ? Signs.At : Signs.None;
        signs |= text.Contains('_') && text.ContainsAny(GitHubKeys) ? Signs.Key : Signs.None;
        signs |= text.Contains('/') && text.ContainsAny(Links) ? Signs.Link : Signs.None;
        return text.ContainsAny('=', ':') && HasName(text) ? signs | Signs.Name | Inner(text) : signs;
    }

    private static Signs Inner(ReadOnlySpan<char> text) => text.ContainsAny(InnerNames) ? Signs.InnerName : Signs.None;

    private static bool HasName(ReadOnlySpan<char> text) => text.ContainsAny(Names) || text.Contains("пароль", StringComparison.OrdinalIgnoreCase);

    // Digits count on over the signs that people write phone numbers with.
    private static bool HasLongNumber(ReadOnlySpan<char> text)
    {
        while (text.Length >= FewestDigits)
        {
            var start = text.IndexOfAnyInRange('0', '9');
            if (start < 0)
            {
                return false;
            }

            var digits = 0;
            var i = start;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is ' ' or '-' or '.' or '(' or ')' or '+' or '\u00A0'))
            {
                digits += char.IsAsciiDigit(text[i++]) ? 1 : 0;
            }

            if (digits >= FewestDigits)
            {
                return true;
            }

            text = text[i..];
        }

        return false;
    }

    private static SearchValues<string> Any(params ReadOnlySpan<string> strings) => SearchValues.Create(strings, StringComparison.OrdinalIgnoreCase);
}
