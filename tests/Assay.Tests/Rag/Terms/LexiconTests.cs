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
    public void Words_of_all_planes_are_found()
    {
        // Letters below, within and above the codes of which UTF-16 makes pairs; the ideographs from U+FA0E on have no other form.
        string[] letters = ["a", "ж", "語", "\uFA0E", "\uFA0F", "\uFA11", "\U00010428", "\U00010429", "\U00020000", "\U0002A6D0"];
        var collector = new TermCollector();
        foreach (var first in letters)
        {
            collector.Add("", "", string.Join(' ', letters.Select(second => first + second)));
        }

        using var folder = new TemporaryFolder();
        var terms = collector.Finish().Terms;
        terms.ShouldContain(t => t[0] == '\uFA0E');
        terms.ShouldContain(t => char.IsHighSurrogate(t[0]));
        Lexicon.Write(folder["t"], terms);
        using var lexicon = Lexicon.Open(folder["t"]);
        terms.Select(t => lexicon.Find(t)).ShouldBe(Enumerable.Range(0, terms.Length));
        terms.Select(t => lexicon.LowerBound(Encoding.UTF8.GetBytes(t))).ShouldBe(Enumerable.Range(0, terms.Length));
    }

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
