namespace Assay.Tests.Cli;

/// <summary><c>assay eval init</c> and <c>assay eval dataset</c> as a user meets them.</summary>
public sealed class EvalInitTests : IDisposable
{
    private readonly CliPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_table_becomes_a_benchmark_and_the_next_command_is_printed()
    {
        var qa = place.Write("qa.csv", "Вопрос;Ответ\nКак откатить релиз?;compassctl release rollback\n");
        var made = (await place.CallAsync("eval", "init", qa, "--catalog", place["catalog"])).ShouldPass();
        made.Out.ShouldContain("1 case, dataset ");
        made.Out.ShouldContain("columns: Вопрос → input, Ответ → expected");
        made.Out.ShouldEndWith("next:  assay eval run qa --dry-run\n");
        File.ReadAllText(place["catalog/datasets/qa.jsonl"]).ShouldContain("Как откатить релиз?");
        var again = await place.CallAsync("eval", "init", qa, "--catalog", place["catalog"]);
        again.ShouldEndWith(ExitCode.WrongUsage);
        again.Error.ShouldContain("--force");
        (await place.CallAsync("eval", "init", qa, "--catalog", place["catalog"], "--force")).ShouldPass();
    }

    [Fact]
    public async Task What_was_made_can_be_read_by_a_program()
    {
        var qa = place.Write("qa.csv", "question,answer,extra\na?,1,x\na?,1,x\n");
        var made = (await place.CallAsync("eval", "init", qa, "--catalog", place["catalog"], "--url", "http://127.0.0.1:1/ask", "--json")).ShouldPass();
        var json = CliPlace.Json(made.Out);
        json.GetProperty("name").GetString().ShouldBe("qa");
        json.GetProperty("cases").GetInt32().ShouldBe(1);
        json.GetProperty("repeated").GetInt32().ShouldBe(1);
        json.GetProperty("files").GetArrayLength().ShouldBe(3);
        json.GetProperty("columns")[2].GetProperty("part").GetString().ShouldBe("fields.extra");
    }

    [Theory]
    [InlineData("--url", "ask.example.org")]
    [InlineData("--name", "My questions")]
    [InlineData("--question", "nobody")]
    public async Task A_wrong_option_writes_nothing(string option, string value)
    {
        var qa = place.Write("qa.csv", "question\na?\n");
        (await place.CallAsync("eval", "init", qa, "--catalog", place["catalog"], option, value)).ShouldEndWith(ExitCode.WrongUsage);
        Directory.Exists(place["catalog"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dataset_is_checked_and_two_are_compared()
    {
        var one = place.Write("one.jsonl", "{\"id\":\"1\",\"input\":\"x\",\"expected\":\"a\"}\n{\"id\":\"2\",\"input\":\"y\"}\n");
        var two = place.Write("two.jsonl", "{\"id\":\"1\",\"input\":\"x\",\"expected\":\"b\"}\n{\"id\":\"3\",\"input\":\"z\"}\n");
        var check = (await place.CallAsync("eval", "dataset", "check", one)).ShouldPass();
        check.Out.ShouldContain("one: 2 cases in 2 clusters");
        check.Out.ShouldContain("note: no expected answer in 1 case");
        var diff = (await place.CallAsync("eval", "dataset", "diff", one, two)).ShouldPass();
        diff.Out.ShouldContain("1 added, 1 removed, 1 changed, 0 unchanged");
        diff.Out.ShouldContain("expected: a → b");
        CliPlace.Json((await place.CallAsync("eval", "dataset", "diff", one, two, "--json")).Out).GetProperty("listed").GetArrayLength().ShouldBe(3);
        var broken = await place.CallAsync("eval", "dataset", "check", place.Write("bad.jsonl", "{\"id\":\"1\",\"input\":\"x\"}\n{}\n"));
        broken.ShouldEndWith(ExitCode.WrongUsage);
        broken.Error.ShouldContain("bad.jsonl:2: The case has no \"id\".");
    }
}
