namespace Assay.Models.Offline;

/// <summary>Which posts of a channel are news, by words that advertising and corrections use. Rules, not understanding.</summary>
internal static class PostRules
{
    /// <summary>A post of fewer content words is chatter: a greeting, a picture with a joke.</summary>
    private const int MinWords = 5;

    /// <summary>Two posts that share this much of the shorter one tell the same.</summary>
    private const double SameShare = 0.6;

    /// <summary>A correction repeats less of what it corrects.</summary>
    private const double CorrectedShare = 0.35;

    /// <summary>One of these makes a post an advertisement.</summary>
    private static readonly string[] Advertising = ["#реклама", "#ad", "erid", "промокод", "на правах рекламы", "promo code", "sponsored"];

    /// <summary>Two of these do.</summary>
    private static readonly string[] Selling =
    [
        "скидк",
        "розыгрыш",
        "разыгрыва",
        "подписывайтесь",
        "подпишитесь",
        "успейте",
        "только до ",
        "записывайтесь",
        "вебинар",
        "рассрочк",
        "бесплатн",
        "giveaway",
        "discount",
        "subscribe",
    ];

    private static readonly string[] Joking = ["#мем", "#юмор", "#meme", "пятничн", "доброе утро", "голосуем в комментариях"];

    private static readonly string[] Correcting =
    [
        "исправл",
        "поправк",
        "уточн",
        "отменя",
        "переносит",
        "перенес",
        "обновлено",
        "ошиблись",
        "correction",
        "update:",
    ];

    public static bool IsNews(string post)
    {
        var text = post.ToLowerInvariant().Replace('ё', 'е');
        return !Advertising.Any(mark => HasWord(text, mark))
            && Selling.Count(mark => text.Contains(mark, StringComparison.Ordinal)) < 2
            && !Joking.Any(mark => text.Contains(mark, StringComparison.Ordinal))
            && StemCounts.Of(post).Count >= MinWords;
    }

    public static bool IsCorrection(string post)
    {
        var text = post.ToLowerInvariant().Replace('ё', 'е');
        return Correcting.Any(mark => text.Contains(mark, StringComparison.Ordinal));
    }

    public static bool TellTheSame(StemCounts earlier, StemCounts later, bool corrects) => earlier.Shared(later) >= (corrects ? CorrectedShare : SameShare);

    // "#ad" is no part of "#adr", "erid" none of "meridian".
    private static bool HasWord(string text, string mark)
    {
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            var end = at + mark.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !IsLatin(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLatin(char c) => char.IsAsciiLetterOrDigit(c);
}
