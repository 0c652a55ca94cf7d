using System.Net;
using System.Net.Sockets;
using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>Bad input is named with place and fix, ends nothing that is sound, and leaves nothing half-written.</summary>
[Collection(AloneInProcess.Name)]
public sealed class BadInputTests
{
    [Fact]
    public async Task Every_bad_document_is_named_with_place_and_fix_and_the_rest_is_indexed()
    {
        using var place = new CliPlace();
        var bad = Path.Combine(CliPlace.Handbook, "bad");
        var failed = await place.CallAsync("rag", "run", bad, "--out", place["out"]);
        failed.ShouldEndWith(ExitCode.Fail);
        failed.Error.ShouldContain("failed: 6 documents could not be read, --max-bad allows 0.");
        failed.Error.ShouldContain("lines.jsonl:2: The JSON is broken");

        var corpus = place.Summary().GetProperty("corpus");
        corpus.GetProperty("bad").GetInt32().ShouldBe(6);
        corpus.GetProperty("duplicates").GetInt32().ShouldBe(1);
        corpus.GetProperty("documents").GetInt32().ShouldBe(3);
        var named = corpus.GetProperty("bad_documents").EnumerateArray().ToList();
        named
            .Select(b => Path.GetFileName(b.GetProperty("source").GetString()) + (b.TryGetProperty("line", out var line) ? $":{line}" : ""))
            .ShouldBe(["binary.md", "empty.md", "lines.jsonl:2", "lines.jsonl:3", "lines.jsonl:4", "windows-1251.txt"]);
        named.ShouldAllBe(b => b.GetProperty("problem").GetString()!.Length > 0 && b.GetProperty("fix").GetString()!.Length > 0);
        (await PublishedSchema.FaultsAsync(place.Summary().GetRawText())).ShouldBeEmpty();

        (await place.CallAsync("rag", "run", bad, "--out", place["out"], "--max-bad", "10")).ShouldPass();
        var found = await place.CallAsync("rag", "query", "Исправная строка", "--index", place["out"]);
        found.ShouldPass().Out.ShouldContain("bad-4");
    }

    [Theory]
    [InlineData("nowhere", "does not exist")]
    [InlineData("empty", "No document could be read (0 files, 0 bad)")]
    [InlineData("hopeless", "No document could be read (1 files, 1 bad). The first: ")]
    public async Task A_run_without_one_sound_document_is_refused_and_leaves_the_old_index_alone(string path, string said)
    {
        using var place = new CliPlace();
        Directory.CreateDirectory(place["empty"]);
        place.Write("hopeless/void.md", "");
        (await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["out"])).ShouldPass();
        var before = await File.ReadAllTextAsync(place["out/processing_summary.json"], TestContext.Current.CancellationToken);

        var refused = await place.CallAsync("rag", "run", place[path], "--out", place["out"]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(said);
        refused.Error.ShouldContain("\n  fix: ");
        refused.Out.ShouldBe("");
        await OldIndexAnswersAsync(place);
        (await File.ReadAllTextAsync(place["out/processing_summary.json"], TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Theory]
    [InlineData("{\"id\": \"q1\", \"text\": \"one\"}\n{\"id\": ", "q.jsonl:2: not a JSON object")]
    [InlineData("{\"id\": \"q1\"}\n", "q.jsonl:1: the query has no text")]
    [InlineData("{\"id\": \"q1\", \"text\": \"one\"}\n{\"id\": \"q1\", \"text\": \"two\"}\n", "query id 'q1' 2 times")]
    [InlineData("\n", "holds no queries")]
    [InlineData("[1]\n", "q.jsonl:1: not a JSON object")]
    public async Task A_broken_file_of_queries_is_refused_with_its_line(string queries, string said)
    {
        using var place = new CliPlace();
        var file = place.Write("q.jsonl", queries);
        var refused = await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--queries", file, "--out", place["out"]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(said);
        refused.Error.ShouldContain("\n  fix: ");
        Directory.Exists(place["out"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var place = new CliPlace();
        place.Write("file", "not a folder");
        var refused = await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["file/sub"]);
        refused.ShouldEndWith(ExitCode.Infrastructure);
        refused.Error.ShouldContain($"Cannot write into '{place["file/sub"]}'");
        refused.Error.ShouldContain("--out");
        (await File.ReadAllTextAsync(place["file"], TestContext.Current.CancellationToken)).ShouldBe("not a folder");
    }

    [Fact]
    public async Task A_port_in_use_is_named_before_any_work()
    {
        using var place = new CliPlace();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var refused = await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["out"], "--metrics-port", $"{port}");
        refused.ShouldEndWith(ExitCode.Infrastructure);
        refused.Error.ShouldContain($"127.0.0.1:{port}");
        refused.Error.ShouldContain("--metrics-port");
        Directory.Exists(place["out/index"]).ShouldBeFalse();
        place.HalfWritten().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_file_system_leaves_the_old_index_and_nothing_half_written()
    {
        using var place = new CliPlace();
        Directory.CreateDirectory(place["out"]);
        Assert.SkipUnless(await MountAsync("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", place["out"]), "Only root may mount a small file system.");
        try
        {
            (await place.RunAsync("rag", "run", place.WriteSmallCorpus(), "--out", "out")).ShouldPass();
            place.Write("large.jsonl", GeneratedCorpus.Lines(600, seed: 3));
            var refused = await place.RunAsync("rag", "run", "large.jsonl", "--out", "out");
            refused.ShouldEndWith(ExitCode.Infrastructure);
            refused.Error.ShouldContain("the disk has room");
            await OldIndexAnswersAsync(place);
        }
        finally
        {
            await MountAsync("umount", place["out"]);
        }
    }

    [Theory]
    [InlineData("q1\tdoc\tmany", "qrels.tsv:2: not a judgement")]
    [InlineData("q1 doc 1", "qrels.tsv:2: not a judgement")]
    [InlineData("", "holds no judgements")]
    public async Task A_broken_file_of_judgements_is_refused_with_its_line(string line, string said)
    {
        using var place = new CliPlace();
        var qrels = place.Write("qrels.tsv", $"query-id\tcorpus-id\tscore\n{line}\n");
        var refused = await place.CallAsync("rag", "eval", "--corpus", place.WriteSmallCorpus(), "--queries", place.WriteQueries(), "--qrels", qrels);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(said);
    }

    [Fact]
    public async Task Judgements_of_unknown_ids_are_noted_and_end_nothing()
    {
        using var place = new CliPlace();
        var qrels = place.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nroll\ten/rollback.md\t2\nroll\tgone.md\t1\nwho\ten/canary.md\t1\n");
        var ended = await place.CallAsync("rag", "eval", "--corpus", place.WriteSmallCorpus(), "--queries", place.WriteQueries(), "--qrels", qrels);
        ended.ShouldPass();
        ended.Error.ShouldContain("note: the judgements name 1 documents and 1 queries that are not there (document 'gone.md', query 'who')");
    }

    [Fact]
    public async Task Metrics_that_are_asked_for_and_switched_off_are_refused_before_any_work()
    {
        using var place = new CliPlace();
        place.Variables["ASSAY__OBSERVABILITY__METRICS_ENABLED"] = "false";
        var refused = await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["out"], "--metrics-file", place["m.prom"]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("ASSAY__OBSERVABILITY__METRICS_ENABLED");
        Directory.Exists(place["out/index"]).ShouldBeFalse();
    }

    private static async Task OldIndexAnswersAsync(CliPlace place)
    {
        place.HalfWritten().ShouldBeEmpty();
        var found = await place.CallAsync("rag", "query", "How do I roll back a release?", "--index", place["out"]);
        found.ShouldPass().Out.ShouldContain(" 1. en/rollback.md");
    }

    private static async Task<bool> MountAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        using var process = InstalledProgram.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
