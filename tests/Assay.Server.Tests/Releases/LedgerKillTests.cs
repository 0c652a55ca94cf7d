using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Assay.Embedded;
using Assay.Releases.Ledger;
using Assay.Server.Access;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Releases;

/// <summary>However the hub ends, what it acknowledged is in the chain, and the chain is whole.</summary>
public sealed class LedgerKillTests
{
    private const int Senders = 4;
    private const int LinksBeforeTheEnd = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_links_are_appended_it_has_every_one_that_it_acknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("assay-ledger-kill-").FullName;
        var acknowledged = new ConcurrentDictionary<long, string>();
        for (var round = 0; round < 4; round++)
        {
            using var hub = await ServedProcess.StartAsync(folder);
            hub.Pages.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                (await File.ReadAllTextAsync(Path.Combine(folder, AdminToken.FileName), Cancel)).Trim()
            );
            await SendUntilKilledAsync(hub, acknowledged, round);
        }

        await using (var store = await EmbeddedStore.OpenAsync(folder, TimeProvider.System, Cancel))
        {
            using var ledger = new StoredLedger(store.Documents);
            var check = new ChainCheck();
            var hashes = new Dictionary<long, string>();
            await foreach (var line in ledger.LinesAsync(0, Cancel))
            {
                check.Take(line).ShouldBeTrue(check.Fault?.Problem);
                hashes.Add(check.Link!.Number, check.Link.Hash);
            }

            acknowledged.Count.ShouldBeGreaterThanOrEqualTo(4 * LinksBeforeTheEnd);
            acknowledged.Where(a => hashes.GetValueOrDefault(a.Key) != a.Value).ShouldBeEmpty();
            var keys = (await ledger.ReadAsync(release: null, 0, 10_000, Cancel)).Select(l => l.Entry.Key).ToList();
            keys.Distinct().Count().ShouldBe(keys.Count);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task SendUntilKilledAsync(ServedProcess hub, ConcurrentDictionary<long, string> acknowledged, int round)
    {
        var sent = 0;
        var before = acknowledged.Count;
        var senders = Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync, Cancel)).ToList();
        while (acknowledged.Count < before + LinksBeforeTheEnd && !senders.TrueForAll(s => s.IsCompleted))
        {
            await Task.Delay(5, Cancel);
        }

        await hub.KillAsync();
        await Task.WhenAll(senders);

        async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    var number = Interlocked.Increment(ref sent);
                    var evidence = string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"evidence":[{"subject":{"commit":"","prompts":[],"dataset_hash":"","flags":"","models":[]},"metric":"m {{round}} {{number}}","verdict":"pass","reason":"r","at":"2026-11-21T12:00:00Z","tool_version":"1","n":1,"method":"","trace_ids":[],"is_smoke":false}]}"""
                    );
                    var answer = await Answered.PostJsonAsync(hub.Pages, $"/api/v1/releases/rag@{number % 3}/evidence", evidence);
                    answer.Status.ShouldBe(200, answer.Text);
                    var link = answer.Json.GetProperty("links")[0];
                    acknowledged[link.GetProperty("number").GetInt64()] = link.GetProperty("hash").GetString()!;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                // It is dead.
            }
        }
    }
}
