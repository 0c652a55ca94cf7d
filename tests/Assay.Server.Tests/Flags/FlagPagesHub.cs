using Assay.Server.Tests.Pages;

namespace Assay.Server.Tests.Flags;

/// <summary>A hub with flags of every kind, and a killed and a changed one; its clock stands.</summary>
public sealed class FlagPagesHub : IAsyncLifetime
{
    public const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";

    private readonly string folder = Directory.CreateTempSubdirectory("assay-flags-").FullName;
    private RunningHub? hub;

    public RunningHub Hub => hub!;

    public async ValueTask InitializeAsync()
    {
        WriteCatalog(folder);
        hub = await RunningHub.StartAsync(time: new StandingClock(), folder: folder);
        await ChangeAsync("long_answers", """{"killed": true, "reason": "Latency budget: P95 above 4 s since 20:05."}""");
        await ChangeAsync("rag_plus_plus", """{"rollout": {"on": 5}, "reason": "canary"}""");
        await ChangeAsync("rag_plus_plus", """{"rollout": {"on": 24.5}, "reason": "The canary held for a day."}""");
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Changes a flag as a program does.</summary>
    public async Task ChangeAsync(string flag, string json) => (await Answered.PostJsonAsync(Hub.Admin, $"/api/v1/flags/{flag}", json)).Status.ShouldBe(200);

    /// <summary>A catalog of flags.</summary>
    internal static void WriteCatalog(string folder)
    {
        var flags = Directory.CreateDirectory(Path.Combine(folder, "catalog", "flags")).FullName;
        File.WriteAllText(
            Path.Combine(flags, "search.yaml"),
            $$"""
            name: rag_plus_plus
            description: Reranks with rerank-v3.5 and answers from six chunks.
            owner: search
            requires: [{ flag: hybrid_search }]
            rules:
              - name: staff
                if: [{ attribute: group, operator: in, values: [staff, dev] }]
                serve: on
              - name: trial of old apps
                if:
                  - { attribute: app_version, operator: semverAtLeast, values: [2.4.0] }
                  - { attribute: plan, operator: in, values: [trial] }
                serve: off
              - name: first rollout
                rollout: { on: 25 }
            ---
            name: hybrid_search
            description: Searches by words and by meaning.
            owner: search
            rollout: { on: 100 }
            ---
            name: new_chunking_strategy
            description: How pages are cut, three ways.
            owner: ingestion
            variants: { a: { size: 400 }, b: { size: 800 }, c: { size: 1200 } }
            default: a
            whenOff: a
            rollout: { b: 30, c: 20.5 }
            ---
            name: long_answers
            description: Answers of up to a page.
            owner: answers
            rollout: { on: 50 }
            ---
            name: digest_v2
            enabled: false
            ---
            name: hostile
            description: {{System.Text.Json.JsonSerializer.Serialize(Hostile)}}
            owner: {{System.Text.Json.JsonSerializer.Serialize(Hostile)}}
            rules:
              - name: odd
                if: [{ attribute: {{System.Text.Json.JsonSerializer.Serialize(Hostile)}}, operator: in, values: [{{System.Text.Json.JsonSerializer.Serialize(
                Hostile
            )}}] }]
                serve: on
            """
        );
    }
}
