using Assay.Tests.Tidy;

namespace Assay.Tests.Cli;

/// <summary><c>assay eval dataset clean</c> as a user meets it.</summary>
public sealed class EvalDatasetCleanTests : IDisposable
{
    private readonly CliPlace place = new();

    public EvalDatasetCleanTests() =>
        place.Write(
            "digests.jsonl",
            """
            {"id": "1", "input": "Write to ann@example.org", "cluster": "news", "fields": {"flag.rag_plus_plus": "on"}}
            {"id": "2", "input": "Two", "cluster": "signals", "fields": {"flag.rag_plus_plus": "on"}}
            {"id": "3", "input": "Three", "cluster": "news", "fields": {"flag.rag_plus_plus": "off"}}
            """
        );

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task It_writes_a_dataset_that_may_be_handed_on_and_a_manifest_that_names_nobody()
    {
        place.Write("catalog/channel_blacklist.yaml", "channels:\n  - { channel: signals, reason: advertising only }\n  - { channel: typo, reason: spam }\n");
        place.Write("catalog/flags/rag.yaml", "name: rag_plus_plus\n");
        var ended = (await CleanAsync("--flag", "rag_plus_plus=on")).ShouldPass();
        ended.Out.ShouldContain("clean: 1 case in 1 cluster, of 3 cases");
        ended.Out.ShouldContain("dropped 1 case: channel_blacklist: advertising only");
        ended.Out.ShouldContain("dropped 1 case: flag: rag_plus_plus was not on");
        ended.Out.ShouldContain("taken out: email 1");
        ended.Error.ShouldContain("no case is of 1 channel of the blacklist");
        File.ReadAllText(place["clean.jsonl"]).ShouldContain("Write to [email]");
        var manifest = CliPlace.Json(File.ReadAllText(place["clean.manifest.json"]));
        manifest.GetProperty("from").GetProperty("cases").GetInt32().ShouldBe(3);
        manifest.GetProperty("filters")[1].GetProperty("variant").GetString().ShouldBe("on");
        place.HalfWritten().ShouldBeEmpty();

        (await CleanAsync()).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("--force");
        CliPlace.Json((await CleanAsync("--force", "--json")).ShouldPass().Out).GetProperty("cases").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("Did you mean 'rag_plus_plus'?", "--flag", "rag_plus_pls=on")]
    [InlineData("Known variants: on, off.", "--flag", "rag_plus_plus=onn")]
    [InlineData("no flag and variant", "--flag", "rag_plus_plus")]
    [InlineData("Cannot read", "--words", "missing.txt")]
    [InlineData("Cannot read", "--blacklist", "missing.yaml")]
    [InlineData("ends in .jsonl", "--out", "clean.csv")]
    [InlineData("would replace", "--out", "digests.jsonl")]
    [InlineData("would replace", "--manifest", "digests.jsonl")]
    public async Task What_does_not_fit_is_refused_and_nothing_is_written(string says, string option, string value)
    {
        place.Write("catalog/flags/rag.yaml", "name: rag_plus_plus\n");
        var given = value.Contains('.', StringComparison.Ordinal) ? place[value] : value;
        var ended = option == "--out" ? await CallAsync("--out", given) : await CleanAsync(option, given);
        ended.ShouldEndWith(ExitCode.WrongUsage);
        ended.Error.ShouldContain(says);
        File.Exists(place["clean.jsonl"]).ShouldBeFalse();
        File.ReadAllText(place["digests.jsonl"]).ShouldContain("ann@example.org");
    }

    [Fact]
    public async Task The_shipped_datasets_hold_nothing_personal()
    {
        foreach (var path in Directory.GetFiles(Repository.FullPath("catalog/datasets"), "*.jsonl"))
        {
            var ended = await place.CallAsync("eval", "dataset", "clean", path, "--out", place["shipped.jsonl"], "--force", "--json");
            CliPlace.Json(ended.ShouldPass().Out).GetProperty("changed").GetInt32().ShouldBe(0, path);
        }
    }

    private Task<Finished> CleanAsync(params string[] more) => CallAsync(["--out", place["clean.jsonl"], .. more]);

    private Task<Finished> CallAsync(params string[] more) =>
        place.CallAsync(["eval", "dataset", "clean", place["digests.jsonl"], "--catalog", place["catalog"], .. more]);
}
