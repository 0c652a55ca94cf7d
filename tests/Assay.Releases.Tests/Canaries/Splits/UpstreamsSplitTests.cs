using Assay.Releases.Canaries.Splits;
using Assay.Releases.Files;

namespace Assay.Releases.Tests.Canaries.Splits;

public sealed class UpstreamsSplitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-upstreams-").FullName;

    [Theory]
    [InlineData("5", "    server 127.0.0.1:8001 weight=19;\n    server 127.0.0.1:8002 weight=1;\n")]
    [InlineData("25", "    server 127.0.0.1:8001 weight=3;\n    server 127.0.0.1:8002 weight=1;\n")]
    [InlineData("0.5", "    server 127.0.0.1:8001 weight=199;\n    server 127.0.0.1:8002 weight=1;\n")]
    [InlineData("100", "    server 127.0.0.1:8002 weight=1;\n")]
    [InlineData("0", "    server 127.0.0.1:8001 weight=1;\n")]
    public void Shares_are_weights(string percent, string servers) =>
        UpstreamsSplit
            .Text(Entry(["true"]), decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))
            .ReplaceLineEndings("\n")
            .ShouldContain($"upstream shop {{\n{servers}}}\n");

    [Fact]
    public async Task The_share_counts_when_the_reload_ended_well()
    {
        var split = new UpstreamsSplit(Entry(["sh", "-c", "echo reload >> " + Reloads]), TimeProvider.System);
        (await split.ReadAsync(CancellationToken.None)).ShouldBeNull();
        await split.SetAsync(5, "r", CancellationToken.None);
        await split.SetAsync(5, "r", CancellationToken.None);
        (await split.ReadAsync(CancellationToken.None)).ShouldBe(5);
        (await File.ReadAllLinesAsync(Reloads, CancellationToken.None)).Length.ShouldBe(1, "asking twice changes nothing the second time");
        await File.AppendAllTextAsync(Conf, "# by hand", CancellationToken.None);
        (await split.ReadAsync(CancellationToken.None)).ShouldBeNull("somebody else wrote the file");
        await split.SetAsync(0, "r", CancellationToken.None);
        (await split.ReadAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_reload_that_fails_leaves_the_file_as_it_was_but_one_to_0_stays()
    {
        await new UpstreamsSplit(Entry(["true"]), TimeProvider.System).SetAsync(5, "r", CancellationToken.None);
        var before = await File.ReadAllTextAsync(Conf, CancellationToken.None);
        var broken = new UpstreamsSplit(Entry(["sh", "-c", "echo 'unexpected }' >&2; exit 1"]), TimeProvider.System);
        var fault = await Should.ThrowAsync<AssayException>(() => broken.SetAsync(25, "r", CancellationToken.None));
        (fault.ExitCode, fault.Message).ShouldBe((ExitCode.Infrastructure, fault.Message));
        fault.Message.ShouldContain("ended with exit code 1. It said: unexpected }");
        (await File.ReadAllTextAsync(Conf, CancellationToken.None)).ShouldBe(before);
        (await broken.ReadAsync(CancellationToken.None)).ShouldBeNull();
        await Should.ThrowAsync<AssayException>(() => broken.SetAsync(0, "r", CancellationToken.None));
        (await File.ReadAllTextAsync(Conf, CancellationToken.None)).ShouldContain("has 0 %");
        (await broken.ReadAsync(CancellationToken.None)).ShouldBeNull("nothing confirmed it");
    }

    [Fact]
    public async Task A_command_takes_the_percentage_and_its_end_confirms_it()
    {
        var mark = new SplitMark(Path.Combine(folder, "shop.percent"));
        var split = new CommandSplit(["sh", "-c", "echo $0 >> " + Reloads, "{percent}"], mark, TimeProvider.System);
        await split.SetAsync(0.5m, "r", CancellationToken.None);
        await split.SetAsync(0.5m, "r", CancellationToken.None);
        (await split.ReadAsync(CancellationToken.None)).ShouldBe(0.5m);
        (await File.ReadAllTextAsync(Reloads, CancellationToken.None)).ShouldBe("0.5\n");
        var gone = new CommandSplit([Path.Combine(folder, "gone.sh"), "{percent}"], mark, TimeProvider.System);
        (await Should.ThrowAsync<AssayException>(() => gone.SetAsync(25, "r", CancellationToken.None))).Message.ShouldContain("was not found");
        (await gone.ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Conf => Path.Combine(folder, "upstreams.conf");

    private string Reloads => Path.Combine(folder, "reloads");

    private UpstreamsEntry Entry(List<string> reload) =>
        new()
        {
            File = Conf,
            Name = "shop",
            Control = "127.0.0.1:8001",
            Canary = "127.0.0.1:8002",
            Reload = reload,
        };
}
