using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;

namespace Assay.Tests.Rag.Terms;

public sealed class QueryTermsTests
{
    private const string Corpus = "Космические корабли бороздят просторы. Rolling back a release.";

    [Fact]
    public void A_word_of_the_same_family_is_found_by_its_beginning() => Names("космонавтика").ShouldBe([]);

    [Fact]
    public void Another_form_of_a_Russian_word_is_found_by_its_stem_and_its_beginning() => Names("космического").ShouldBe(["космическ", "*косми"]);

    [Fact]
    public void English_words_have_no_beginnings() => Names("released").ShouldBe(["releas"]);

    [Fact]
    public void Words_that_ask_and_stop_words_are_not_searched() =>
        Names("How and why is the release? Какой корабль?").ShouldBe(["releas", "корабл", "*кораб"]);

    [Fact]
    public void A_word_the_index_lacks_lowers_the_coverage_and_is_kept_aside()
    {
        var query = Parse("release quasar");
        query.Coverage.ShouldBe(0.5);
        query.Unknown.ShouldBe(["quasar"]);
    }

    [Fact]
    public void A_repeated_word_counts_twice()
    {
        var query = Parse("release the release");
        query.Counts.ShouldBe([2]);
        query.Sequence.Length.ShouldBe(2);
    }

    private static string[] Names(string text)
    {
        var terms = Streams().Terms;
        return [.. Parse(text).Terms.Select(t => terms[t])];
    }

    private static QueryTerms Parse(string text)
    {
        using var folder = new TemporaryFolder();
        Lexicon.Write(folder["t"], Streams().Terms);
        using var lexicon = Lexicon.Open(folder["t"]);
        return QueryTerms.Parse(text, lexicon);
    }

    private static TermStreams Streams()
    {
        var collector = new TermCollector();
        collector.Add("", "", Corpus);
        return collector.Finish();
    }
}
