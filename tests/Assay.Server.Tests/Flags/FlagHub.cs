using System.Net.Http.Headers;
using Assay.Server.Hosting;

namespace Assay.Server.Tests.Flags;

/// <summary>A hub with flags, and what tests do with it.</summary>
internal static class FlagHub
{
    /// <summary>A flag of each type, with rules, shares and a prerequisite.</summary>
    public const string Flags = """
        # What a release may switch.
        name: rag_plus_plus
        description: Answers with the second retrieval.
        owner: search
        rules:
          - name: testers
            if:
              - { attribute: group, operator: in, values: [testers, staff] }
            serve: "on"
        rollout: { "on": 25 }
        ---
        name: reranker_model
        variants:
          small: rerank-small
          large: rerank-large
        default: small
        whenOff: small
        rollout: { large: 50 }
        ---
        name: top_k
        variants: { few: 5, many: 20 }
        default: few
        whenOff: few
        ---
        name: answer_style
        variants:
          short: { sentences: 2, cite: true }
          long: { sentences: 8, cite: true }
        default: short
        whenOff: short
        ---
        name: always_on
        default: "on"
        ---
        name: off_in_file
        enabled: false
        rollout: { "on": 100 }
        """;

    public static async Task<RunningHub> StartAsync(string flags = Flags, TimeProvider? time = null, string? folder = null, Action<HubOptions>? change = null)
    {
        folder ??= Directory.CreateTempSubdirectory("assay-flags-").FullName;
        Write(folder, flags);
        return await RunningHub.StartAsync(change, time, folder);
    }

    public static string FileOf(string folder) => Path.Combine(folder, "catalog", "flags", "flags.yaml");

    public static void Write(string folder, string flags)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(folder))!);
        File.WriteAllText(FileOf(folder), flags);
    }

    public static Task<Answered> ChangeAsync(RunningHub hub, string flag, string json) => Answered.PostJsonAsync(hub.Admin, $"/api/v1/flags/{flag}", json);

    public static Task<Answered> KillAsync(RunningHub hub, string flag, string reason = "it hurts") =>
        ChangeAsync(hub, flag, $$"""{"killed": true, "reason": "{{reason}}"}""");

    /// <summary>A token that reaches so far.</summary>
    public static async Task<string> TokenAsync(RunningHub hub, string scope)
    {
        var made = await Answered.PostJsonAsync(hub.Admin, "/api/v1/tokens", $$"""{"name": "{{scope}}-only", "scopes": ["{{scope}}"]}""");
        made.Status.ShouldBe(201, made.Text);
        return made.Json.GetProperty("secret").GetString()!;
    }

    /// <summary>A client with such a token.</summary>
    public static async Task<HttpClient> WithScopeAsync(RunningHub hub, string scope)
    {
        var client = new HttpClient { BaseAddress = hub.Addresses.Pages };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(hub, scope));
        return client;
    }

    /// <summary>A flag as OFREP tells it.</summary>
    public static Task<Answered> EvaluateAsync(RunningHub hub, string flag, string context = """{"targetingKey": "user-1"}""") =>
        Answered.PostJsonAsync(hub.Client, $"/ofrep/v1/evaluate/flags/{flag}", $$"""{"context": {{context}}}""");
}
