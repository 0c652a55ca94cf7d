using Assay.Observability.Logging;
using Assay.Redacting;
using FsCheck;
using FsCheck.Fluent;

namespace Assay.Tests.Observability.Logging;

public sealed class RedactorTests
{
    private const int Parts = 20;
    private const int PartLength = 50_000;
    private const int Rounds = 6;
    private const double MostRatio = 7;

    [Theory]
    // E-mail
    [InlineData("write to bob.smith+news@mail.example.co.uk today", "write to [email] today")]
    [InlineData("пишите на иван@пример.рф, ответим", "пишите на [email], ответим")]
    [InlineData("<a@b.io>", "<[email]>")]
    // Phones
    [InlineData("call +1 415 555 2671 now", "call [phone] now")]
    [InlineData("+44 20 7946 0958", "[phone]")]
    [InlineData("+7 (999) 123-45-67", "[phone]")]
    [InlineData("тел. 8 (495) 123-45-67 доб. 2", "тел. [phone] доб. 2")]
    [InlineData("звоните 89161234567!", "звоните [phone]!")]
    [InlineData("8-916-123-45-67", "[phone]")]
    [InlineData("79161234567", "[phone]")]
    [InlineData("916 123-45-67", "[phone]")]
    [InlineData("(4852) 12-34-56", "[phone]")]
    [InlineData("(212) 555-0123", "[phone]")]
    [InlineData("212-555-0123", "[phone]")]
    // Tokens and keys
    [InlineData("Authorization: Bearer abcDEF123456789", "Authorization: Bearer [token]")]
    [InlineData("bearer eyJhbGciOiJI.eyJzdWIiOiIx.SflKxw_-", "bearer [token]")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==", "Basic [token]")]
    [InlineData("key sk-proj-abcdefghijklmnop1234 leaked", "key [key] leaked")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[key]")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[key]")]
    [InlineData("xoxb-1234567890-abcdef", "[key]")]
    [InlineData("123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc", "[token]")]
    [InlineData("password=hunter2&x=1", "password=[secret]&x=1")]
    [InlineData("PASSWORD: \"two words\" end", "PASSWORD: [secret] end")]
    [InlineData("{\"api_key\": \"abc\"}", "{\"api_key\": [secret]}")]
    [InlineData("client_secret=abc;Port=1", "client_secret=[secret];Port=1")]
    [InlineData("access_token = abc", "access_token = [secret]")]
    [InlineData("пароль: квакозябра", "пароль: [secret]")]
    [InlineData("postgres://bob:hunter2@db:5432/x", "postgres://[secret]@db:5432/x")]
    // Letters only: behind this name they are a token all the same
    [InlineData("Authorization: Basic dXNlcjpwYXNz", "Authorization: [secret]")]
    [InlineData("authorization: bearer abcdefghijkl, next", "authorization: [secret], next")]
    [InlineData("Authorization: Bearer [token]; token=abc", "Authorization: Bearer [token]; token=[secret]")]
    [InlineData("redis://:hunter2@cache:6379", "redis://[secret]@cache:6379")]
    // Within a longer name
    [InlineData("{\"accessToken\":\"abc\"}", "{\"accessToken\":[secret]}")]
    [InlineData("clientSecret=abc&x=1", "clientSecret=[secret]&x=1")]
    [InlineData("dbPassword: hunter2, x", "dbPassword: [secret], x")]
    [InlineData("AWSSecretKey = abc", "AWSSecretKey = [secret]")]
    // JSON within JSON
    [InlineData("{\\\"password\\\":\\\"hunter2\\\",\\\"x\\\":1}", "{\\\"password\\\":[secret],\\\"x\\\":1}")]
    [InlineData("{\\\\\\\"refreshToken\\\\\\\": \\\\\\\"a b\\\\\\\"}", "{\\\\\\\"refreshToken\\\\\\\": [secret]}")]
    [InlineData("\"said \\\"token=abc\\\" once\"", "\"said \\\"token=[secret]\\\" once\"")]
    [InlineData("\"password=C:\\\\x\\\\\\\\y\\\\\"", "\"password=[secret]\\\\\"")]
    // Telegram
    [InlineData("open tg://resolve?domain=durov now", "open [telegram] now")]
    [InlineData("see https://t.me/some_user.", "see [telegram]")]
    [InlineData("t.me/joinchat/AAAA", "[telegram]")]
    [InlineData("ask @some_user, please", "ask [telegram], please")]
    [InlineData("(@durov)", "([telegram])")]
    public void Personal_data_and_secrets_are_taken_out(string text, string expected)
    {
        Redactor.IsNeeded(text).ShouldBeTrue();
        Redactor.Redact(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Stage dense finished in 12.5 ms with 512 tokens")]
    [InlineData("max_tokens=512 prompt_tokens: 33")]
    [InlineData("2026-11-21T06:07:50.1234567Z and 2026-11-21 06:07:50")]
    [InlineData("1,234,567,890 bytes at 0.89991234567 of 10.0.0.12:5080")]
    [InlineData("max_tokens: 300, total_tokens: 5, TokenCount=5, maxTokens: 7, {\"totalTokens\":9}")]
    [InlineData("SecretSanta: 5, keyPasswordless=1, tokenizer: bert, inputTokens=3")]
    [InlineData("http://host:8080/a and x://:8080/b")]
    [InlineData("trace 4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("order 1234567890123 of 1700000000000")]
    [InlineData("risk-management and task-oriented-dialogue-systems")]
    [InlineData("npm i @types/node react@18.2.0")]
    [InlineData("@abc is short")]
    [InlineData("basic understanding, bearer authentication")]
    [InlineData("the secret of the token is the password")]
    [InlineData("при температуре 36.6, глава 12, стр. 345-678")]
    [InlineData("ISBN 978-3-16-148410-0")]
    [InlineData("http://cat.me/x and at.me/x")]
    [InlineData("10:30-11:45 (2024) 100-200")]
    [InlineData("Asia, Akiba, toxoid")]
    public void Ordinary_text_is_the_same_instance(string text)
    {
        Redactor.Redact(text).ShouldBeSameAs(text);
        Redactor.IsNeeded(text).ShouldBeFalse();
    }

    [Fact]
    public void The_quick_look_never_hides_what_a_rule_would_find() =>
        Check.One(
            Properties.Config.WithMaxTest(3_000),
            Prop.ForAll(
                Texts(),
                text =>
                {
                    var signs = RedactionSigns.In(text);
                    RedactionRules.All.Where(r => !signs.HasFlag(r.Needs)).ShouldAllBe(r => !r.Pattern.IsMatch(text), text);
                }
            )
        );

    [Fact]
    public void A_secret_between_spaces_never_survives_whatever_stands_around_it()
    {
        string[] secrets =
        [
            "bob@example.com",
            "+79161234567",
            "89161234567",
            "sk-abcdefghijklmnop1234",
            "AKIAIOSFODNN7EXAMPLE",
            "eyJhbGciOiJI.eyJzdWIiOiIx.SflKxw_-",
            "https://t.me/some_user",
            "@some_user",
            "token=hunter2",
            "postgres://bob:hunter2@db",
            "redis://:hunter2@db",
            "accessToken=hunter2",
            "{\\\"token\\\":\\\"hunter2\\\"}",
        ];
        Check.One(
            Properties.Config.WithMaxTest(3_000),
            Prop.ForAll(
                Texts(),
                Gen.Elements(secrets).ToArbitrary(),
                Texts(),
                (before, secret, after) => Redactor.Redact($"{before} {secret} {after}").ShouldNotContain(secret, Case.Sensitive)
            )
        );
    }

    [Theory]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.")]
    [InlineData("a@a.")]
    [InlineData("eyJ")]
    [InlineData("eyJaaaaaa.")]
    [InlineData("sk-")]
    [InlineData("token=")]
    [InlineData("token='")]
    [InlineData("token=\"")]
    [InlineData("token=\\")]
    [InlineData("token=\\\"")]
    [InlineData("\\")]
    [InlineData("\\a")]
    [InlineData("aToken=")]
    [InlineData("aToken:\\'")]
    [InlineData("authorization:Basic ")]
    [InlineData("://:")]
    [InlineData("Bearer ")]
    [InlineData("Bearer aaaaaaaa")]
    [InlineData("://a:")]
    [InlineData("t.me/")]
    [InlineData("https://www.")]
    [InlineData("+7 ")]
    [InlineData("8 9")]
    [InlineData("1")]
    [InlineData("(123) ")]
    [InlineData("12345678:")]
    [InlineData("пароль")]
    [InlineData("\u00A0")]
    [InlineData("-")]
    [InlineData("/")]
    [InlineData("_1")]
    public void Time_is_linear_for_adversarial_text(string piece)
    {
        // With a sign of everything in front, so that no rule is left out.
        const string EverySign = "@ 12345678 xoxb aToken= t.me/ ";
        RedactionRules.All.ShouldAllBe(r => RedactionSigns.In(EverySign).HasFlag(r.Needs));
        // The same text whole and in twenty parts: linear work takes as long, quadratic work twenty times as long. Both times are of the same length, one right
        // after the other, and one round of many is enough: other work on the machine rarely meets only one of them, and never each time.
        var (whole, part) = (Text(EverySign, piece, Parts * PartLength), Text(EverySign, piece, PartLength));
        var ratio = double.PositiveInfinity;
        for (var round = 0; round < Rounds && ratio > MostRatio; round++)
        {
            ratio = Math.Min(ratio, Milliseconds(whole, 1) / Milliseconds(part, Parts));
        }

        ratio.ShouldBeLessThanOrEqualTo(MostRatio, piece);
    }

    private static string Text(string start, string piece, int length) => start + string.Concat(Enumerable.Repeat(piece, length / piece.Length)) + "!";

    private static double Milliseconds(string text, int times)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            Redactor.Redact(text);
        }

        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Text from the pieces that rules are about, so that near misses are common.</summary>
    private static Arbitrary<string> Texts()
    {
        string[] pieces =
        [
            "@",
            "a",
            "bob",
            "durov",
            ".",
            "com",
            "t.me/",
            "tg://",
            "+",
            "7",
            "8",
            "9",
            "916",
            "123",
            "4567",
            " ",
            "-",
            "(",
            ")",
            ":",
            "=",
            "[",
            "]",
            "\"",
            "'",
            "token",
            "password",
            "secret",
            "Token",
            "\\",
            "Bearer ",
            "Basic ",
            "sk-",
            "ghp_",
            "gram.",
            "me/",
            "dog/",
            "github_pat_",
            "AIza",
            "authorization",
            "api-key",
            "AKIA",
            "xoxb-",
            "eyJ",
            "abcdefgh",
            "ABCDEFGH12345678",
            "://",
            "/",
            "_",
            "ж",
            "пароль",
            "\n",
        ];
        return Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();
    }
}
