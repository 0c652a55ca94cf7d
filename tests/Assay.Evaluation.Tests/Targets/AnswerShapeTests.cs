using Assay.Evaluation.Targets;
using Assay.Models.Calls;

namespace Assay.Evaluation.Tests.Targets;

public sealed class AnswerShapeTests
{
    // As the sample service answers: citations are an object by number.
    private const string Ask = """
        {"answer": "Roll back.", "model": "offline/extractive", "sentences": [{"text": "a", "citation": 1}, {"text": "b", "citation": 2}],
         "citations": {"1": {"document": "en/rollback.md"}, "2": {"document": "en/canary.md"}, "3": {"document": "en/rollback.md"}}}
        """;

    [Fact]
    public void The_items_of_a_list_and_of_an_object_are_found()
    {
        var shape = new AnswerShape("answer")
        {
            Contexts = "sentences[].text",
            RetrievedIds = "citations[].document",
            Model = "model",
        };
        var answer = shape.Read(Ask, "test");
        answer.Text.ShouldBe("Roll back.");
        answer.Model.ShouldBe("offline/extractive");
        answer.Contexts.ShouldBe(["a", "b"]);
        answer.RetrievedIds.ShouldBe(["en/rollback.md", "en/canary.md"]);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_costs_no_more_than_itself()
    {
        var shape = new AnswerShape("answer") { Contexts = "passages[]" };
        var answer = shape.Read("""{"answer": "cut \ud83d", "passages": ["\ud83d\udc4d", "\udc4d\ud83d", "\\ud83d \n"]}""", "test");
        answer.Text.ShouldBe("cut \uFFFD");
        answer.Contexts.ShouldBe(["👍", "\uFFFD\uFFFD", "\\ud83d \n"]);
    }

    [Theory]
    [InlineData("""{"text": "x"}""")]
    [InlineData("<html>")]
    [InlineData("[]")]
    public void An_answer_without_its_text_is_malformed(string json) =>
        Should.Throw<ModelCallException>(() => new AnswerShape("answer").Read(json, "test")).Fault.ShouldBe(ModelFault.Malformed);
}
