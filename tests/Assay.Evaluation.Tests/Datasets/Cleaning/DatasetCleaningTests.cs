using Assay.Evaluation.Datasets;
using Assay.Evaluation.Datasets.Cleaning;

namespace Assay.Evaluation.Tests.Datasets.Cleaning;

public sealed class DatasetCleaningTests : IDisposable
{
    private const string Polluted = """
        {"id": "a-1", "input": "Write to ann@example.org or +7 916 123-45-67", "expected": "Ask @anna_petrova", "contexts": ["token: abc123secret"], "cluster": "news", "tags": ["ru"], "fields": {"channel": "@News", "flag.rag_plus_plus": "on", "author": "Anna Petrova"}}
        {"id": "a-2", "input": "Two", "cluster": "news", "fields": {"channel": "news", "flag.rag_plus_plus": "off"}}
        {"id": "a-3", "input": "Three by Anna", "cluster": "signals", "fields": {"channel": "https://t.me/Signals", "flag.rag_plus_plus": "on"}}
        {"id": "a-4", "input": "Four", "relevant": {"en/logging.md": 2}}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Personal_data_and_secrets_are_taken_out_of_every_text_and_counted_by_kind()
    {
        var manifest = Clean(new CleaningPlan());
        var text = File.ReadAllText(folder.File("clean.jsonl"));
        foreach (var gone in (string[])["ann@example.org", "916", "anna_petrova", "abc123secret"])
        {
            text.ShouldNotContain(gone);
        }

        text.ShouldContain("Write to [email] or [phone]");
        manifest.Removed.ShouldBe(
            new Dictionary<string, int>
            {
                ["email"] = 1,
                ["phone"] = 1,
                ["secret"] = 1,
                ["telegram"] = 2,
            }
        );
        manifest.Cases.ShouldBe(4);
        manifest.Changed.ShouldBe(2);
    }

    [Fact]
    public void A_clean_dataset_is_left_as_it_is()
    {
        Clean(new CleaningPlan());
        var again = DatasetCleaning.Clean(Dataset.Open(folder.File("clean.jsonl")), folder.File("again.jsonl"), new CleaningPlan());
        again.Changed.ShouldBe(0);
        again.Removed.ShouldBeEmpty();
        again.Sha256.ShouldBe(again.From.Sha256);
    }

    [Fact]
    public void The_same_dataset_gives_the_same_bytes()
    {
        var plan = new CleaningPlan { RenamesAll = true };
        Clean(plan).Write(folder.File("first.json"));
        var first = File.ReadAllBytes(folder.File("clean.jsonl"));
        Clean(plan).Write(folder.File("second.json"));
        File.ReadAllBytes(folder.File("clean.jsonl")).ShouldBe(first);
        File.ReadAllBytes(folder.File("second.json")).ShouldBe(File.ReadAllBytes(folder.File("first.json")));
    }

    [Fact]
    public void A_packed_dataset_holds_the_same_cases_in_the_same_bytes_each_time()
    {
        var plain = Clean(new CleaningPlan());
        var packed = DatasetCleaning.Clean(Dataset.Open(folder.File("polluted.jsonl")), folder.File("clean.jsonl.gz"), new CleaningPlan());
        packed.Sha256.ShouldBe(plain.Sha256);
        var bytes = File.ReadAllBytes(folder.File("clean.jsonl.gz"));
        DatasetCleaning.Clean(Dataset.Open(folder.File("polluted.jsonl")), folder.File("clean.jsonl.gz"), new CleaningPlan());
        File.ReadAllBytes(folder.File("clean.jsonl.gz")).ShouldBe(bytes);
    }

    [Fact]
    public void Cases_of_blacklisted_channels_are_dropped_whatever_way_the_channel_is_written()
    {
        var list = ChannelBlacklist.Read(
            folder.Write("list.yaml", "channels:\n  - { channel: '@SIGNALS', reason: advertising only }\n  - { channel: nobody, reason: spam }\n")
        );
        var manifest = Clean(new CleaningPlan { Filters = [list] });
        manifest.Dropped.ShouldBe(new Dictionary<string, int> { ["channel_blacklist: advertising only"] = 1 });
        manifest.Filters.ShouldHaveSingleItem().Entries.ShouldBe(2);
        list.Unmatched.ShouldBe(1);
        Ids().ShouldBe(["a-1", "a-2", "a-4"]);
    }

    [Theory]
    [InlineData("channels:\n  - channel: news", "2: A channel of the blacklist needs")]
    [InlineData("channels:\n  - { channel: '@', reason: x }", "2: A channel of the blacklist needs")]
    [InlineData("channels:\n  - { channel: news, reason: news is bad }", "2: The reason names somebody")]
    [InlineData("channels:\n  - { channel: news, reason: ask ann@example.org }", "2: The reason names somebody")]
    [InlineData("channels:\n  - { channel: news, reason: x }\n  - { channel: '@News', reason: y }", "3: '@News' stands twice")]
    [InlineData("channels:\n  - { chanel: news, reason: x }", "2: unknown key 'chanel'")]
    public void A_wrong_entry_of_the_blacklist_is_named_with_its_line(string text, string problem)
    {
        var path = folder.Write("list.yaml", text);
        Should.Throw<AssayException>(() => ChannelBlacklist.Read(path)).Message.ShouldContain(problem);
    }

    [Fact]
    public void Only_cases_of_the_asked_flag_variant_stay_and_snapshots_are_counted()
    {
        var manifest = Clean(new CleaningPlan { Filters = [new FlagFilter("rag_plus_plus", "on", "f00d")] });
        manifest.Dropped.ShouldBe(new Dictionary<string, int> { ["flag: no snapshot of rag_plus_plus"] = 1, ["flag: rag_plus_plus was not on"] = 1 });
        Ids().ShouldBe(["a-1", "a-3"]);
        var flag = manifest.Flags.ShouldHaveSingleItem();
        flag.Flag.ShouldBe("rag_plus_plus");
        flag.Variants.ShouldBe(new Dictionary<string, int> { ["on"] = 2 });
        flag.Without.ShouldBe(0);
    }

    [Fact]
    public void Words_of_a_list_go_whole_and_the_longer_first()
    {
        var words = WordList.Read(folder.Write("words.txt", "# people\nAnna\nAnna Petrova\n"));
        var manifest = Clean(
            new CleaningPlan
            {
                Words = words,
                Without = new HashSet<string> { "author" },
            }
        );
        var cases = Dataset.Open(folder.File("clean.jsonl")).Read().ToList();
        cases[2].Input.ShouldBe("Three by [name]");
        cases[0].Fields.Keys.ShouldNotContain("author");
        manifest.FieldsRemoved.ShouldBe(["author"]);
        manifest.Removed["word"].ShouldBe(1);
        manifest.Words!.Entries.ShouldBe(2);
        words.TakeOut("Annabel met anna petrova, Анна", _ => { }).ShouldBe("Annabel met [name], Анна");
    }

    [Fact]
    public void Ids_and_clusters_that_hold_personal_data_all_get_new_names_and_stay_apart()
    {
        folder.Write(
            "named.jsonl",
            """
            {"id": "ann@example.org", "input": "1", "cluster": "@news_of_ann", "relevant": {"https://t.me/x1": 1}, "fields": {"channel": "news_of_ann"}}
            {"id": "case-1", "input": "2", "cluster": "@news_of_bob", "relevant": {"https://t.me/x2": 1, "https://t.me/x1": 1}}
            {"id": "x", "input": "3", "cluster": "@news_of_ann"}
            """
        );
        var manifest = DatasetCleaning.Clean(Dataset.Open(folder.File("named.jsonl")), folder.File("clean.jsonl"), new CleaningPlan());
        manifest.Renamed.ShouldBe(["cases", "clusters", "documents"]);
        manifest.Clusters.ShouldBe(manifest.From.Clusters);
        var cases = Dataset.Open(folder.File("clean.jsonl")).Read().ToList();
        cases.Select(one => one.Id).ShouldBe(["case-1", "case-2", "case-3"]);
        cases.Select(one => one.Cluster).ShouldBe(["cluster-1", "cluster-2", "cluster-1"]);
        cases[1].Relevant.Keys.ShouldBe(["document-1", "document-2"], ignoreOrder: true);
        cases[0].Fields["channel"].ShouldBe("cluster-1");
    }

    [Fact]
    public void The_manifest_names_no_case_cluster_channel_or_document()
    {
        var list = ChannelBlacklist.Read(folder.Write("list.yaml", "channels:\n  - { channel: signals, reason: advertising only }\n"));
        Clean(new CleaningPlan { Filters = [list] }).Write(folder.File("manifest.json"));
        var text = File.ReadAllText(folder.File("manifest.json"));
        foreach (var name in (string[])["a-1", "a-4", "news", "signals", "logging.md", "polluted", "Anna", "author"])
        {
            text.ShouldNotContain(name, Shouldly.Case.Insensitive);
        }

        text.ShouldContain("advertising only");
        text.ShouldContain("\"schema\": \"assay.dataset_manifest/1\"");
    }

    [Fact]
    public void When_nothing_is_left_nothing_is_written()
    {
        var plan = new CleaningPlan { Filters = [new FlagFilter("other", "on", "f00d")] };
        Should.Throw<AssayException>(() => Clean(plan)).Message.ShouldContain("4 × flag: no snapshot of other");
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["polluted.jsonl"]);
    }

    [Fact]
    public void A_field_whose_name_is_personal_is_refused()
    {
        folder.Write("odd.jsonl", """{"id": "1", "input": "x", "fields": {"ann@example.org": "y"}}""");
        var thrown = Should.Throw<AssayException>(() =>
            DatasetCleaning.Clean(Dataset.Open(folder.File("odd.jsonl")), folder.File("clean.jsonl"), new CleaningPlan())
        );
        thrown.ExitCode.ShouldBe(ExitCode.WrongUsage);
        File.Exists(folder.File("clean.jsonl")).ShouldBeFalse();
    }

    private CleaningManifest Clean(CleaningPlan plan) =>
        DatasetCleaning.Clean(Dataset.Open(folder.Write("polluted.jsonl", Polluted)), folder.File("clean.jsonl"), plan);

    private IEnumerable<string> Ids() => Dataset.Open(folder.File("clean.jsonl")).Read().Select(one => one.Id);
}
