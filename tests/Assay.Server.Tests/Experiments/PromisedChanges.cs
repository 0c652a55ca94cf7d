using System.Text.Json;

namespace Assay.Server.Tests.Experiments;

/// <summary>Changes of flags at a hub that may be killed at any moment: which it acknowledged, and of which nobody heard again.</summary>
internal sealed class PromisedChanges
{
    // The most that one page of history tells, and of the audit log.
    private const int MostOfAFlag = 999;
    private const int MostAudited = 1_000;

    private static readonly string[] Flags = ["first", "second", "third"];

    private static readonly string[] Kinds = ["\"killed\": true", "\"killed\": false", "\"rollout\": {\"off\": 12.5}", "\"reset\": true"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, Place> promised = new(StringComparer.Ordinal);
    private readonly HashSet<string> unheard = new(StringComparer.Ordinal);

    /// <summary>How many changes were acknowledged.</summary>
    public int Count => promised.Count;

    /// <summary>Changes flags until the hub is gone; each change has a reason of its own, by which it is found again.</summary>
    /// <param name="hub">A client with a token that may write.</param>
    /// <param name="writer">Who changes, in this round.</param>
    /// <param name="random">Chooses flags and changes.</param>
    /// <param name="heard">Is called for each acknowledgement.</param>
    public async Task ChangeUntilGoneAsync(HttpClient hub, string writer, Random random, Action heard)
    {
        for (var i = 0; ; i++)
        {
            var (flag, kind, reason) = (Flags[random.Next(Flags.Length)], Kinds[random.Next(Kinds.Length)], $"{writer}, change {i}");
            try
            {
                var answer = await Answered.PostJsonAsync(hub, $"/api/v1/flags/{flag}", $$"""{ {{kind}}, "reason": "{{reason}}"}""");
                answer.Status.ShouldBe(200, answer.Text);
                Keep(reason, new Place(flag, answer.Json.GetProperty("override").GetProperty("version").GetInt64()));
                heard();
            }
            catch (HttpRequestException)
            {
                Miss(reason);
                return;
            }
        }
    }

    /// <summary>That history, flags and audit log hold every acknowledged change once, and nothing that nobody asked for.</summary>
    public async Task CheckAsync(HttpClient hub)
    {
        var history = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var flag in Flags)
        {
            await ReadAsync(hub, flag, history);
        }

        promised.Where(p => history.GetValueOrDefault(p.Key) != p.Value).ShouldBeEmpty("acknowledged, and not in the history as it was acknowledged");
        history.Keys.Where(r => !promised.ContainsKey(r) && !unheard.Contains(r)).ShouldBeEmpty("in the history, and nobody asked for it");
        await CheckAuditAsync(hub, history);
    }

    /// <summary>The history of a flag: versions without a gap, and the newest is in force.</summary>
    private static async Task ReadAsync(HttpClient hub, string flag, Dictionary<string, Place> history)
    {
        var entries = await ListAsync(hub, $"/api/v1/flags/{flag}/history?limit={MostOfAFlag}", "entries", MostOfAFlag);
        entries.Select(e => e.GetProperty("version").GetInt64()).ShouldBe(Enumerable.Range(1, entries.Count).Reverse().Select(v => (long)v), flag);
        entries.ForEach(e => history.TryAdd(Reason(e), new Place(flag, e.GetProperty("version").GetInt64())).ShouldBeTrue($"{Reason(e)} is there twice"));
        var now = (await Answered.GetAsync(hub, $"/api/v1/flags/{flag}")).Json.GetProperty("flag");
        now.GetProperty("version").GetInt64().ShouldBe(entries.Count);
        now.GetProperty("state").GetString().ShouldBe(entries is [var newest, ..] && newest.GetProperty("killed").GetBoolean() ? "killed" : "on");
    }

    // A change that nobody heard of may be in force and not in the audit log: it was on disk, and killed before it was told.
    private async Task CheckAuditAsync(HttpClient hub, Dictionary<string, Place> history)
    {
        var audited = (await ListAsync(hub, $"/api/v1/audit?limit={MostAudited}", "records", MostAudited))
            .Where(r => Flags.Contains(r.GetProperty("subject").GetString()))
            .ToList();
        var reasons = audited.Select(Reason).ToHashSet(StringComparer.Ordinal);
        reasons.Count.ShouldBe(audited.Count, "a change is told twice");
        promised.Keys.Except(reasons).ShouldBeEmpty("acknowledged, and not in the audit log");
        audited.Where(r => history.GetValueOrDefault(Reason(r))?.Flag != r.GetProperty("subject").GetString()).ShouldBeEmpty("audited, and not in the history");
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient hub, string path, string list, int most)
    {
        var found = (await Answered.GetAsync(hub, path)).Json.GetProperty(list).EnumerateArray().ToList();
        found.Count.ShouldBeLessThan(most, "there are more than one page tells");
        return found;
    }

    private static string Reason(JsonElement told) => told.GetProperty("reason").GetString()!;

    private void Keep(string reason, Place place)
    {
        lock (gate)
        {
            promised.Add(reason, place);
        }
    }

    private void Miss(string reason)
    {
        lock (gate)
        {
            unheard.Add(reason);
        }
    }

    private sealed record Place(string Flag, long Version);
}
