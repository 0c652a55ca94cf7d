using System.Text;
using Assay.Text;
using FsCheck.Fluent;

namespace Assay.Tests.Text;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("Wing", "wing")]
    [InlineData("ОБЪЁМ", "объем")]
    [InlineData("е\u0308лка", "елка")]
    [InlineData("за\u0301мок", "замок")]
    [InlineData("Краи\u0306", "край")]
    [InlineData("Teacher’s", "teacher")]
    [InlineData("it's", "it")]
    [InlineData("'s", "'s")]
    [InlineData("rocks'", "rocks")]
    [InlineData("x's's''", "x")]
    [InlineData("'", "'")]
    [InlineData("don’t", "don't")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("so\u00ADft", "soft")]
    [InlineData("1\uFE0F", "1")]
    [InlineData("𐐀", "𐐨")]
    [InlineData("a\uD800", "a\uD800")]
    [InlineData("3.14", "3.14")]
    [InlineData("", "")]
    public void A_word_is_written_one_way(string word, string normal) => Normal(word).ShouldBe(normal);

    [Fact]
    public void Room_shorter_than_the_word_is_refused() => Should.Throw<ArgumentException>(() => Normalizer.Normalize("abc", new char[2]));

    [Fact]
    public void What_is_normal_stays_as_it_is() => Prop.ForAll(AnyText.Arbitrary, text => Normal(Normal(text)) == Normal(text)).Holds();

    [Fact]
    public void A_word_may_be_normalised_in_its_own_memory() =>
        Prop.ForAll(
                AnyText.Arbitrary,
                text =>
                {
                    var room = text.ToCharArray();
                    return new string(room, 0, Normalizer.Normalize(room, room)) == Normal(text);
                }
            )
            .Holds();

    [Fact]
    public void Neither_normal_form_nor_stem_grows_on_any_input() =>
        Prop.ForAll(
                AnyText.Arbitrary,
                text =>
                {
                    var normal = Normal(text);
                    var length = text.Length;
                    return normal.Length <= length
                        && Stemming.Stem(normal.ToCharArray(), normal.Length) <= normal.Length
                        && EnglishStemmer.Stem(text.ToCharArray(), length) <= length
                        && RussianStemmer.Stem(text.ToCharArray(), length) <= length;
                }
            )
            .Holds();

    [Fact]
    public void No_character_of_Unicode_grows()
    {
        var grown = Enumerable
            .Range(0, 0x110000)
            .Where(Rune.IsValid)
            .Select(value => new Rune(value).ToString())
            .Where(text => Normal(text).Length > text.Length || Normal(Normal(text)) != Normal(text));
        grown.ShouldBeEmpty();
    }

    private static string Normal(string word)
    {
        var room = new char[word.Length];
        return new string(room, 0, Normalizer.Normalize(word, room));
    }
}
