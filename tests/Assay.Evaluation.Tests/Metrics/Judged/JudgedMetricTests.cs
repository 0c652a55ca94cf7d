using Assay.Evaluation.Metrics;
using Assay.Evaluation.Targets;
using Assay.Models.Calls;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Tests.Metrics.Judged;

public sealed class JudgedMetricTests
{
    private const string TwoOfThree = """
        {"statements": [{"text": "Paris is the capital", "reason": "[1]", "verdict": true}, {"text": "It has 2 million people", "reason": "[2]", "verdict": true},
                        {"text": "It is old", "reason": "none says so", "verdict": false}]}
        """;

    private static readonly Case English = new("1", "What is the capital of France?")
    {
        Expected = "Paris",
        Contexts = ["Paris is the capital.", "It has people."],
    };

    private static readonly Answer Said = new("Paris, an old city.", "m");

    [Theory]
    [InlineData("faithfulness", "2 of 3 claims are supported; not: “It is old”")]
    [InlineData("answer_relevance", "2 of 3 statements help to answer the question; not: “It is old”")]
    [InlineData("context_recall", "2 of 3 statements of the reference are in the passages; not: “It is old”")]
    public async Task The_share_of_statements_is_measured(string kind, string reason)
    {
        var model = new ScriptedModel(TwoOfThree);
        var measured = await Ask(kind, model);
        measured.Result.ShouldBe(new Measurement.Value(2.0 / 3, reason));
        measured.Calls.ShouldHaveSingleItem().Model.ShouldBe("scripted");
    }

    [Theory]
    [InlineData("yes no yes", (1 + (2.0 / 3)) / 2)]
    [InlineData("no no yes", 1.0 / 3)]
    [InlineData("yes yes no", 1)]
    [InlineData("no no no", 0)]
    public async Task Context_precision_asks_useful_passages_first(string useful, double score)
    {
        var entries = useful.Split(' ').Select((word, i) => $$"""{"number": {{i + 1}}, "reason": "", "verdict": {{(word == "yes" ? "true" : "false")}}}""");
        var model = new ScriptedModel($$"""{"contexts": [{{string.Join(", ", entries.Reverse())}}]}""");
        var measured = await Ask("context_precision", model, Said with { Contexts = ["one", "two", "three"] });
        measured.Result.ShouldBeOfType<Measurement.Value>().Score.ShouldBe(score, 1e-12);
    }

    [Theory]
    [InlineData("faithfulness", "input answer contexts")]
    [InlineData("answer_relevance", "input answer")]
    [InlineData("context_precision", "input expected contexts")]
    [InlineData("context_recall", "input expected contexts")]
    public async Task Each_metric_shows_what_it_needs_and_nothing_else(string kind, string shown)
    {
        var asked = new Case("1", "the input") { Expected = "the expected", Contexts = ["of the case"] };
        var answer = new Answer("the answer", "m") { Contexts = ["first passage", "second passage"] };
        foreach (var language in new[] { "en", "ru" })
        {
            var model = new ScriptedModel("{}", "{}");
            await Metric.Of($"{{kind: {kind}, language: {language}}}", new MetricSources { Chat = model }).MeasuredAs(asked, answer);
            var told = model.Asked[0][^1].Text;
            told.Contains("the input").ShouldBe(shown.Contains("input"));
            told.Contains("the answer").ShouldBe(shown.Contains("answer"));
            told.Contains("the expected").ShouldBe(shown.Contains("expected"));
            told.Contains("[1] first passage\n\n[2] second passage").ShouldBe(shown.Contains("contexts"));
            told.ShouldNotContain("of the case");
            model.Told().ShouldNotContain("{{");
        }
    }

    [Fact]
    public async Task A_Russian_question_is_judged_in_Russian()
    {
        var model = new ScriptedModel(TwoOfThree);
        await Metric
            .Of("kind: faithfulness", new MetricSources { Chat = model })
            .MeasuredAs(new Case("1", "Какая столица у Франции, Paris?") { Contexts = ["Париж"] }, new Answer("Париж", "m"));
        model.Told().ShouldContain("Ты сверяешь ответы с отрывками");
        model.Options[0]!.AdditionalProperties!.Values.ShouldContain("metric_faithfulness_ru@1");
    }

    [Theory]
    [InlineData("Sure, here are the claims!", "it has no JSON object")]
    [InlineData("", "it is empty")]
    [InlineData("<html><body>502</body></html>", "it has no JSON object")]
    [InlineData("""{"statements": [{"text": "a", "verdict": tr}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"statements": [], "statements": [{"text": "a", "verdict": true}]}""", "it is not exactly one complete JSON object")]
    [InlineData("""{"verdict": true}""", "no list \"statements\"")]
    [InlineData("""{"statements": [{"text": "a"}]}""", "entry 1 of \"statements\"")]
    [InlineData("""{"statements": [{"text": " ", "verdict": true}]}""", "entry 1 of \"statements\"")]
    [InlineData("""{"statements": [{"text": "a", "verdict": "yes"}]}""", "entry 1 of \"statements\"")]
    [InlineData("""{"statements": ["a"]}""", "entry 1 of \"statements\"")]
    [InlineData("""{"statements": []}""", "\"statements\" is empty")]
    public async Task Unusable_output_is_shown_to_the_model_once(string first, string problem)
    {
        var model = new ScriptedModel(first, TwoOfThree);
        var measured = await Ask("context_recall", model);
        measured.Result.ShouldBeOfType<Measurement.Value>();
        measured.Calls.Count.ShouldBe(2);
        model.Asked[1].Count.ShouldBe(4);
        model.Asked[1][^1].Text.ShouldContain(problem);
        model.Asked[1][^2].Text.ShouldBe(first);
    }

    [Theory]
    [InlineData("""{"contexts": [{"number": 1, "verdict": true}]}""", "passage 2 is missing")]
    [InlineData("""{"contexts": [{"number": 1, "verdict": true}, {"number": 1, "verdict": true}]}""", "passage 1 stands twice")]
    [InlineData("""{"contexts": [{"number": 3, "verdict": true}]}""", "1 to 2")]
    [InlineData("""{"contexts": [{"number": 1.5, "verdict": true}]}""", "1 to 2")]
    [InlineData("""{"contexts": [7]}""", "1 to 2")]
    public async Task Every_passage_has_one_verdict(string first, string problem)
    {
        var model = new ScriptedModel(first, first);
        var measured = await Ask("context_precision", model);
        measured.Result.ShouldBeOfType<Measurement.Error>().Reason.ShouldContain(problem);
        measured.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Output_that_stays_unusable_is_an_error_and_not_a_score()
    {
        var measured = await Ask("faithfulness", new ScriptedModel("no", "still no"));
        measured.Result.ShouldBe(new Measurement.Error("The model gave no usable answer in 2 attempts: it has no JSON object"));
        measured.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("```json\n{0}\n```")]
    [InlineData("<think>Is {{this}} a claim?</think>\nHere you are: {0} Anything else?")]
    public async Task Thoughts_fences_and_prose_around_the_object_do_no_harm(string around)
    {
        var model = new ScriptedModel(around.Replace("{0}", TwoOfThree));
        (await Ask("faithfulness", model)).Result.ShouldBeOfType<Measurement.Value>().Score.ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public async Task A_fault_is_an_error_and_a_refusal_stops_the_run()
    {
        var down = new ModelCallException(ModelFault.Unavailable, "No answer from x.", new CallFacts("m", 9, 3, FromCache: false, null, null));
        var measured = await Ask("faithfulness", new ScriptedModel { Fault = down });
        measured.Result.ShouldBe(new Measurement.Error("No answer from x."));
        measured.Calls.ShouldHaveSingleItem().Attempts.ShouldBe(3);
        var refused = new ModelCallException(ModelFault.Refused, "401");
        await Should.ThrowAsync<ModelCallException>(() => Ask("faithfulness", new ScriptedModel { Fault = refused }));
    }

    [Theory]
    [InlineData("faithfulness", "x", false, true)]
    [InlineData("faithfulness", " ", true, true)]
    [InlineData("context_precision", "x", false, true)]
    [InlineData("context_precision", "x", true, false)]
    [InlineData("context_recall", "x", false, true)]
    [InlineData("context_recall", "x", true, false)]
    public async Task What_lacks_something_is_not_measured_and_asks_nobody(string kind, string answer, bool hasContexts, bool hasExpected)
    {
        var model = new ScriptedModel();
        var asked = new Case("1", "?") { Contexts = hasContexts ? ["c"] : [], Expected = hasExpected ? "e" : null };
        var measured = await Metric.Of($"kind: {kind}", new MetricSources { Chat = model }).MeasuredAs(asked, new Answer(answer, "m"));
        measured.Result.ShouldBeOfType<Measurement.NotApplicable>();
        model.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_a_claim_is_neither_faithful_nor_not()
    {
        (await Ask("faithfulness", new ScriptedModel("""{"statements": []}"""))).Result.ShouldBeOfType<Measurement.NotApplicable>();
    }

    [Fact]
    public async Task An_empty_answer_is_irrelevant_and_asks_nobody()
    {
        (await Ask("answer_relevance", new ScriptedModel(), new Answer("", "m"))).Result.ShouldBeOfType<Measurement.Value>().Score.ShouldBe(0);
    }

    [Fact]
    public async Task Texts_beyond_the_bound_ask_nobody()
    {
        var measured = await Ask("answer_relevance", new ScriptedModel(), new Answer(new string('x', 1 << 20), "m"));
        measured.Result.ShouldBeOfType<Measurement.Error>().Reason.ShouldContain("400000");
        measured.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("schema", typeof(ChatResponseFormatJson), true)]
    [InlineData("object", typeof(ChatResponseFormatJson), false)]
    [InlineData("text", null, false)]
    public async Task The_model_is_told_how_to_write_JSON(string output, Type? format, bool hasSchema)
    {
        var model = new ScriptedModel(TwoOfThree);
        await Metric.Of($"{{kind: faithfulness, output: {output}}}", new MetricSources { Chat = model }).MeasuredAs(English, Said);
        model.Options[0]!.ResponseFormat?.GetType().ShouldBe(format);
        (model.Options[0]!.ResponseFormat is ChatResponseFormatJson { Schema: not null }).ShouldBe(hasSchema);
        model.Options[0]!.Temperature.ShouldBe(0);
    }

    [Fact]
    public void Another_model_or_language_has_another_fingerprint()
    {
        var fingerprint = Fingerprint("kind: faithfulness", "a");
        Fingerprint("{kind: faithfulness, name: other}", "a").ShouldBe(fingerprint);
        Fingerprint("kind: faithfulness", "b").ShouldNotBe(fingerprint);
        Fingerprint("{kind: faithfulness, language: ru}", "a").ShouldNotBe(fingerprint);
        Fingerprint("kind: context_recall", "a").ShouldNotBe(fingerprint);
    }

    private static string Fingerprint(string yaml, string model) =>
        Metric.Of(yaml, new MetricSources { Chat = new ScriptedModel { Model = model } }).Fingerprint;

    private static Task<Measured> Ask(string kind, ScriptedModel model, Answer? answer = null) =>
        Metric.Of($"kind: {kind}", new MetricSources { Chat = model }).MeasuredAs(English, answer ?? Said);
}
