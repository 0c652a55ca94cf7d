using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

public sealed class PromptCommandTests
{
    private const string First = """
        name: answer
        version: 1
        description: Answers.
        inputs: [input, contexts]
        system: |
          Use the passages alone.

          Answer in at most four sentences, in the language of the question.

          Do not guess.
        user: |
          {{contexts}}

          Question: {{input}}
        """;

    private static readonly string Second = First
        .Replace("version: 1", "version: 2\nparameters: { temperature: 0.5 }")
        .Replace("at most four sentences", "one sentence");

    private static readonly string Catalog = Repository.FullPath("catalog");

    [Fact]
    public async Task The_shipped_prompts_are_right_and_fit_the_screen()
    {
        using var place = new CliPlace();
        var list = (await place.CallAsync("prompt", "list", "--catalog", Catalog)).ShouldPass();
        string[] shipped =
        [
            "handbook_answer@1",
            "digest_ru@1",
            "judge_answer_en@1",
            "judge_answer_ru@1",
            "judge_digest_ru@1",
            "judge_pairwise_en@1",
            "judge_pairwise_ru@1",
        ];
        foreach (var prompt in shipped)
        {
            list.Out.ShouldContain(prompt);
            Narrow((await place.CallAsync("prompt", "show", prompt, "--catalog", Catalog)).ShouldPass());
        }

        Narrow(list);
    }

    [Fact]
    public async Task Two_versions_are_compared_word_by_word()
    {
        using var place = new CliPlace();
        Write(place);
        var diff = (await place.CallAsync("prompt", "diff", "answer", "--catalog", place["catalog"])).ShouldPass();
        diff.Out.ShouldBe(
            """
            answer@1 → answer@2    [-removed-] {+added+}

            parameters:
              [-the model's own-] {+temperature 0.5+}

            system:
              …

              Answer in [-at most four sentences,-]{+one sentence,+} in the language of the
              question.

              …

            """.ReplaceLineEndings("\n")
        );
        var json = CliPlace.Json((await place.CallAsync("prompt", "diff", "answer@1", "answer@2", "--json", "--catalog", place["catalog"])).ShouldPass().Out);
        json.GetProperty("same").GetBoolean().ShouldBeFalse();
        json.GetProperty("system")[1].GetProperty("kind").GetString().ShouldBe("removed");
        (await place.CallAsync("prompt", "diff", "answer@1", "answer@1", "--catalog", place["catalog"])).ShouldPass().Out.ShouldContain("ask a model the same");
    }

    [Fact]
    public async Task A_prompt_is_filled_in_from_fields_and_from_a_case()
    {
        using var place = new CliPlace();
        Write(place);
        place.Write("case.jsonl", """{"id": "1", "input": "Why?", "contexts": ["One.", "Two."]}""");
        string[] render = ["prompt", "render", "answer@1", "--catalog", place["catalog"], "--case", place["case.jsonl"]];
        (await place.CallAsync(render)).ShouldPass().Out.ShouldEndWith("--- user ---\n[1] One.\n\n[2] Two.\n\nQuestion: Why?\n");
        (await place.CallAsync([.. render, "--field", "input=How = why?"])).ShouldPass().Out.ShouldEndWith("Question: How = why?\n");
        var json = CliPlace.Json((await place.CallAsync([.. render, "--json"])).ShouldPass().Out);
        json.GetProperty("messages")[1].GetProperty("role").GetString().ShouldBe("user");
    }

    [Fact]
    public async Task What_is_missing_or_broken_is_told_with_the_fix()
    {
        using var place = new CliPlace();
        Write(place);
        var missing = await place.CallAsync("prompt", "render", "answer", "--field", "input=Why?", "--catalog", place["catalog"]);
        missing.ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("Prompt 'answer@2' needs the field 'contexts'");
        (await place.CallAsync("prompt", "render", "answer", "--field", "input", "--catalog", place["catalog"])).ShouldEndWith(ExitCode.WrongUsage);
        (await place.CallAsync("prompt", "render", "answer", "--case", place.Write("bad", "[1]"), "--catalog", place["catalog"])).ShouldEndWith(
            ExitCode.WrongUsage
        );
        (await place.CallAsync("prompt", "show", "answer@9", "--catalog", place["catalog"])).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("1, 2");
        (await place.CallAsync("prompt", "list", "--catalog", place["empty"])).ShouldEndWith(ExitCode.Inconclusive).Out.ShouldContain("There are no prompts");
    }

    [Fact]
    public async Task A_blessed_prompt_is_fixed()
    {
        using var place = new CliPlace();
        Write(place);
        (await place.CallAsync("prompt", "bless", "answer@1", "--by", "anna", "--catalog", place["catalog"]))
            .ShouldPass()
            .Out.ShouldContain("answer@1 is blessed since");
        (await place.CallAsync("prompt", "show", "answer@1", "--catalog", place["catalog"])).ShouldPass().Out.ShouldContain("by anna");
        place.Write("catalog/prompts/answer@1.yaml", First.Replace("alone", "only"));
        var refused = (await place.CallAsync("prompt", "list", "--catalog", place["catalog"])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("was changed since");
        refused.Error.ShouldContain("make a new version of it: answer@3.yaml");
    }

    private static void Write(CliPlace place)
    {
        place.Write("catalog/prompts/answer@1.yaml", First);
        place.Write("catalog/prompts/answer@2.yaml", Second);
    }

    private static void Narrow(Finished finished) => finished.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
}
