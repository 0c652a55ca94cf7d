using System.Text.Json;
using Assay.Catalogs;
using Assay.Cli;
using Assay.Experimentation.Flags;
using Assay.Server.Tests.Flags;

namespace Assay.Server.Tests.Cli;

public sealed class FlagCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flags_are_changed_through_the_hub_and_in_the_folder_alike(bool withHub)
    {
        await using var place = await FlagPlace.OpenAsync(withHub);
        (await place.RunAsync("flag", "set", "rag_plus_plus", "--rollout", "5", "--reason", "canary"))
            .Out.Trim()
            .ShouldBe("rag_plus_plus is on, version 1: on 5 %");
        (await place.RunAsync("flag", "kill", "rag_plus_plus", "--reason", "answers without sources"))
            .Out.Trim()
            .ShouldBe("rag_plus_plus is KILLED, version 2");
        var killed = await place.RunAsync("flag", "explain", "rag_plus_plus", "--unit", "user-17", "--attribute", "group=staff");
        killed.Out.ShouldContain("the kill switch is on: answers without sources");
        (await place.RunAsync("flag", "restore", "rag_plus_plus", "--reason", "mended", "--expected-version", "1")).Code.ShouldBe(2);
        (await place.RunAsync("flag", "restore", "rag_plus_plus", "--reason", "mended", "--expected-version", "2")).Code.ShouldBe(0);
        (await place.RunAsync("flag", "set", "top_k", "--rollout", "many=12.5", "--rollout", "few=0", "--reason", "more"))
            .Out.Trim()
            .ShouldEndWith("many 12.5 %, few 0 %");
        (await place.RunAsync("flag", "set", "reranker_model", "--rollout", "7", "--reason", "the other one")).Out.Trim().ShouldEndWith("large 7 %");

        var history = await place.RunAsync("flag", "history", "rag_plus_plus", "--json");
        var entries = JsonDocument.Parse(history.Out).RootElement.GetProperty("entries").EnumerateArray().ToList();
        entries.Select(e => e.GetProperty("reason").GetString()).ShouldBe(["mended", "answers without sources", "canary"]);
        entries.ShouldAllBe(e => e.GetProperty("actor").GetString() == (withHub ? "token admin" : "command"));
        (await place.RunAsync("flag", "history", "rag_plus_plus", "--limit", "1")).Out.ShouldContain("on 5 %: mended");

        var list = await place.RunAsync("flag", "list");
        list.Out.ShouldContain("rag_plus_plus                on      on 5 %                     1       3");
        list.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        var shown = await place.RunAsync("flag", "show", "rag_plus_plus");
        shown.Out.ShouldContain("rollout: {on: 5}");
        shown.Out.ShouldContain("(mended)");
        (await place.RunAsync("flag", "set", "rag_plus_plus", "--reset", "--reason", "as it was"))
            .Out.Trim()
            .ShouldBe("rag_plus_plus is on, version 4: on 25 %");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_decided_is_exported_and_the_file_then_says_it(bool withHub)
    {
        await using var place = await FlagPlace.OpenAsync(withHub);
        (await place.RunAsync("flag", "export")).Out.ShouldContain("Nothing to export");
        await place.RunAsync("flag", "kill", "top_k", "--reason", "too slow");
        (await place.RunAsync("flag", "export")).Out.ShouldContain("enabled: false");
        var target = Path.Combine(place.Folder, "exported");
        (await place.RunAsync("flag", "export", "--out", target)).Out.ShouldContain("top_k");
        Directory.EnumerateFiles(target).ShouldHaveSingleItem();
        var flags = CatalogFile.Read<FlagFile>(Path.Combine(target, "flags.yaml"));
        flags.Single(f => f.Name == "top_k").Enabled.ShouldBeFalse();
        flags.Count.ShouldBe(7);
    }

    [Fact]
    public async Task Rules_of_a_file_decide_and_an_explanation_shows_each()
    {
        await using var place = await FlagPlace.OpenAsync(withHub: false);
        var rules = Path.Combine(place.Folder, "rules.yaml");
        await File.WriteAllTextAsync(
            rules,
            "- { name: grown, if: [{ attribute: age, operator: atLeast, values: [18] }], serve: many }\n- { name: half, rollout: { many: 50 } }\n",
            TestContext.Current.CancellationToken
        );
        (await place.RunAsync("flag", "set", "top_k", "--rules", rules, "--reason", "by age")).Code.ShouldBe(0);
        var grown = await place.RunAsync("flag", "explain", "top_k", "--unit", "user-17", "--attribute", "age=34");
        grown.Out.ShouldContain("top_k = 20 (variant many), by its rules, by rule 'grown', version 1");
        grown.Out.ShouldContain("+ age atLeast 18: it is '34'");
        var json = JsonDocument.Parse((await place.RunAsync("flag", "explain", "top_k", "--unit", "user-17", "--json")).Out).RootElement;
        json.GetProperty("evaluation").GetProperty("reason").GetString().ShouldBe("split");
        json.GetProperty("rules")[1].GetProperty("draw").GetProperty("percent").GetDecimal().ShouldBeInRange(0, 100);
        await File.WriteAllTextAsync(rules, "- { name: x, serve: many, when: now }\n", TestContext.Current.CancellationToken);
        (await place.RunAsync("flag", "set", "top_k", "--rules", rules, "--reason", "r")).Error.ShouldContain("rules.yaml:1");
    }

    [Fact]
    public async Task Flags_that_should_be_looked_at_end_a_command_with_1()
    {
        await using var place = await FlagPlace.OpenAsync(withHub: false);
        (await place.RunAsync("flag", "stale")).Code.ShouldBe(0);
        await place.RunAsync("flag", "set", "top_k", "--rollout", "many=100", "--reason", "all");
        var stale = await place.RunAsync("flag", "stale");
        stale.Code.ShouldBe(1);
        stale.Out.ShouldContain("top_k: Everybody gets 'many'");
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_fix()
    {
        await using var place = await FlagPlace.OpenAsync(withHub: true);
        await ShouldFailAsync(2, "There is no flag 'nothing'", "flag", "show", "nothing");
        await ShouldFailAsync(2, "cannot be a flag's name", "flag", "show", "../tokens");
        await ShouldFailAsync(2, "--reason", "flag", "kill", "top_k");
        await ShouldFailAsync(2, "The reason has 0 characters", "flag", "kill", "top_k", "--reason", " ");
        await ShouldFailAsync(2, "Nothing is changed", "flag", "set", "top_k", "--reason", "r");
        await ShouldFailAsync(2, "'lots' is no share", "flag", "set", "top_k", "--rollout", "many=lots", "--reason", "r");
        await ShouldFailAsync(
            2,
            "flag 'always_on' (with its override 1): its share of 5 % of 'on'",
            "flag",
            "set",
            "always_on",
            "--rollout",
            "5",
            "--reason",
            "r"
        );
        await ShouldFailAsync(2, "assay flag set always_on --rollout off=95", "flag", "set", "always_on", "--rollout", "5", "--reason", "r");
        await ShouldFailAsync(2, "Name the variant", "flag", "set", "three", "--rollout", "5", "--reason", "r");
        await ShouldFailAsync(2, "has no value", "flag", "explain", "top_k", "--unit", "u", "--attribute", "age");
        await ShouldFailAsync(2, "version 0, not 7", "flag", "kill", "top_k", "--reason", "r", "--expected-version", "7");
        await ShouldFailAsync(4, "no data folder", "flag", "list", "--data", Path.Combine(place.Folder, "none"));

        async Task ShouldFailAsync(int code, string says, params string[] args)
        {
            var ended = await place.RunAsync(args);
            ended.Code.ShouldBe(code, ended.Error);
            ended.Error.ShouldContain(says);
        }
    }

    /// <summary>A data folder and a catalog with flags, with a hub that holds them or without.</summary>
    private sealed class FlagPlace : IAsyncDisposable
    {
        private const string Three = "\n---\nname: three\nvariants: { a: 1, b: 2, c: 3 }\ndefault: a\nwhenOff: a\n";

        private readonly RunningHub? hub;

        private FlagPlace(string folder, RunningHub? hub) => (Folder, this.hub) = (folder, hub);

        public string Folder { get; }

        public static async Task<FlagPlace> OpenAsync(bool withHub)
        {
            var folder = Directory.CreateTempSubdirectory("assay-flag-cli-").FullName;
            FlagHub.Write(folder, FlagHub.Flags + Three);
            return new FlagPlace(folder, withHub ? await RunningHub.StartAsync(folder: folder) : null);
        }

        public async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
        {
            await using var output = new StringWriter();
            await using var error = new StringWriter();
            string[] where = args.Contains("--data") ? [] : ["--data", Folder];
            var code = await CommandLine.RunAsync(
                [.. args, .. where, "--catalog", Path.Combine(Folder, "catalog")],
                new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false)
            );
            return (code, output.ToString(), error.ToString());
        }

        public async ValueTask DisposeAsync()
        {
            if (hub is not null)
            {
                await hub.DisposeAsync();
            }

            Directory.Delete(Folder, recursive: true);
        }
    }
}
