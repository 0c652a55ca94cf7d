using System.Buffers;

namespace Assay.Observability.Logging;

/// <summary>
/// Takes personal data and secrets out of text: e-mail addresses, phone numbers (international, Russian and North American forms), Telegram
/// handles and links, bearer tokens, API keys, JSON web tokens, passwords in addresses and <c>password=…</c> pairs.
/// Each becomes a word in brackets that says what was there.
/// </summary>
/// <remarks>
/// <c>@name</c> with 5 to 32 letters, digits or underscores at the start of a word is taken for a Telegram handle, so an <c>@Override</c> goes
/// too; <c>@types/node</c>, <c>name@1.2</c> and <c>@abc</c> stay. Telegram links go with everything after the host, channel links too.
/// An eleven-digit number that begins like a Russian phone number is taken for one. The time is linear in the length of the text.
/// </remarks>
public static class Redactor
{
    // Fewest digits in something that we redact: a Telegram bot's number has 8.
    private const int FewestDigits = 8;

    // Every rule needs one of these, an '@' or a long run of digits; a test holds the rules to that.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "t.me/", "gram.me/", "gram.dog/", "tg:/", "sk-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "akia", "asia", "xox", "aiza", "eyj",
            "bearer", "basic", "passw", "pwd", "secret", "token", "api_key", "api-key", "apikey", "access_key", "access-key", "accesskey",
            "private_key", "private-key", "privatekey", "authorization", "пароль",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>The text without personal data and secrets; the same instance when there was nothing to take out.</summary>
    public static string Redact(string text)
    {
        if (!MightMatch(text))
        {
            return text;
        }

        foreach (var rule in RedactionRules.All)
        {
            text = rule.Pattern.Replace(text, rule.Replacement);
        }

        return text;
    }

    /// <summary>Whether <see cref="Redact"/> would change the text. Allocates nothing.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> text)
    {
        if (!MightMatch(text))
        {
            return false;
        }

        foreach (var rule in RedactionRules.All)
        {
            if (rule.Pattern.IsMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A quick look: false means that no rule matches the text, nor any part of it.</summary>
    internal static bool MightMatch(ReadOnlySpan<char> text) => text.Contains('@') || HasLongNumber(text) || text.ContainsAny(Signs);

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
}
