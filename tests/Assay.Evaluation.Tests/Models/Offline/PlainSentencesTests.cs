using Assay.Models.Offline;

namespace Assay.Evaluation.Tests.Models.Offline;

public sealed class PlainSentencesTests
{
    [Theory]
    [InlineData("Вышла 2.4.1. Обновитесь сегодня.", new[] { "Вышла 2.4.1.", "Обновитесь сегодня." })]
    [InlineData("Цена 5 тыс. рублей, т.е. дорого. Ждём!", new[] { "Цена 5 тыс. рублей, т.е. дорого.", "Ждём!" })]
    [InlineData("See e.g. Polaris. It works (really.) Yes?", new[] { "See e.g. Polaris.", "It works (really.)", "Yes?" })]
    [InlineData("wrapped by\nhand. Next\n\n- a list\n- of two", new[] { "wrapped by hand.", "Next", "- a list", "- of two" })]
    [InlineData("Wait... what? no. 3 more", new[] { "Wait... what? no.", "3 more" })]
    [InlineData("  \n\n ", new string[0])]
    [InlineData("«Да.»", new[] { "«Да.»" })]
    public void Sentences_end_where_people_end_them(string text, string[] expected) => PlainSentences.Split(text).ShouldBe(expected);
}
