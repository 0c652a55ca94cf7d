using Assay.Text;

namespace Assay.Tests.Text;

public sealed class StemmerTests
{
    private delegate int Stemmer(Span<char> word, int length);

    [Fact]
    public void English_stems_are_those_of_the_published_algorithm() => Differences(StemTables.English, EnglishStemmer.Stem).ShouldBeEmpty();

    [Fact]
    public void Russian_stems_are_those_of_the_published_algorithm() => Differences(StemTables.Russian, RussianStemmer.Stem).ShouldBeEmpty();

    [Fact]
    public void Words_too_short_to_stem_stay()
    {
        EnglishStemmer.Stem([], 0).ShouldBe(0);
        RussianStemmer.Stem([], 0).ShouldBe(0);
        EnglishStemmer.Stem(['\'', '\'', '\''], 3).ShouldBeLessThanOrEqualTo(3);
        RussianStemmer.Stem(['я'], 1).ShouldBe(1);
    }

    [Fact]
    public void Only_the_word_itself_is_read_and_written()
    {
        var room = "running!!".ToCharArray();
        new string(room, 0, EnglishStemmer.Stem(room, 7)).ShouldBe("run");
        new string(room, 7, 2).ShouldBe("!!");
    }

    [Fact]
    public void Stemming_allocates_nothing()
    {
        var words = StemTables.Read(StemTables.English + " " + StemTables.Russian).Select(p => p.Word).ToArray();
        Span<char> room = stackalloc char[64];
        Stem(words, room);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Stem(words, room);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Stem(string[] words, Span<char> room)
    {
        foreach (var word in words)
        {
            word.CopyTo(room);
            EnglishStemmer.Stem(room, word.Length);
            word.CopyTo(room);
            RussianStemmer.Stem(room, word.Length);
        }
    }

    private static IEnumerable<string> Differences(string table, Stemmer stemmer) =>
        from pair in StemTables.Read(table)
        let stem = StemOf(pair.Word, stemmer)
        where stem != pair.Stem
        select $"{pair.Word}: {stem}, expected {pair.Stem}";

    private static string StemOf(string word, Stemmer stemmer)
    {
        var room = word.ToCharArray();
        return new string(room, 0, stemmer(room, room.Length));
    }
}
