using Assay.Text;

namespace Assay.Tests.Text;

public sealed class StemmingTests
{
    [Theory]
    [InlineData("running", "run")]
    [InlineData("релизами", "релиз")]
    [InlineData("gitовские", "gitовск")]
    [InlineData("x86ing", "x86ing")]
    [InlineData("snake_cases", "snake_cases")]
    [InlineData("résumés", "résumés")]
    [InlineData("2024", "2024")]
    [InlineData("漢", "漢")]
    [InlineData("", "")]
    public void The_letters_of_a_word_choose_its_stemmer(string word, string stem)
    {
        var room = word.ToCharArray();
        new string(room, 0, Stemming.Stem(room, room.Length)).ShouldBe(stem);
    }

    [Theory]
    [InlineData("the", true)]
    [InlineData("with", true)]
    [InlineData("еще", true)]
    [InlineData("между", true)]
    [InlineData("wing", false)]
    [InlineData("крыло", false)]
    [InlineData("", false)]
    public void Common_words_are_stop_words(string word, bool expected) => StopWords.IsStopWord(word).ShouldBe(expected);

    [Fact]
    public void The_lists_hold_33_English_and_159_Russian_words() => StopWords.Count.ShouldBe(33 + 159);
}
