using Assay.Redacting;

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
    /// <summary>The text without personal data and secrets; the same instance when there was nothing to take out.</summary>
    public static string Redact(string text) => Redaction.Of(text);

    /// <summary>Whether <see cref="Redact"/> would change the text. Allocates nothing.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> text) => Redaction.IsNeeded(text);
}
