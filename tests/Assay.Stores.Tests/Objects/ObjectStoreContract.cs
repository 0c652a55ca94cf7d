using System.Security.Cryptography;
using System.Text;

namespace Assay.Stores.Tests.Objects;

/// <summary>What every object store does, whatever lies behind it.</summary>
public abstract class ObjectStoreContract : IAsyncLifetime
{
    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    protected IObjectStore Store { get; private set; } = null!;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IObjectStore> OpenAsync();

    /// <summary>Closes the store and opens it again with what it holds.</summary>
    protected abstract Task<IObjectStore> ReopenAsync();

    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_stored_is_read_byte_by_byte_also_after_a_restart()
    {
        var content = RandomNumberGenerator.GetBytes(300_001);
        var stored = await Store.PutAsync("runs/r1/cases.jsonl.gz", new MemoryStream(content), Ended);
        stored.ShouldBe(new StoredObject("runs/r1/cases.jsonl.gz", content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
        (await ReadAsync("runs/r1/cases.jsonl.gz"))!.ShouldBe(content);
        Store = await ReopenAsync();
        (await ReadAsync("runs/r1/cases.jsonl.gz"))!.ShouldBe(content);
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        (await PutAsync("empty.bin", "")).Bytes.ShouldBe(0);
        (await Store.ExistsAsync("empty.bin", Ended)).ShouldBeTrue();
        (await ReadAsync("empty.bin"))!.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        await PutAsync("a/b/c.txt", "x");
        foreach (var name in new[] { "a/b/d.txt", "a/b", "c.txt" })
        {
            (await Store.GetAsync(name, Ended)).ShouldBeNull(name);
            (await Store.ExistsAsync(name, Ended)).ShouldBeFalse(name);
            (await Store.DeleteAsync(name, Ended)).ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task An_object_is_replaced_whole_and_who_reads_reads_on()
    {
        await PutAsync("k.txt", new string('1', 200_000));
        await using var reading = (await Store.GetAsync("k.txt", Ended))!;
        reading.ReadByte().ShouldBe('1');
        await PutAsync("k.txt", "22");
        (await TextAsync("k.txt")).ShouldBe("22");
        using var rest = new StreamReader(reading);
        (await rest.ReadToEndAsync(Ended)).ShouldBe(new string('1', 199_999));
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_its_neighbours_stay()
    {
        await PutAsync("runs/a/1.txt", "1");
        await PutAsync("runs/b/1.txt", "2");
        (await Store.DeleteAsync("runs/a/1.txt", Ended)).ShouldBeTrue();
        (await Store.GetAsync("runs/a/1.txt", Ended)).ShouldBeNull();
        (await NamesAsync()).ShouldBe(["runs/b/1.txt"]);
        await PutAsync("runs/a", "free again");
        (await TextAsync("runs/a")).ShouldBe("free again");
    }

    [Fact]
    public async Task Listing_is_by_prefix_in_order_of_names_and_in_pages()
    {
        foreach (var name in new[] { "b/2", "a.b", "a/b", "b/10", "B", "b-1" })
        {
            await PutAsync(name, name);
        }

        (await NamesAsync()).ShouldBe(["B", "a.b", "a/b", "b-1", "b/10", "b/2"]);
        (await NamesAsync(new ObjectQuery("b/"))).ShouldBe(["b/10", "b/2"]);
        (await NamesAsync(new ObjectQuery("b"))).ShouldBe(["b-1", "b/10", "b/2"]);
        (await NamesAsync(new ObjectQuery { Limit = 2 })).ShouldBe(["B", "a.b"]);
        (await NamesAsync(new ObjectQuery { Limit = 2, After = "a.b" })).ShouldBe(["a/b", "b-1"]);
        (await Store.ListAsync(new ObjectQuery("b/10"), Ended)).ShouldHaveSingleItem().Bytes.ShouldBe(4);
        (await Should.ThrowAsync<AssayException>(() => Store.ListAsync(new ObjectQuery { Limit = 0 }, Ended))).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData(".hidden")]
    [InlineData("a/.b")]
    [InlineData("C:x")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\0b")]
    public async Task A_name_that_could_leave_the_store_is_refused(string name)
    {
        (await Should.ThrowAsync<AssayException>(() => PutAsync(name, "x"))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await Should.ThrowAsync<AssayException>(() => Store.GetAsync(name, Ended))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await Should.ThrowAsync<AssayException>(() => Store.ExistsAsync(name, Ended))).ExitCode.ShouldBe(ExitCode.WrongUsage);
        (await Should.ThrowAsync<AssayException>(() => Store.DeleteAsync(name, Ended))).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task Names_are_bounded()
    {
        await Should.ThrowAsync<AssayException>(() => PutAsync(new string('a', 129), "x"));
        await Should.ThrowAsync<AssayException>(() => PutAsync(string.Join('/', Enumerable.Repeat(new string('a', 102), 5)), "x"));
        var longest = string.Join('/', Enumerable.Repeat(new string('a', 127), 4));
        await PutAsync(longest, "x");
        (await NamesAsync()).ShouldBe([longest]);
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_what_was_there()
    {
        await PutAsync("k.txt", "old");
        await Should.ThrowAsync<EndOfStreamException>(() => Store.PutAsync("k.txt", new BreakingStream(100_000), Ended));
        await Should.ThrowAsync<EndOfStreamException>(() => Store.PutAsync("new.txt", new BreakingStream(100_000), Ended));
        (await TextAsync("k.txt")).ShouldBe("old");
        (await NamesAsync()).ShouldBe(["k.txt"]);
    }

    [Fact]
    public async Task Many_writers_of_one_name_leave_one_of_their_contents()
    {
        var contents = Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 50_000)).ToList();
        await Task.WhenAll(contents.Select(c => Task.Run(() => PutAsync("k.txt", c))));
        contents.ShouldContain(await TextAsync("k.txt"));
        (await NamesAsync()).ShouldBe(["k.txt"]);
    }

    protected Task<StoredObject> PutAsync(string name, string text) => Store.PutAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), Ended);

    protected async Task<string?> TextAsync(string name) => await ReadAsync(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private async Task<byte[]?> ReadAsync(string name)
    {
        await using var stream = await Store.GetAsync(name, Ended);
        if (stream is null)
        {
            return null;
        }

        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Ended);
        return all.ToArray();
    }

    private async Task<IEnumerable<string>> NamesAsync(ObjectQuery? query = null) =>
        (await Store.ListAsync(query ?? new ObjectQuery(), Ended)).Select(o => o.Name);

    /// <summary>Gives some bytes, then fails as an upload does whose sender goes away.</summary>
    private sealed class BreakingStream(int good) : MemoryStream(new byte[good])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < good ? base.ReadAsync(buffer, cancellationToken) : throw new EndOfStreamException("The sender went away.");
    }
}
