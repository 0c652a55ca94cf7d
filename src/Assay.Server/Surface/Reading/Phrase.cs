namespace Assay.Server.Surface.Reading;

/// <summary>A text of the pages in each of their languages; stands beside the page that uses it.</summary>
/// <param name="En">In English.</param>
/// <param name="Ru">In Russian.</param>
public readonly record struct Phrase(string En, string Ru)
{
    /// <summary>A text that is the same in all languages: a name, an id.</summary>
    public static Phrase Same(string text) => new(text, text);

    /// <summary>The text in a language.</summary>
    public string In(Language language) => language == Language.Ru ? Ru : En;
}

/// <summary>A noun beside a number, by the plural categories of Unicode CLDR.</summary>
/// <param name="EnOne">English, for 1: request.</param>
/// <param name="EnOther">English, for others: requests.</param>
/// <param name="RuOne">Russian, for 1, 21, 31: запрос.</param>
/// <param name="RuFew">Russian, for 2 to 4, 22 to 24: запроса.</param>
/// <param name="RuMany">Russian, for 0, 5 to 20, 25 to 30: запросов.</param>
public sealed record Noun(string EnOne, string EnOther, string RuOne, string RuFew, string RuMany)
{
    /// <summary>The form for a number.</summary>
    public string For(long n, Language language) =>
        language == Language.Ru ? Russian(Math.Abs(n))
        : n == 1 ? EnOne
        : EnOther;

    private string Russian(long n)
    {
        var isTeen = n % 100 is >= 11 and <= 14;
        return (isTeen ? 0 : n % 10) switch
        {
            1 => RuOne,
            2 or 3 or 4 => RuFew,
            _ => RuMany,
        };
    }
}
