using System.Text;
using Assay.Evaluation.Datasets;
using Assay.Evaluation.Drafting;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Tests.Drafting;

public sealed class DraftedBenchmarkTests : IDisposable
{
    private static readonly Dictionary<string, string> NoColumns = [];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_list_of_questions_becomes_a_dataset_a_benchmark_and_a_prompt()
    {
        var made = Draft("qa.csv", "question,answer\nWhat is a canary?,A small share of traffic that meets the new release first.\n");
        made.Name.ShouldBe("qa");
        made.Files.ShouldAllBe(file => File.Exists(file));
        var found = Cases(made).Single();
        found.Input.ShouldBe("What is a canary?");
        found.Expected.ShouldBe("A small share of traffic that meets the new release first.");
        Text(made).ShouldContain("prompt: qa_answer@1");
        PromptCatalog.Load(folder.File("catalog/prompts")).Find("qa_answer@1").Inputs.ShouldBe(["input"]);
    }

    [Fact]
    public void Russian_headers_semicolons_and_a_byte_order_mark_are_understood()
    {
        var made = Draft(
            "вопросы.csv",
            "\uFEFFВопрос;Эталонный ответ;Контекст;Источник;Категория;Автор\n\"Как; откатить?\";Командой rollback;один|два;ru/otkat.md;ops|ru;Кузьма\n",
            name: "support"
        );
        var found = Cases(made).Single();
        found.Input.ShouldBe("Как; откатить?");
        found.Expected.ShouldBe("Командой rollback");
        found.Contexts.ShouldBe(["один", "два"]);
        found.Relevant["ru/otkat.md"].ShouldBe(1);
        found.Cluster.ShouldBe("ru/otkat.md");
        found.Tags.ShouldBe(["ops", "ru"]);
        found.Fields["Автор"].ShouldBe("Кузьма");
        Text(made).ShouldContain("language: ru");
        File.ReadAllText(made.Files[0]).ShouldContain("Как; откатить?");
        PromptCatalog.Load(folder.File("catalog/prompts")).Find("support_answer@1").Inputs.ShouldBe(["input", "contexts"]);
    }

    [Fact]
    public void Ids_come_from_the_question_and_not_from_order_or_answer()
    {
        var first = Cases(Draft("a.csv", "q,a\none?,1\ntwo?,2\n"));
        var second = Cases(Draft("b.csv", "q,a\nzero?,0\ntwo?,22\none?,1\n"));
        second.Single(c => c.Input == "two?").Id.ShouldBe(first.Single(c => c.Input == "two?").Id);
        first.Select(c => c.Id).Distinct().Count().ShouldBe(2);
        Cases(Draft("c.csv", "id,q\nmine,one?\n")).Single().Id.ShouldBe("mine");
    }

    [Fact]
    public void Repeated_and_empty_rows_are_left_out_and_counted()
    {
        var made = Draft("qa.csv", "question,answer\none?,1\none?,1\n,nothing\ntwo?,2\n");
        made.Questions.Repeated.ShouldBe(1);
        made.Questions.Empty.ShouldBe(1);
        made.Identity.Cases.ShouldBe(2);
    }

    [Theory]
    [InlineData("question,answer\none?,1\none?,2\n", ":3: The question stands on line 2 too, with another answer.")]
    [InlineData("id,question\n7,one?\n7,two?\n", ":3: The id '7' stands on line 2 too, with another content.")]
    [InlineData("who,what\n1,2\n", ":1: No column looks like the question. Columns: who, what.")]
    [InlineData("question,query\na,b\n", ":1: Columns 'question' and 'query' both look like the question.")]
    [InlineData("question\n", ":1: There is no question below the header line.")]
    [InlineData("question,answer\none?\n", ":2: The row has 1 cells, the header 2.")]
    [InlineData("", ":1: There is no header line.")]
    public void What_is_wrong_is_named_with_its_line(string csv, string problem)
    {
        var thrown = Should.Throw<AssayException>(() => Draft("bad.csv", csv));
        thrown.Message.ShouldEndWith(problem);
        thrown.ExitCode.ShouldBe(ExitCode.WrongUsage);
        Directory.Exists(folder.File("catalog")).ShouldBeFalse("nothing is written before the questions are read");
    }

    [Fact]
    public void Other_bytes_than_UTF_8_are_refused()
    {
        File.WriteAllBytes(folder.File("w.csv"), [.. Encoding.ASCII.GetBytes("question\n"), 0xC2, 0xEE, 0xEF, 0xF0, 0x0A]);
        Should
            .Throw<AssayException>(() => DraftedBenchmark.Make(new(folder.File("w.csv"), folder.File("catalog"), null, null, NoColumns), false))
            .Message.ShouldContain("is not UTF-8 text");
    }

    [Fact]
    public void Files_that_exist_are_written_over_only_when_asked()
    {
        var made = Draft("qa.csv", "question\none?\n");
        File.AppendAllText(made.Files[1], "# mine\n");
        Should.Throw<AssayException>(() => Draft("qa.csv", "question\ntwo?\n")).Message.ShouldEndWith("qa.jsonl' exists.");
        File.ReadAllText(made.Files[1]).ShouldEndWith("# mine\n");
        Cases(Draft("qa.csv", "question\ntwo?\n", overwrite: true)).Single().Input.ShouldBe("two?");
    }

    [Fact]
    public void A_column_can_be_named_where_its_header_tells_nothing()
    {
        var chosen = new Dictionary<string, string> { ["input"] = "Text", ["expected"] = "Solution" };
        var made = Make("t.csv", "Text,Solution,answer\nHelp!,Restart it.,old\n", null, null, chosen, false);
        var found = Cases(made).Single();
        found.Input.ShouldBe("Help!");
        found.Expected.ShouldBe("Restart it.");
        found.Fields["answer"].ShouldBe("old");
        Should.Throw<AssayException>(() => Make("u.csv", "a,b\n1,2\n", null, null, chosen, false)).Message.ShouldContain("There is no column 'Text'");
    }

    [Fact]
    public void A_column_that_is_named_for_two_parts_is_refused()
    {
        var chosen = new Dictionary<string, string> { ["input"] = "Text", ["expected"] = "Text" };
        var thrown = Should.Throw<AssayException>(() => Make("t.csv", "Text,Solution\nHelp!,Restart it.\n", null, null, chosen, false));
        thrown.ExitCode.ShouldBe(ExitCode.WrongUsage);
        thrown.Message.ShouldEndWith(":1: Column 'Text' is named by --question and --answer.");
    }

    [Theory]
    [InlineData("q,a\none?,1\ntwo?,\"2,5\"\n", "kind: numeric                  # the last number of the answer")]
    [InlineData("q,a\none?,blue\ntwo?,dark green\n", "kind: contains")]
    [InlineData("q,a\none?,It is kept for as long as the ticket is open.\n", "kind: rouge_l")]
    [InlineData("q,context\none?,It is kept.\n", "kind: faithfulness")]
    public void Metrics_fit_what_the_answers_look_like(string csv, string expected) => Text(Draft("qa.csv", csv)).ShouldContain(expected);

    [Fact]
    public void A_service_is_asked_where_its_address_is_given()
    {
        var text = Text(Draft("qa.csv", "q,a\none?,1\n", url: "http://127.0.0.1:5081/ask"));
        text.ShouldContain("url: 'http://127.0.0.1:5081/ask'");
        text.ShouldContain("""request: '{"question": "{{input}}"}'""");
    }

    [Fact]
    public void Odd_names_of_files_are_quoted() =>
        Text(Draft("it's: a #1.csv", "q\none?\n", name: "odd")).ShouldContain("description: 'Questions of it''s: a #1.csv.'");

    [Theory]
    [InlineData("[\"one | two\", \"three\"]", new[] { "one | two", "three" })]
    [InlineData("one | two", new[] { "one", "two" })]
    [InlineData("[sic]", new[] { "[sic]" })]
    public void Several_passages_stand_in_one_cell(string cell, string[] expected) =>
        Cases(Draft("qa.csv", $"q\tcontexts\none?\t\"{cell.Replace("\"", "\"\"")}\"\n")).Single().Contexts.ShouldBe(expected);

    [Fact]
    public void Few_cases_make_a_smoke_run()
    {
        Text(Draft("few.csv", "q\n1?\n2?\n3?\n4?\n")).ShouldContain("mode: smoke");
        Text(Draft("more.csv", "q\n1?\n2?\n3?\n4?\n5?\n")).ShouldContain("mode: full");
    }

    private DraftedBenchmark Draft(string file, string csv, string? name = null, string? url = null, bool overwrite = false) =>
        Make(file, csv, name, url, NoColumns, overwrite);

    private DraftedBenchmark Make(string file, string csv, string? name, string? url, Dictionary<string, string> columns, bool overwrite) =>
        DraftedBenchmark.Make(new DraftOrder(folder.Write(file, csv), folder.File("catalog"), name, url, columns), overwrite);

    private static List<Case> Cases(DraftedBenchmark made) => [.. Dataset.Open(made.Files[0]).Read()];

    private static string Text(DraftedBenchmark made) => File.ReadAllText(made.Files[1]);
}
