using Assay.Models.Offline;
using Assay.Rag.Answering;

namespace Assay.Tests.Rag.Answering;

public sealed class ChatAnswererTests
{
    [Fact]
    public void Each_sentence_keeps_the_first_passage_that_it_cites() =>
        ChatAnswerer
            .Sentences("Откатите релиз командой [2]. Это занимает минуту. [1][3]\n- Проверьте метрики [3]!", passages: 3)
            .ShouldBe([new Sentence("Откатите релиз командой.", 2), new Sentence("Это занимает минуту.", 1), new Sentence("- Проверьте метрики!", 3)]);

    [Fact]
    public void A_passage_that_was_not_given_is_no_source() =>
        ChatAnswerer
            .Sentences("It is safe [7]. It is fast [0][2]. No source.", passages: 5)
            .ShouldBe([new Sentence("It is safe.", 0), new Sentence("It is fast.", 2), new Sentence("No source.", 0)]);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("NO ANSWER")]
    [InlineData("No answer.")]
    [InlineData("\"NO ANSWER\"")]
    [InlineData("[1]")]
    public void No_answer_is_no_sentence(string answer) => ChatAnswerer.Sentences(answer, passages: 5).ShouldBeEmpty();
}
