using Assay.Text;
using FsCheck.Fluent;

namespace Assay.Tests.Text;

public sealed class CompositionTests
{
    [Theory]
    [InlineData("и\u0306од", "йод")]
    [InlineData("е\u0308лка Е\u0308ЛКА", "ёлка ЁЛКА")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("a\u0302\u0301", "ấ")] // two marks, one after the other
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국")]
    [InlineData("\u0306и", "\u0306и")]
    [InlineData("замо\u0301к", "замо\u0301к")] // a stressed о is no character of its own
    [InlineData("", "")]
    public void Letters_and_marks_become_one(string decomposed, string composed)
    {
        Composition.Compose(decomposed).ShouldBe(composed);
    }

    [Fact]
    public void A_text_without_marks_is_the_same_object()
    {
        const string text = "Съешь ещё этих мягких булок 👍🏽, 漢字";
        Composition.Compose(text).ShouldBeSameAs(text);
    }

    [Fact]
    public void What_is_composed_stays_as_it_is()
    {
        Prop.ForAll(
                Gen.Elements('и', 'е', 'a', '\u0306', '\u0308', '\u0301', '\u0302', '\ud83d', '\udc4d', '\u1100', '\u1161', '\u11A8', ' ')
                    .ArrayOf()
                    .Select(characters => Composition.Compose(new string(characters)))
                    .ToArbitrary(),
                composed => Composition.Compose(composed) == composed
            )
            .Holds();
    }
}
