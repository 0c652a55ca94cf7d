using System.Diagnostics;
using System.Text.Json;
using Assay.Cli;
using Assay.Server.Tests.Dashboards;
using Assay.Server.Tests.Hosting;

namespace Assay.Server.Tests.Samples;

/// <summary>The two commands that show a release, on a hub, a sample service and commands in processes of their own.</summary>
public sealed class ReleaseDemoTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-demo-").FullName;
    private readonly StartedRagService service = new();
    private ServedProcess? hub;

    public async ValueTask InitializeAsync()
    {
        hub = await ServedProcess.StartAsync(folder, "--catalog", RepositoryFolder.Of("catalog"));
        service.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = hub.Otlp.BaseAddress!.ToString();
        service.Settings["ASSAY__EXPERIMENTATION__HUB"] = hub.Pages.BaseAddress!.ToString();
        // As `make up` starts it.
        service.Settings["SampleTraffic__PerMinute"] = "120";
        service.Settings["Faults__Enabled"] = "true";
        await service.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        hub?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_good_candidate_is_promoted_and_a_bad_one_after_it_is_taken_back()
    {
        var released = await RunAsync("release");
        released.ShouldContain("see_also@1.9.0 is out");
        // The history tells what moved; looks are many.
        released.ShouldContain("promoted: all traffic is the candidate's");
        released.ShouldNotContain("a look at the canary");
        (await LinksAsync("see_also@1.9.0")).ShouldBe(["opened", "evidence", "gate", "canary_started", "step", "step", "evidence", "promoted"]);
        (await PhaseAsync("see_also@1.9.0")).ShouldBe("promoted");
        (await FlagAsync()).GetProperty("rollout").GetProperty("on").GetDecimal().ShouldBe(100);

        // The next version begins with nobody, and its fault is in it alone.
        var told = await RunAsync("rollback");
        told.ShouldContain("20 of 20 users got an answer.");
        told.ShouldContain("see_also@1.9.1 was taken back");
        (await LinksAsync("see_also@1.9.1")).ShouldBe(["opened", "evidence", "gate", "canary_started", "step", "evidence", "rolled_back"]);
        (await PhaseAsync("see_also@1.9.1")).ShouldBe("rolled_back");
        (await FlagAsync()).GetProperty("killed").GetBoolean().ShouldBeTrue();
        (await StatusAsync("see_also@1.9.1"))
            .GetProperty("metrics")
            .EnumerateArray()
            .ShouldContain(m => Text(m, "metric") == "errors" && Text(m, "verdict") == "fail");

        // What the demo brought about is gone with it.
        (await Answered.GetAsync(service.Client, "/faults"))
            .Json.GetProperty("faults")
            .GetArrayLength()
            .ShouldBe(0);
        (await Answered.GetAsync(service.Client, "/traffic")).Json.GetProperty("per_minute").GetDouble().ShouldBe(120);
    }

    [Fact]
    public async Task What_it_does_not_know_is_refused_with_what_it_knows()
    {
        var (code, said, _) = await EndAsync("canary");
        code.ShouldBe(2, said);
        said.ShouldContain("release");
        said.ShouldContain("rollback");
    }

    /// <summary>Runs it to a good end, and gives what it said in at most 80 columns.</summary>
    private async Task<string> RunAsync(string what)
    {
        var (code, error, said) = await EndAsync(what);
        code.ShouldBe(0, $"{said}\n{error}");
        // Commands, addresses and the folders of a test are as long as they are.
        said.Split('\n')
            .Where(l => l.Length > 80 && !l.StartsWith('$') && !l.Contains("http://", StringComparison.Ordinal) && !l.Contains(folder))
            .ShouldBeEmpty();
        return said;
    }

    private async Task<(int Code, string Error, string Said)> EndAsync(string what)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", [RepositoryFolder.Of("samples/release/demo.sh"), what])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["ASSAY_DEMO_PROGRAM"] = Program(),
                    ["ASSAY_DEMO_DATA"] = folder,
                    ["ASSAY_DEMO_HUB"] = hub!.Pages.BaseAddress!.ToString(),
                    ["ASSAY_DEMO_SERVICE"] = service.Client.BaseAddress!.ToString(),
                },
            }
        )!;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience.Longest);
        try
        {
            var error = process.StandardError.ReadToEndAsync(bound.Token);
            var said = await process.StandardOutput.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return (process.ExitCode, await error, said);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // `assay` as a person has it in PATH.
    private string Program()
    {
        var path = Path.Combine(folder, "assay");
        File.WriteAllText(path, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    // Kinds of links in their order, looks aside and the pieces of evidence as one.
    private async Task<List<string>> LinksAsync(string release)
    {
        var links = (await Answered.GetAsync(hub!.Pages, $"/api/v1/releases/{release}/ledger?limit=1000")).Json.GetProperty("links").EnumerateArray();
        var kinds = links.Select(l => Text(l, "kind")).Where(k => k != "look").ToList();
        return [.. kinds.Where((k, i) => k != "evidence" || kinds[i - 1] != k)];
    }

    private async Task<JsonElement> StatusAsync(string release) => (await Answered.GetAsync(hub!.Pages, $"/api/v1/canaries/{release}")).Json;

    private async Task<string> PhaseAsync(string release) => Text(await StatusAsync(release), "phase");

    private async Task<JsonElement> FlagAsync() => (await Answered.GetAsync(hub!.Pages, "/api/v1/flags/see_also")).Json.GetProperty("override");

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
