using System.Text;
using Assay.Rag.Terms;
using Assay.Tests.Rag.Reading;
using FsCheck.Fluent;

namespace Assay.Tests.Rag.Terms;

public sealed class LexiconTests
{
    [Fact]
    public void Every_term_is_found_under_its_number_and_no_other_text_is() =>
        Prop.ForAll<int>(seed =>
            {
                using var folder = new TemporaryFolder();
                var terms = RandomStreams.Of(seed).Terms;
                Lexicon.Write(folder["t"], terms);
                using var lexicon = Lexicon.Open(folder["t"]);
                lexicon.ReadAll().ShouldBe(terms);
                for (var i = 0; i < terms.Length; i++)
                {
                    lexicon.Find(terms[i]).ShouldBe(i);
                    lexicon.Find(terms[i] + "~").ShouldBe(TermAnalyzer.NoTerm);
                    lexicon.LowerBound(Encoding.UTF8.GetBytes(terms[i] + "!")).ShouldBe(i + 1);
                }

                lexicon.Find("").ShouldBe(TermAnalyzer.NoTerm);
            })
            .Holds();

    [Fact]
    public void Beginnings_of_stems_have_the_lowest_numbers()
    {
        using var folder = new TemporaryFolder();
        var terms = RandomStreams.Of(7).Terms;
        Lexicon.Write(folder["t"], terms);
        using var lexicon = Lexicon.Open(folder["t"]);
        lexicon.BeginningCount.ShouldBe(terms.Count(t => t[0] == StemBeginning.Mark));
        lexicon.BeginningCount.ShouldBeGreaterThan(0);
        terms.Take(lexicon.BeginningCount).ShouldAllBe(t => t[0] == StemBeginning.Mark);
    }

    [Fact]
    public void An_empty_lexicon_knows_nothing()
    {
        using var folder = new TemporaryFolder();
        Lexicon.Write(folder["t"], []);
        using var lexicon = Lexicon.Open(folder["t"]);
        lexicon.Find("word").ShouldBe(TermAnalyzer.NoTerm);
        lexicon.BeginningCount.ShouldBe(0);
        lexicon.LowerBound("word"u8).ShouldBe(0);
    }
}
