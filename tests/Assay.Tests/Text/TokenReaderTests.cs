using System.Globalization;
using System.Text;
using Assay.Text;
using FsCheck.Fluent;

namespace Assay.Tests.Text;

public sealed class TokenReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" .,'-_ ", "")]
    [InlineData("One two,three.Four", "One|two|three|Four")]
    [InlineData("don't o’clock 'quoted' dogs'", "don't|o’clock|quoted|dogs")]
    [InlineData("3.14 1,000.5 1. ,5 v2.0 a.b 5'6", "3.14|1,000.5|1|5|v2.0|a|b|5|6")]
    [InlineData("snake_case __init__ a__1 _", "snake_case|init|a__1")]
    [InlineData("state-of-the-art e-mail", "state|of|the|art|e|mail")]
    [InlineData("Чудо-печь, за\u0301мок и объём №5", "Чудо|печь|за\u0301мок|и|объём|5")]
    [InlineData("漢字 東京2020年", "漢|字|東|京|2020|年")]
    [InlineData("ひらがな カタカナ 한국어", "ひらがな|カタカナ|한국어")]
    [InlineData("𐐀𐐁 𠀀𠀁 x😀y", "𐐀𐐁|𠀀|𠀁|x|y")]
    [InlineData("कार्य so\u00ADft m²", "कार्य|so\u00ADft|m²")]
    public void A_text_is_read_as_these_words(string text, string words) => string.Join('|', Words(text)).ShouldBe(words);

    [Fact]
    public void Half_a_surrogate_pair_separates() => Words("a\uD800b\uDC00c").ShouldBe(["a", "b", "c"]);

    [Fact]
    public void Words_come_in_order_and_within_the_text() =>
        Prop.ForAll(
                AnyText.Arbitrary,
                text =>
                {
                    var end = 0;
                    var reader = new TokenReader(text);
                    while (reader.Read())
                    {
                        if (reader.Start < end || reader.Length < 1 || reader.Start + reader.Length > text.Length)
                            return false;
                        end = reader.Start + reader.Length;
                    }
                    return !reader.Read() && reader.Length == 0;
                }
            )
            .Holds();

    [Fact]
    public void Every_letter_and_digit_is_in_one_word_and_no_separator_is() =>
        Prop.ForAll(AnyText.Arbitrary, text => string.Concat(Words(text).Select(Essence)) == Essence(text) && Words(text).All(HasNoSeparator)).Holds();

    [Fact]
    public void A_word_read_alone_is_the_same_word() =>
        Prop.ForAll(AnyText.Arbitrary, text => Words(text).All(word => Words(word).SequenceEqual([word]))).Holds();

    [Fact]
    public void Every_character_of_Unicode_is_a_word_exactly_when_it_is_a_letter_or_a_number()
    {
        var wrong = AllRunes().Where(rune => Words(rune.ToString()).Count != (IsLetterOrNumber(rune) ? 1 : 0));
        wrong.Select(rune => $"U+{rune.Value:X}").ShouldBeEmpty();
    }

    [Fact]
    public void Reading_and_normalising_and_stemming_allocate_nothing()
    {
        const string text = "The teacher’s résumé: объёмы за\u0301мков, 3.14 𐐀𐐁 東京 Ａ１ running";
        Index(text).ShouldBeGreaterThan(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Index(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static int Index(string text)
    {
        Span<char> room = stackalloc char[64];
        var total = 0;
        var reader = new TokenReader(text);
        while (reader.Read())
        {
            var length = Normalizer.Normalize(reader.Token, room);
            if (!StopWords.IsStopWord(room[..length]))
                total += Stemming.Stem(room, length);
        }
        return total;
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reader = new TokenReader(text);
        while (reader.Read())
            words.Add(reader.Token.ToString());
        return words;
    }

    private static string Essence(string text) => string.Concat(text.EnumerateRunes().Where(IsLetterOrNumber));

    private static bool HasNoSeparator(string word) =>
        word.EnumerateRunes().All(rune => IsLetterOrNumber(rune) || IsMark(rune) || "_'’.,".Contains(rune.ToString()));

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static bool IsLetterOrNumber(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));
}
