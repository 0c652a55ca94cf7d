using System.Collections.Concurrent;
using System.Text;

namespace Assay.Stores.Tests.Documents;

/// <summary>What every document store does, whatever lies behind it.</summary>
public abstract class DocumentStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SetClock clock = new(Noon);

    private IDocumentStore store = null!;

    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IDocumentStore> OpenAsync(TimeProvider time);

    /// <summary>Closes the store and opens it again with what it holds.</summary>
    protected abstract Task<IDocumentStore> ReopenAsync();

    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => store = await OpenAsync(clock);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_written_is_read_byte_by_byte()
    {
        var json = """ {"текст": "щ\u0000𝄞", "n": [1, 2.50, -0, 1e400], "n": null} """;
        (await PutAsync("k", json)).ShouldBe(new DocumentOutcome(true, 1));
        var read = (await store.GetAsync("things", "k", Ended))!;
        Encoding.UTF8.GetString(read.Json.Span).ShouldBe(json);
        (read.Collection, read.Key, read.Version, read.At).ShouldBe(("things", "k", 1L, Noon));
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_null()
    {
        await PutAsync("k");
        (await store.GetAsync("things", "K", Ended)).ShouldBeNull();
        (await store.GetAsync("other", "k", Ended)).ShouldBeNull();
    }

    [Fact]
    public async Task Versions_count_each_write_of_a_key()
    {
        (await PutAsync("a")).Version.ShouldBe(1);
        (await PutAsync("a")).Version.ShouldBe(2);
        (await PutAsync("b")).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_over_another_version_is_not_done_and_says_which_is_there()
    {
        await PutAsync("k", "1");
        await PutAsync("k", "2");
        (await PutAsync("k", "3", expected: 1)).ShouldBe(new DocumentOutcome(false, 2));
        (await PutAsync("k", "3", expected: 0)).ShouldBe(new DocumentOutcome(false, 2));
        (await TextAsync("k")).ShouldBe("2");
        (await PutAsync("k", "3", expected: 2)).ShouldBe(new DocumentOutcome(true, 3));
        (await PutAsync("new", "1", expected: 1)).ShouldBe(new DocumentOutcome(false, 0));
        (await PutAsync("new", "1", expected: 0)).ShouldBe(new DocumentOutcome(true, 1));
    }

    [Fact]
    public async Task A_document_that_is_deleted_and_created_again_goes_on_counting()
    {
        await PutAsync("k");
        await PutAsync("k");
        (await DeleteAsync("k", expected: 1)).ShouldBe(new DocumentOutcome(false, 2));
        (await DeleteAsync("k", expected: 2)).ShouldBe(new DocumentOutcome(true, 0));
        (await store.GetAsync("things", "k", Ended)).ShouldBeNull();
        (await ListAsync()).ShouldBeEmpty();
        (await DeleteAsync("k")).ShouldBe(new DocumentOutcome(false, 0));
        store = await ReopenAsync();
        (await PutAsync("k", "1", expected: 2)).ShouldBe(new DocumentOutcome(false, 0));
        (await PutAsync("k", "1", expected: 0)).ShouldBe(new DocumentOutcome(true, 3));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_opening_again()
    {
        await PutAsync("k", "\"kept\"");
        store = await ReopenAsync();
        (await TextAsync("k")).ShouldBe("\"kept\"");
        (await PutAsync("k")).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_document_has_the_time_of_its_writer_or_of_the_write()
    {
        var own = new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.FromHours(3)).AddTicks(1);
        await PutAsync("own", at: own);
        clock.Now = Noon.AddMinutes(1);
        await PutAsync("written");
        (await store.GetAsync("things", "own", Ended))!.At.ShouldBe(own);
        (await store.GetAsync("things", "written", Ended))!.At.ShouldBe(Noon.AddMinutes(1));
    }

    [Fact]
    public async Task Documents_are_listed_by_time_and_then_by_key_in_either_direction()
    {
        await PutAsync("b", at: Noon);
        await PutAsync("a", at: Noon);
        await PutAsync("c", at: Noon.AddTicks(-1));
        await PutAsync("d", at: Noon.AddTicks(1));
        (await ListAsync(q => q with { NewestFirst = false })).ShouldBe(["c", "a", "b", "d"]);
        (await ListAsync()).ShouldBe(["d", "b", "a", "c"]);
    }

    [Fact]
    public async Task A_span_of_time_includes_its_begin_and_not_its_end()
    {
        for (var minute = 0; minute < 5; minute++)
        {
            await PutAsync($"m{minute}", at: Noon.AddMinutes(minute));
        }

        (await ListAsync(q => q with { From = Noon.AddMinutes(1), Before = Noon.AddMinutes(3) })).ShouldBe(["m2", "m1"]);
        (await ListAsync(q => q with { From = Noon.AddMinutes(9) })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_passes_over_what_was_shown()
    {
        for (var i = 0; i < 10; i++)
        {
            await PutAsync($"k{i}", at: Noon.AddMinutes(-i));
        }

        (await ListAsync(q => q with { Skip = 4, Limit = 3 })).ShouldBe(["k4", "k5", "k6"]);
        (await ListAsync(q => q with { Skip = 9, Limit = 3 })).ShouldBe(["k9"]);
        (await ListAsync(q => q with { Skip = 10 })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a%")]
    [InlineData("_")]
    [InlineData("é")]
    [InlineData("\uD7FF")]
    [InlineData("𝄞")]
    [InlineData("\U0010FFFF")]
    [InlineData("x\U0010FFFF")]
    [InlineData("")]
    public async Task A_prefix_finds_the_keys_that_begin_with_it_letter_by_letter(string prefix)
    {
        string[] keys =
        [
            "a",
            "a%",
            "a%b",
            "aa",
            "b",
            "A",
            "_",
            "__",
            "é",
            "éa",
            "e",
            "\uD7FF",
            "\uD7FFa",
            "\uE000",
            "𝄞",
            "𝄞𝄞",
            "\U0010FFFF",
            "\U0010FFFFa",
            "x\U0010FFFFa",
            "y",
        ];
        foreach (var key in keys)
        {
            await PutAsync(key);
        }

        (await ListAsync(q => q with { KeyPrefix = prefix })).ShouldBe(keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)), ignoreOrder: true);
    }

    [Fact]
    public async Task Collections_do_not_see_each_other()
    {
        await PutAsync("k", "1");
        await store.PutAsync(new DocumentWrite("thing", "k", "2"u8.ToArray()), Ended);
        await store.DeleteAsync("thing", "k", null, Ended);
        (await TextAsync("k")).ShouldBe("1");
        (await ListAsync()).ShouldBe(["k"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{} {}")]
    [InlineData("{'a': 1}")]
    [InlineData("[1,]")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("\uFEFF{}")]
    [InlineData("/* c */ {}")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    public async Task What_is_not_JSON_is_refused(string json)
    {
        await RefusedAsync(() => PutAsync("k", json));
        (await store.GetAsync("things", "k", Ended)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0xC3, 0x28)]
    [InlineData(0xED, 0xA0)]
    [InlineData(0xFF, 0xFF)]
    public async Task Text_that_is_not_UTF8_is_refused(byte first, byte second) =>
        await RefusedAsync(() => store.PutAsync(new DocumentWrite("things", "k", new byte[] { (byte)'"', first, second, (byte)'"' }), Ended));

    [Fact]
    public async Task JSON_may_be_64_deep_and_no_deeper()
    {
        await PutAsync("k", new string('[', 64) + new string(']', 64));
        await RefusedAsync(() => PutAsync("k", new string('[', 65) + new string(']', 65)));
    }

    [Fact]
    public async Task A_document_may_have_one_MiB_and_no_byte_more()
    {
        var largest = "\"" + new string('x', (1 << 20) - 2) + "\"";
        (await PutAsync("k", largest)).Done.ShouldBeTrue();
        (await TextAsync("k")).ShouldBe(largest);
        await RefusedAsync(() => PutAsync("k", largest + " "));
    }

    [Theory]
    [InlineData("", "k")]
    [InlineData("Things", "k")]
    [InlineData("things ", "k")]
    [InlineData("things;", "k")]
    [InlineData("дела", "k")]
    [InlineData("things", "")]
    [InlineData("things", "a\0b")]
    [InlineData("things", "a\u0085b")]
    public async Task A_name_that_is_not_allowed_is_refused(string collection, string key)
    {
        await RefusedAsync(() => store.GetAsync(collection, key, Ended));
        await RefusedAsync(() => store.PutAsync(new DocumentWrite(collection, key, "1"u8.ToArray()), Ended));
        await RefusedAsync(() => store.DeleteAsync(collection, key, null, Ended));
    }

    [Fact]
    public async Task Half_a_letter_is_no_key()
    {
        var half = "half " + "𝄞"[0];
        await RefusedAsync(() => PutAsync(half));
        await RefusedAsync(() => store.GetAsync("things", half, Ended));
    }

    [Fact]
    public async Task The_longest_names_are_allowed_and_longer_ones_are_not()
    {
        var (collection, key) = (new string('z', 64), new string('к', 256));
        (await store.PutAsync(new DocumentWrite(collection, key, "1"u8.ToArray()), Ended)).Done.ShouldBeTrue();
        (await store.GetAsync(collection, key, Ended)).ShouldNotBeNull();
        await RefusedAsync(() => store.GetAsync(collection + "z", key, Ended));
        await RefusedAsync(() => store.GetAsync(collection, key + "к", Ended));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(100_001, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 10_001)]
    public async Task A_page_beyond_the_bounds_is_refused(int skip, int limit) =>
        await RefusedAsync(() => store.ListAsync(new DocumentQuery("things") { Skip = skip, Limit = limit }, Ended));

    [Fact]
    public async Task A_listing_that_would_fill_the_memory_is_refused()
    {
        var large = "\"" + new string('x', 1_000_000) + "\"";
        for (var i = 0; i < 70; i++)
        {
            await PutAsync($"k{i}", large);
        }

        await RefusedAsync(() => ListAsync());
        (await ListAsync(q => q with { Limit = 60 })).Count.ShouldBe(60);
    }

    [Fact]
    public async Task Writers_at_once_with_expected_versions_lose_nothing()
    {
        const int Writers = 8,
            Steps = 25;
        await PutAsync("sum", "0");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => AddAsync(Steps), Ended)));
        (await TextAsync("sum")).ShouldBe($"{Writers * Steps}");
        (await store.GetAsync("things", "sum", Ended))!.Version.ShouldBe(1 + (Writers * Steps));
    }

    [Fact]
    public async Task Of_many_who_create_a_document_at_once_one_succeeds()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PutAsync("one", $"{i}", expected: 0), Ended)));
        outcomes.Count(o => o.Done).ShouldBe(1);
        outcomes.ShouldAllBe(o => o.Version == 1);
    }

    [Fact]
    public async Task More_writes_at_once_than_any_queue_holds_are_all_done()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => PutAsync($"k{i}")));
        outcomes.ShouldAllBe(o => o.Done && o.Version == 1);
        (await ListAsync(q => q with { Limit = 10_000 })).Count.ShouldBe(3000);
    }

    [Fact]
    public async Task A_watcher_sees_every_change_of_its_collection_in_order()
    {
        await PutAsync("before");
        var seen = WatchAsync(changes: 4);
        await PutAsync("a");
        await store.PutAsync(new DocumentWrite("others", "x", "1"u8.ToArray()), Ended);
        await PutAsync("a");
        await PutAsync("a", expected: 1);
        await DeleteAsync("a");
        await PutAsync("a");
        (await seen).ShouldBe([new("things", "a", 1), new("things", "a", 2), new("things", "a", 0), new("things", "a", 3)]);
    }

    [Fact]
    public async Task Watchers_see_the_changes_of_many_writers_in_the_order_of_versions()
    {
        const int Writers = 8,
            Each = 60;
        var watchers = Enumerable.Range(0, 3).Select(_ => WatchAsync(Writers * Each)).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => PutManyAsync(Each), Ended)));
        foreach (var seen in await Task.WhenAll(watchers))
        {
            seen.Select(c => c.Version).ShouldBe(Enumerable.Range(1, Writers * Each).Select(v => (long)v));
        }
    }

    [Fact]
    public async Task What_a_watcher_hears_of_can_be_read()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var wrong = new ConcurrentBag<string>();
        var changes = store.WatchAsync("things", enough.Token);
        var reading = Task.Run(
            async () =>
            {
                await foreach (var change in changes)
                {
                    if (await store.GetAsync("things", change.Key, Ended) is not { } there || there.Version < change.Version)
                    {
                        wrong.Add($"{change.Key}@{change.Version}");
                    }

                    if (change.Key == "last")
                    {
                        return;
                    }
                }
            },
            Ended
        );
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PutManyAsync(25), Ended)));
        await PutAsync("last");
        await reading;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_watcher_that_falls_behind_is_told_that_it_missed_changes_and_then_hears_the_newest()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var changes = store.WatchAsync("things", enough.Token);
        for (var batch = 0; batch < 15; batch++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PutAsync("k")));
        }

        var seen = new List<DocumentChange>();
        await foreach (var change in changes)
        {
            seen.Add(change);
            if (change.Version == 1500)
            {
                break;
            }
        }

        seen.Count.ShouldBeLessThanOrEqualTo(1024);
        seen[0].ShouldBe(new DocumentChange("things", "", 0, Missed: true));
        seen.Skip(1).Select(c => c.Version).ShouldBe(Enumerable.Range(1502 - seen.Count, seen.Count - 1).Select(v => (long)v));
    }

    [Fact]
    public async Task A_watch_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var changes = store.WatchAsync("things", stop.Token);
        await PutAsync("a");
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var change in changes)
            {
                change.Key.ShouldBe("a");
                await stop.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task A_write_that_is_cancelled_before_it_begins_is_not_done()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => store.PutAsync(new DocumentWrite("things", "k", "1"u8.ToArray()), stop.Token));
        var seen = WatchAsync(changes: 1);
        await PutAsync("after");
        (await seen).ShouldBe([new("things", "after", 1)]);
        (await ListAsync()).ShouldBe(["after"]);
    }

    protected async Task<DocumentOutcome> PutAsync(string key, string json = "{}", long? expected = null, DateTimeOffset? at = null) =>
        await store.PutAsync(new DocumentWrite("things", key, Encoding.UTF8.GetBytes(json)) { ExpectedVersion = expected, At = at }, Ended);

    private Task<DocumentOutcome> DeleteAsync(string key, long? expected = null) => store.DeleteAsync("things", key, expected, Ended);

    private async Task<string> TextAsync(string key) => Encoding.UTF8.GetString((await store.GetAsync("things", key, Ended))!.Json.Span);

    private async Task<List<string>> ListAsync(Func<DocumentQuery, DocumentQuery>? narrow = null)
    {
        var query = new DocumentQuery("things");
        return [.. (await store.ListAsync(narrow?.Invoke(query) ?? query, Ended)).Select(d => d.Key)];
    }

    private async Task AddAsync(int steps)
    {
        for (var done = 0; done < steps; )
        {
            var there = (await store.GetAsync("things", "sum", Ended))!;
            var next = int.Parse(Encoding.UTF8.GetString(there.Json.Span)) + 1;
            done += (await PutAsync("sum", $"{next}", there.Version)).Done ? 1 : 0;
        }
    }

    private async Task PutManyAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await PutAsync("k");
        }
    }

    // Watching begins with the call; the reading goes on beside the test.
    private Task<List<DocumentChange>> WatchAsync(int changes)
    {
        var watched = store.WatchAsync("things", Ended);
        return Task.Run(
            async () =>
            {
                var seen = new List<DocumentChange>();
                await foreach (var change in watched)
                {
                    seen.Add(change);
                    if (seen.Count == changes)
                    {
                        break;
                    }
                }

                return seen;
            },
            Ended
        );
    }

    private static async Task RefusedAsync(Func<Task> act)
    {
        var refused = await Should.ThrowAsync<AssayException>(act);
        refused.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refused.Fix.ShouldNotBeEmpty();
    }
}
