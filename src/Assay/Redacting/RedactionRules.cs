using System.Text.RegularExpressions;

namespace Assay.Redacting;

/// <summary>What is redacted and what is put in its place.</summary>
/// <param name="Kind">What it is, in a word.</param>
/// <param name="Needs">The rule matches only text with one of these signs.</param>
/// <param name="Pattern">What is taken out.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record RedactionRule(string Kind, Signs Needs, Regex Pattern, string Replacement);

/// <summary>
/// The rules in the order in which they are applied. Every repeated part is bounded, or is the last of its pattern behind a start that cannot be
/// inside such a part, so that each rule takes linear time on any text.
/// </summary>
internal static partial class RedactionRules
{
    public static readonly RedactionRule[] All =
    [
        new("secret", Signs.At, UserInAddress(), "://[secret]@"),
        new("token", Signs.Key, JsonWebToken(), "[token]"),
        new("token", Signs.Key, Authorization(), "${kept} [token]"),
        new("key", Signs.Key, ApiKey(), "[key]"),
        new("token", Signs.Number, BotToken(), "[token]"),
        new("secret", Signs.Name, NamedSecret(), "${kept}[secret]"),
        new("secret", Signs.InnerName, InnerName(), "${kept}[secret]"),
        new("telegram", Signs.Link, TelegramLink(), "[telegram]"),
        new("email", Signs.At, Email(), "[email]"),
        new("telegram", Signs.At, TelegramHandle(), "[telegram]"),
        new("phone", Signs.Number, InternationalPhone(), "[phone]"),
        new("phone", Signs.Number, RussianPhone(), "[phone]"),
        new("phone", Signs.Number, LocalPhone(), "[phone]"),
    ];

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const RegexOptions AnyCase = Plain | RegexOptions.IgnoreCase;

    // A timeout would turn text into an exception; that the time is linear is shown by a test with adversarial text instead.
#pragma warning disable MA0009
    // https://user:password@host, redis://:password@host
    [GeneratedRegex(@"://[^\s/@:\[\]]{0,64}:[^\s/@\[\]""']{1,256}@", Plain)]
    private static partial Regex UserInAddress();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*", Plain)]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<kept>Bearer|Basic)[ \t]{1,3}(?=[A-Za-z0-9._~+/=-]{0,256}[0-9._~+/=-])[A-Za-z0-9._~+/=-]{8,}", AnyCase)]
    private static partial Regex Authorization();

    // The shapes that the issuers document: OpenAI and Anthropic, GitHub, AWS, Slack, Google.
    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])|xox[a-z]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35,})",
        Plain
    )]
    private static partial Regex ApiKey();

    // A Telegram bot's token: its number, a colon, 35 characters.
    [GeneratedRegex(@"(?<![A-Za-z0-9])[0-9]{8,12}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])", Plain)]
    private static partial Regex BotToken();

    // What gives a name its value. A quote within JSON within JSON has up to three backslashes before it.
    private const string Giving = @"\\{0,3}[""']?[ \t]{0,3}[=:][ \t]{0,3}";

    // A value that is not taken out already: in quotes, or up to where it ends, which a quote within a string does too. Letters behind Basic or Bearer are one here.
    private const string Value =
        @"(?!\[)(?!(?:Bearer|Basic)[ \t]{1,3}\[)(?:(?:Bearer|Basic)[ \t]{1,3})?(?:\\{0,3}""[^""\r\n]{1,1024}""|\\{0,3}'[^'\r\n]{1,1024}'|(?>(?:[^\s""',;&<>\[\]{}()\\]+|(?>\\+)(?![""']))+))";

    [GeneratedRegex(
        "(?<![A-Za-z0-9])(?<kept>(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|authorization|пароль)"
            + Giving
            + ")"
            + Value,
        AnyCase
    )]
    private static partial Regex NamedSecret();

    // accessToken, clientSecret, dbPassword: the name begins with a capital letter within a longer one. Never TokenCount or maxTokens.
    [GeneratedRegex(
        "(?<=[A-Za-z0-9])(?<kept>(?:Password|Passwd|Passphrase|Pwd|Secret|Token|ApiKey|AccessKey|PrivateKey|SecretKey|Authorization)" + Giving + ")" + Value,
        Plain
    )]
    private static partial Regex InnerName();

    [GeneratedRegex(@"(?<![A-Za-z0-9_.-])(?:tg:/|(?:https?://)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog))/)[^\s""'<>)\]\[]+", AnyCase)]
    private static partial Regex TelegramLink();

    [GeneratedRegex(@"[\p{L}\p{Nd}_.%+-]{1,64}@(?:[\p{L}\p{Nd}-]{1,63}\.){1,8}\p{L}{2,24}", Plain)]
    private static partial Regex Email();

    // The host behind a password that was taken out is no handle.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_@./-]|://\[secret\])@[A-Za-z][A-Za-z0-9_]{4,31}(?![A-Za-z0-9_/@])", Plain)]
    private static partial Regex TelegramHandle();

    // E.164 with its separators: nine to fifteen digits behind a plus.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}+])\+[1-9](?:[ .()\u00A0-]{0,2}[0-9]){8,14}(?![0-9])", Plain)]
    private static partial Regex InternationalPhone();

    // 8 or 7, then an area code, which in Russia begins with 3, 4, 8 or 9, then seven digits.
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}_.,:/+-])[78][ \u00A0-]?\(?[3489][0-9]{2}\)?[ \u00A0-]?[0-9]{3}[ \u00A0-]?[0-9]{2}[ \u00A0-]?[0-9]{2}(?![\p{L}\p{Nd}_-]|[.,:][0-9])",
        Plain
    )]
    private static partial Regex RussianPhone();

    // Without the country: (495) 123-45-67, 916 123-45-67, (212) 555-0123, 212-555-0123, 212.555.0123.
    [GeneratedRegex(
        @"(?<![\p{L}\p{Nd}_.,:/+-])(?:\([0-9]{3,5}\) ?[0-9]{1,3}[ -][0-9]{2}[ -][0-9]{2}|\([0-9]{3}\) ?[0-9]{3}-[0-9]{4}|[0-9]{3}-[0-9]{3}-[0-9]{4}|[0-9]{3}\.[0-9]{3}\.[0-9]{4}|9[0-9]{2}[ -][0-9]{3}[ -][0-9]{2}[ -][0-9]{2})(?![\p{L}\p{Nd}_-]|[.,:][0-9])",
        Plain
    )]
    private static partial Regex LocalPhone();
#pragma warning restore MA0009
}
