using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Cli;
using Assay.Releases.Ledger;
using Assay.Server.Tests.Dashboards;
using Assay.Server.Tests.Releases;

namespace Assay.Server.Tests.Cli;

/// <summary>A release through the program: with a hub and without one.</summary>
[Collection("Runs of benchmarks: their spans are counted in the whole process")]
public sealed class ReleaseCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_candidate_is_measured_gated_approved_and_its_ledger_checked(bool withHub)
    {
        await using var place = await Place.OpenAsync(withHub, approvals: 1);
        var none = (await place.RunAsync("release", "gate", "rag", "--version", "1.9.0")).ShouldEndWith(ExitCode.Inconclusive);
        none.Out.ShouldStartWith("NO DATA: rag@1.9.0, commit 1898bfe1898b. No data for: benchmark handbook.");
        none.Out.ShouldContain("assay eval run handbook");

        (await place.RunAsync("eval", "run", "handbook")).ShouldEndWith(ExitCode.Pass);
        var waiting = (await place.RunAsync("release", "gate", place.File, "--version", "1.9.0", "--markdown", place["gate.md"])).ShouldEndWith(
            ExitCode.Inconclusive
        );
        waiting.Out.ReplaceLineEndings(" ").ShouldContain("1 approval is missing (0 of 1)");
        (await File.ReadAllTextAsync(place["gate.md"], TestContext.Current.CancellationToken)).ShouldContain("| benchmark handbook | ✅ pass |");

        (await place.RunAsync("release", "approve", "rag@1.9.0", "--as", "anna", "--key", place.Key("anna"), "--reason", "figures read"))
            .ShouldEndWith(ExitCode.Pass)
            .Out.ShouldContain("anna approved (gate). figures read");
        var passed = (await place.RunAsync("release", "gate", place.File, "--version", "1.9.0", "--json")).ShouldEndWith(ExitCode.Pass).Json();
        passed.GetProperty("decision").GetProperty("verdict").GetString().ShouldBe("pass");
        var head = passed.GetProperty("head").GetString()!;

        var list = (await place.RunAsync("release", "list")).ShouldEndWith(ExitCode.Pass).Out;
        list.ShouldContain("rag@1.9.0");
        list.ShouldContain("anna");
        var history = (await place.RunAsync("release", "history", "rag@1.9.0")).ShouldEndWith(ExitCode.Pass).Out;
        history.ShouldContain("the release was opened for commit 1898bfe");
        history.ShouldContain("evidence, exact rate: pass");
        history.ShouldContain("anna approved (gate). figures read");
        foreach (var shown in (string[])[none.Out, waiting.Out, list, history])
        {
            shown.Split('\n').ShouldAllBe(line => line.TrimEnd('\r').Length <= 80);
        }

        (await place.RunAsync("release", "history", "rag", "--limit", "1", "--json")).Json().GetProperty("links").GetArrayLength().ShouldBe(1);
        (await place.RunAsync("release", "history", "ra", "--json")).Json().GetProperty("links").GetArrayLength().ShouldBe(0);
        var verified = (await place.RunAsync("release", "verify", "--head", head)).ShouldEndWith(ExitCode.Pass);
        verified.Out.ReplaceLineEndings(" ").ShouldContain("It ends with the head that was named.");
        verified.Out.ReplaceLineEndings(" ").ShouldContain("Approvals: 1, 1 of them signed by approvers of the catalog.");
    }

    [Fact]
    public async Task A_bad_candidate_fails_and_a_dry_run_is_no_evidence()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        (await place.RunAsync("eval", "run", "handbook", "--dry-run")).ExitCode.ShouldBe(0);
        var smoke = (await place.RunAsync("release", "gate", "rag")).ShouldEndWith(ExitCode.Inconclusive);
        smoke.Out.ReplaceLineEndings(" ").ShouldContain("It is smoke evidence");
        ReleasePlace.WriteAnswers(place.Catalog, right: 10);
        (await place.RunAsync("eval", "run", "handbook")).ShouldEndWith(ExitCode.Fail);
        (await place.RunAsync("release", "gate", "rag")).ShouldEndWith(ExitCode.Fail).Out.ShouldStartWith("FAIL: rag@1898bfe1898b");
    }

    [Fact]
    public async Task Without_a_hub_and_a_folder_a_gate_decides_by_what_is_handed_in()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        (await place.RunAsync("eval", "run", "handbook")).ShouldEndWith(ExitCode.Pass);
        var run = Directory.EnumerateDirectories(Path.Combine(place["data"], "runs")).Single();
        string[] nowhere = ["--data", place["none"]];
        (await place.RunAsync(["release", "gate", "rag", .. nowhere]))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ReplaceLineEndings(" ")
            .ShouldContain("neither a hub nor a data folder, and no evidence of it was handed in with --evidence. Make it: assay eval run handbook");
        var passed = (await place.RunAsync(["release", "gate", "rag", "--evidence", run, .. nowhere])).ShouldEndWith(ExitCode.Pass);
        passed.Out.ReplaceLineEndings(" ").ShouldContain("Nothing was written down");
        Directory.Exists(place["none"]).ShouldBeFalse();
        (await place.RunAsync(["release", "gate", "rag", "--evidence", run, "--commit", new string('a', 40), .. nowhere])).ShouldEndWith(ExitCode.Inconclusive);

        var piece = JsonSerializer.Serialize(
            new
            {
                subject = new
                {
                    commit = ReleasePlace.Commit,
                    prompts = Array.Empty<string>(),
                    dataset_hash = "",
                    flags = "",
                    models = Array.Empty<string>(),
                },
                metric = "exact rate",
                verdict = "pass",
                reason = "said so",
                at = TimeProvider.System.GetUtcNow(),
                tool_version = "1",
                n = 40,
                method = "t",
                trace_ids = Array.Empty<string>(),
                is_smoke = false,
            }
        );
        await File.WriteAllTextAsync(place["e.jsonl"], piece + "\n", TestContext.Current.CancellationToken);
        (await place.RunAsync(["release", "gate", "rag", "--evidence", place["e.jsonl"], .. nowhere]))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ReplaceLineEndings(" ")
            .ShouldContain("another dataset: none");
        await File.WriteAllTextAsync(place["e.jsonl"], "{}\n", TestContext.Current.CancellationToken);
        (await place.RunAsync(["release", "gate", "rag", "--evidence", place["e.jsonl"], .. nowhere]))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain("e.jsonl:1");
        (await place.RunAsync(["release", "gate", "rag", "--evidence", "other=" + place["e.jsonl"], .. nowhere])).ShouldEndWith(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task What_ships_is_asked_for_its_evidence_and_has_none_on_a_fresh_clone()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        var catalog = RepositoryFolder.Of("catalog");
        string[] fresh = ["--catalog", catalog, "--data", place["none"]];
        var asked = (await place.RunAsync(["release", "gate", Path.Combine(catalog, "releases", "rag_plus_plus.yaml"), .. fresh, "--json"])).ShouldEndWith(
            ExitCode.Inconclusive
        );
        var needs = asked.Json().GetProperty("decision").GetProperty("needs").EnumerateArray().ToList();
        needs
            .Select(n => n.GetProperty("need").GetString())
            .ShouldBe(["benchmark handbook_service", "benchmark handbook_ranking", "experiment reranker_model_test", "slo all"]);
        needs.ShouldAllBe(n => n.GetProperty("verdict").GetString() == "no_data");
        (await place.RunAsync("release", "gate", "rag_plus_plus", "--catalog", catalog))
            .ShouldEndWith(ExitCode.Inconclusive)
            .Out.ReplaceLineEndings(" ")
            .ShouldContain("assay experiment analyze");
    }

    [Fact]
    public async Task An_export_is_checked_offline_and_taken_in_elsewhere()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        (await place.RunAsync("eval", "run", "handbook")).ShouldEndWith(ExitCode.Pass);
        await place.RunAsync("release", "gate", "rag", "--version", "1");
        await place.RunAsync("release", "gate", "rag", "--version", "2");
        var exported = (await place.RunAsync("release", "export", "rag@1", "--out", place["l.jsonl"], "--json")).ShouldEndWith(ExitCode.Pass).Json();
        exported.GetProperty("links").GetInt64().ShouldBe(6);
        exported.GetProperty("with_body").GetInt64().ShouldBe(3);
        var head = exported.GetProperty("head").GetString()!;
        string[] offline = ["--data", place["nowhere"], "--catalog", place["nowhere"]];
        (await place.RunAsync(["release", "verify", place["l.jsonl"], "--head", head, .. offline])).ShouldEndWith(ExitCode.Pass);

        var lines = await File.ReadAllLinesAsync(place["l.jsonl"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(place["cut.jsonl"], string.Join('\n', lines[..5]) + "\n", TestContext.Current.CancellationToken);
        (await place.RunAsync(["release", "verify", place["cut.jsonl"], .. offline])).ShouldEndWith(ExitCode.Pass);
        (await place.RunAsync(["release", "verify", place["cut.jsonl"], "--head", head, .. offline])).ShouldEndWith(ExitCode.Fail).Out.ShouldContain("cut off");
        await File.WriteAllTextAsync(
            place["bad.jsonl"],
            string.Join('\n', lines).Replace("\"verdict\":\"pass\"", "\"verdict\":\"fail\""),
            TestContext.Current.CancellationToken
        );
        (await place.RunAsync(["release", "verify", place["bad.jsonl"], .. offline]))
            .ShouldEndWith(ExitCode.Fail)
            .Out.ShouldStartWith("Link 2 is broken (line 2): its body was changed");
        (await place.RunAsync(["release", "import", place["bad.jsonl"], .. offline])).ShouldEndWith(ExitCode.WrongUsage);
        await File.WriteAllTextAsync(place["empty.jsonl"], "", TestContext.Current.CancellationToken);
        (await place.RunAsync(["release", "verify", place["empty.jsonl"], .. offline])).ShouldEndWith(ExitCode.Inconclusive);
        (await place.RunAsync(["release", "verify", place["missing.jsonl"], .. offline])).ShouldEndWith(ExitCode.WrongUsage);
        (await place.RunAsync(["release", "verify", "--head", "abc", .. offline])).ShouldEndWith(ExitCode.WrongUsage);

        Directory.CreateDirectory(place["second"]);
        (await place.RunAsync("release", "import", place["l.jsonl"], "--data", place["second"]))
            .ShouldEndWith(ExitCode.Pass)
            .Out.ShouldContain("6 links were taken in, 0 were there already");
        await using var hub = await RunningHub.StartAsync(o => o.CatalogFolder = place.Catalog, folder: place["second"]);
        (await place.RunAsync("release", "import", place["l.jsonl"], "--data", place["second"]))
            .ShouldEndWith(ExitCode.Pass)
            .Out.ShouldContain("0 links were taken in, 6 were there already");
        (await place.RunAsync("release", "history", "rag@1", "--data", place["second"])).Out.ShouldContain("gate: pass");
        (await place.RunAsync("release", "export", "rag@1", "--out", place["again.jsonl"], "--data", place["second"])).ShouldEndWith(ExitCode.Pass);
        (await File.ReadAllLinesAsync(place["again.jsonl"], TestContext.Current.CancellationToken)).ShouldBe(lines);
    }

    [Fact]
    public async Task A_key_is_made_once_is_its_owners_alone_and_fits_the_list()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        var made = (await place.RunAsync("release", "key", "carla", "--key", place["keys/carla.pem"])).ShouldEndWith(ExitCode.Pass);
        made.Out.ShouldContain("  - name: carla");
        var key = Regex.Match(made.Out, "key: (?<key>\\S+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["key"].Value;
        Assay.Releases.Approvals.ApprovalKey.IsPublic(key).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(place["keys/carla.pem"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var before = await File.ReadAllTextAsync(place["keys/carla.pem"], TestContext.Current.CancellationToken);
        (await place.RunAsync("release", "key", "carla", "--key", place["keys/carla.pem"]))
            .ShouldEndWith(ExitCode.WrongUsage)
            .Error.ShouldContain("is there already");
        (await File.ReadAllTextAsync(place["keys/carla.pem"], TestContext.Current.CancellationToken)).ShouldBe(before);
        (await place.RunAsync("release", "key", "Carla X", "--key", place["k"])).ShouldEndWith(ExitCode.WrongUsage);
        (await place.RunAsync("release", "key", "carla")).ShouldEndWith(ExitCode.WrongUsage).Error.ShouldContain("--key FILE");
        (await place.RunAsync("release", "key", "carla", ("HOME", place["home"]))).ShouldEndWith(ExitCode.Pass);
        File.Exists(Path.Combine(place["home"], ".config", "assay", "approvers", "carla.pem")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_fix()
    {
        await using var place = await Place.OpenAsync(withHub: true);
        await ShouldFailAsync(2, "There is no release 'nothing'", "release", "gate", "nothing");
        await ShouldFailAsync(2, "cannot be a release's name", "release", "gate", "No/Such");
        await ShouldFailAsync(2, "Nobody says which candidate", "release", "gate", "rag", "--commit", "");
        await ShouldFailAsync(2, "is no release", "release", "approve", "rag", "--as", "anna", "--key", place.Key("anna"), "--reason", "r");
        await ShouldFailAsync(2, "nothing to approve", "release", "approve", "rag@7", "--as", "anna", "--key", place.Key("anna"), "--reason", "r");
        await ShouldFailAsync(2, "Cannot read", "release", "approve", "rag@7", "--as", "anna", "--key", place["no.pem"], "--reason", "r");
        await place.RunAsync("release", "gate", "rag", "--version", "1");
        await ShouldFailAsync(2, "boris may approve promote", "release", "approve", "rag@1", "--as", "boris", "--key", place.Key("boris"), "--reason", "r");
        await ShouldFailAsync(2, "the signature is not", "release", "approve", "rag@1", "--as", "anna", "--key", place.Key("boris"), "--reason", "r");
        await ShouldFailAsync(2, "The reason", "release", "approve", "rag@1", "--as", "anna", "--key", place.Key("anna"), "--reason", " ");
        await ShouldFailAsync(4, "no data folder", "release", "list", "--data", place["none"]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(place.Key("anna"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            await ShouldFailAsync(2, "Others than its owner", "release", "approve", "rag@1", "--as", "anna", "--key", place.Key("anna"), "--reason", "r");
        }

        ReleasePlace.Write(place.Catalog, "releases/rag.yaml", ReleasePlace.Release(0) + "\n  aprovals: 2\n");
        await ShouldFailAsync(2, "rag.yaml:9: unknown key 'aprovals'", "release", "gate", place.File, "--version", "1");

        async Task ShouldFailAsync(int code, string says, params string[] args)
        {
            var ended = await place.RunAsync(args);
            ended.ExitCode.ShouldBe(code, ended.Out + ended.Error);
            ended.Error.ShouldContain(says);
        }
    }

    [Fact]
    public async Task A_chain_of_a_hundred_thousand_links_is_checked_as_a_whole()
    {
        await using var place = await Place.OpenAsync(withHub: false);
        var previous = WriteChain(place["long.jsonl"], 100_000);

        var verified = (await place.RunAsync("release", "verify", place["long.jsonl"], "--head", previous, "--json")).ShouldEndWith(ExitCode.Pass).Json();
        verified.GetProperty("chain").GetProperty("links").GetInt64().ShouldBe(100_000);
    }

    private static string WriteChain(string path, int links)
    {
        var previous = LedgerHash.None;
        using var file = File.Create(path);
        for (var i = 1; i <= links; i++)
        {
            var body = """{"verdict":"pass","reason":"held"}"""u8.ToArray();
            var link = LedgerHash.Link(
                i,
                previous,
                new LedgerEntry("rag@1", LedgerKind.Look, $"canary/rag@1/5/{i}", "assay", TimeProvider.System.GetUtcNow(), body)
            );
            previous = link.Hash;
            file.Write(LedgerLine.Write(link));
            file.Write("\n"u8);
        }

        return previous;
    }

    /// <summary>A data folder and a catalog with a release, with a hub that holds them or without.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly string folder;
        private readonly RunningHub? hub;

        private Place(string folder, RunningHub? hub) => (this.folder, this.hub) = (folder, hub);

        public string Catalog => this["catalog"];

        public string File => System.IO.Path.Combine(Catalog, "releases", "rag.yaml");

        public string this[string name] => System.IO.Path.Combine(folder, name);

        public static async Task<Place> OpenAsync(bool withHub, int approvals = 0)
        {
            var folder = Directory.CreateTempSubdirectory("assay-release-cli-").FullName;
            var catalog = System.IO.Path.Combine(folder, "catalog");
            ReleasePlace.WriteCatalog(catalog, approvals);
            var data = Directory.CreateDirectory(System.IO.Path.Combine(folder, "data")).FullName;
            foreach (var (name, key) in new[] { ("anna", ReleasePlace.Anna), ("boris", ReleasePlace.Boris) })
            {
                await System.IO.File.WriteAllTextAsync(System.IO.Path.Combine(folder, name + ".pem"), key, TestContext.Current.CancellationToken);
                if (!OperatingSystem.IsWindows())
                {
                    System.IO.File.SetUnixFileMode(System.IO.Path.Combine(folder, name + ".pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }
            }

            return new Place(folder, withHub ? await RunningHub.StartAsync(o => o.CatalogFolder = catalog, folder: data) : null);
        }

        public string Key(string name) => this[name + ".pem"];

        public Task<Finished> RunAsync(params string[] args) => RunAsync(args, []);

        public Task<Finished> RunAsync(string group, string command, string argument, (string Name, string Value) variable) =>
            RunAsync([group, command, argument], [variable]);

        public async ValueTask DisposeAsync()
        {
            if (hub is not null)
            {
                await hub.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }

        private async Task<Finished> RunAsync(string[] args, (string Name, string Value)[] variables)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var environment = variables.Append(("ASSAY_COMMIT", ReleasePlace.Commit)).ToDictionary(v => v.Item1, v => v.Item2);
            List<string> all = [.. args];
            if (args is not ["release", "key", ..])
            {
                all.AddRange(args.Contains("--data") ? [] : ["--data", this["data"]]);
                all.AddRange(args.Contains("--catalog") ? [] : ["--catalog", Catalog]);
            }

            var code = await CommandLine.RunAsync([.. all], new CommandSurroundings(output, error, environment, TimeProvider.System, IsTerminal: false));
            return new Finished(code, output.ToString(), error.ToString());
        }
    }
}
