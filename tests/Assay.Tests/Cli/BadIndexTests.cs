using System.Buffers.Binary;
using Assay.Rag.Storage;
using Assay.Tests.Observability;

namespace Assay.Tests.Cli;

/// <summary>An index that is not whole is refused by the name of its file, never read half.</summary>
[Collection(AloneInProcess.Name)]
public sealed class BadIndexTests(BadIndexTests.SoundIndex sound) : IClassFixture<BadIndexTests.SoundIndex>
{
    private static readonly string[] Files = ["chunks.idx", "dense.idx", "neighbours.idx", "sparse.idx", "terms.idx", "tokens.idx"];

    public static TheoryData<string> IndexFiles => [.. Files];

    [Theory]
    [MemberData(nameof(IndexFiles))]
    public async Task A_truncated_file_is_named(string file) => await RefusedAsync(file, bytes => bytes[..^10], "(truncated?)");

    [Theory]
    [MemberData(nameof(IndexFiles))]
    public async Task A_file_cut_in_its_header_is_named(string file) => await RefusedAsync(file, bytes => bytes[..20], "it is only 20 bytes long");

    [Theory]
    [MemberData(nameof(IndexFiles))]
    public async Task A_foreign_file_is_named(string file) =>
        await RefusedAsync(file, _ => [.. Enumerable.Repeat((byte)'x', 4096)], "it does not start as one");

    [Theory]
    [MemberData(nameof(IndexFiles))]
    public async Task A_file_of_another_version_is_named(string file) =>
        await RefusedAsync(file, NextVersion, $"it has format version {IndexFile.FormatVersion + 1}, this program reads version {IndexFile.FormatVersion}");

    [Theory]
    [MemberData(nameof(IndexFiles))]
    public async Task A_changed_byte_is_noticed(string file) => await RefusedAsync(file, Flipped, "its checksum does not match its content");

    [Fact]
    public async Task A_file_in_the_place_of_another_is_noticed() =>
        await RefusedAsync("dense.idx", _ => File.ReadAllBytes(Path.Combine(sound.Folder, "sparse.idx")), "was expected");

    [Fact]
    public async Task A_missing_file_is_named()
    {
        using var place = Copy();
        File.Delete(place["index/sparse.idx"]);
        var refused = (await place.CallAsync("rag", "query", "release", "--index", place["index"])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("lacks its file 'sparse.idx'");
    }

    [Fact]
    public async Task A_folder_without_a_manifest_is_no_index()
    {
        using var place = Copy();
        File.Delete(place["index/manifest.json"]);
        var refused = (await place.CallAsync("rag", "query", "release", "--index", place["index"])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain($"There is no index in '{place["index"]}'");
        refused.Error.ShouldContain("assay rag run");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_broken_manifest_is_named(string manifest)
    {
        using var place = Copy();
        place.Write("index/manifest.json", manifest);
        var refused = (await place.CallAsync("rag", "ask", "release", "--index", place["index"])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain(place["index/manifest.json"]);
    }

    [Fact]
    public async Task The_copy_itself_is_sound()
    {
        using var place = Copy();
        (await place.CallAsync("rag", "query", "release", "--index", place.Path)).ShouldPass();
        Directory.EnumerateFiles(sound.Folder, "*.idx").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(Files);
    }

    private static byte[] NextVersion(byte[] bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), IndexFile.FormatVersion + 1);
        return bytes;
    }

    private static byte[] Flipped(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 0x40;
        return bytes;
    }

    private async Task RefusedAsync(string file, Func<byte[], byte[]> change, string said)
    {
        using var place = Copy();
        var path = place[$"index/{file}"];
        await File.WriteAllBytesAsync(path, change(await File.ReadAllBytesAsync(path)));
        var refused = (await place.CallAsync("rag", "query", "release", "--index", place["index"])).ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain($"'{path}' is not a usable Assay index");
        refused.Error.ShouldContain(said);
        refused.Error.ShouldContain("Build the index again");
        refused.Out.ShouldBe("");
    }

    private CliPlace Copy()
    {
        var place = new CliPlace();
        Directory.CreateDirectory(place["index"]);
        foreach (var file in Directory.EnumerateFiles(sound.Folder))
        {
            File.Copy(file, Path.Combine(place["index"], Path.GetFileName(file)));
        }

        return place;
    }

    /// <summary>An index built once for the class.</summary>
    public sealed class SoundIndex : IAsyncLifetime
    {
        private readonly CliPlace place = new();

        public string Folder => place["out/index"];

        public async ValueTask InitializeAsync() => (await place.CallAsync("rag", "run", place.WriteSmallCorpus(), "--out", place["out"])).ShouldPass();

        public ValueTask DisposeAsync()
        {
            place.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
