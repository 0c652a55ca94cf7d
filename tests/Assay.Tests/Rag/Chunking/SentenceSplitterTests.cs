using Assay.Rag.Chunking;
using Assay.Rag.Reading;

namespace Assay.Tests.Rag.Chunking;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One.|Two!|Three?|Four…|Five.")]
    [InlineData("Первое.|Второе!|Третье?!|Четвёртое...|Пятое")]
    [InlineData("Он сказал: «Стоп.»|Потом ушёл.")]
    [InlineData("\"Stop!\"|(And so on.)|Next.")]
    [InlineData("«Стой!» — крикнул он.|И ушёл.")]
    [InlineData("Т. е. Иванов, т. е. сам А. С. Пушкин, пришёл.|Все ждали.")]
    [InlineData("Купили хлеб, молоко и т. д.|Потом пошли домой.")]
    [InlineData("Купили хлеб и т.д. и пошли, и т. п. и др. люди.|Всё.")]
    [InlineData("См. рис. 5 и табл. 2 на стр. 7.|Там есть ответ.")]
    [InlineData("Живёт в г. Москва на ул. Ленина, д. 5.|Рядом парк.")]
    [InlineData("Это было в 1799 г.|В Москве.")]
    [InlineData("See Fig. 3, e.g. Dr. Smith or i.e. Prof. Jones vs. Brown.|Done.")]
    [InlineData("J. R. R. Tolkien met the U.S. Army.|It rained.")]
    [InlineData("Version 1.2.3 of node.js costs 3.14 in config.yaml now.|See a.b for more.")]
    [InlineData("1. First item.|2. Second item.")]
    [InlineData("It cost 5.|It was much.")]
    [InlineData("No end here")]
    [InlineData("Hard\nwrapped line.|Next.")]
    [InlineData("No stop\n\n|After a blank line.")]
    [InlineData("東京。|大阪。")]
    [InlineData("**Bold end.**|Next one.")]
    [InlineData("Хвалили критики.~|После войны «Стой!»~|Он жил в г.Москва на ул.Ленина.|See System.Text and число.txt.")]
    [InlineData("Иванов и др.|Вторая работа.")]
    [InlineData("Wait... what?|Yes.")]
    public void Sentences_end_where_a_reader_ends_them(string marked)
    {
        var text = marked.Replace("\n|", "\n").Replace("~|", "").Replace('|', ' ');

        var sentences = SentenceSplitter.Split(text, new TextRange(0, text.Length)).Select(r => text[r.Start..r.End]);

        sentences.ShouldBe(marked.Split('|').Select(s => s.Trim(' ', '\n', '~')));
    }
}
