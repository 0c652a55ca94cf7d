using System.Text.Json;
using Assay.Cli;

namespace Assay.Server.Tests.Cli;

public sealed class TraceCommandTests
{
    [Fact]
    public async Task A_trace_is_shown_in_80_columns_with_what_failed()
    {
        await using var hub = await RunningHub.StartAsync();
        (await SentSpans.PostAsync(hub.Otlp, [7], TestContext.Current.CancellationToken)).ShouldBe(200);
        var (code, text, _) = await RunAsync("trace", "show", SentSpans.TraceId(7), "--data", hub.Folder);
        code.ShouldBe(0);
        text.Split('\n').ShouldAllBe(line => line.Length <= 80);
        text.ShouldContain("POST /ask");
        text.ShouldContain("! ");
        text.ShouldContain("failed: the search took too long");
        text.ShouldContain("200 ms");
    }

    [Fact]
    public async Task Traces_are_listed_by_filter_from_the_hub_and_from_the_folder_alike()
    {
        var folder = Directory.CreateTempSubdirectory("assay-list-").FullName;
        string fromHub;
        await using (var hub = await RunningHub.StartAsync(folder: folder))
        {
            await SentSpans.PostAsync(hub.Otlp, [1, 2, 3], TestContext.Current.CancellationToken);
            (var code, fromHub, _) = await RunAsync("trace", "list", "--service", "shop", "--since", "1h", "--json", "--data", folder);
            code.ShouldBe(0);
            JsonDocument.Parse(fromHub).RootElement.GetProperty("traces").GetArrayLength().ShouldBe(3);
            (await RunAsync("trace", "list", "--service", "other", "--data", folder)).Code.ShouldBe(3);
            (await RunAsync("trace", "list", "--min-duration", "5000", "--data", folder)).Code.ShouldBe(3);
            (await RunAsync("trace", "list", "--limit", "0", "--data", folder)).Code.ShouldBe(2);
            var page = JsonDocument.Parse((await RunAsync("trace", "list", "--limit", "2", "--json", "--data", folder)).Out).RootElement;
            var rest = await RunAsync("trace", "list", "--limit", "2", "--json", "--data", folder, "--after", page.GetProperty("next").GetString()!);
            JsonDocument.Parse(rest.Out).RootElement.GetProperty("traces").GetArrayLength().ShouldBe(1);
        }

        (await RunAsync("trace", "list", "--service", "shop", "--since", "1h", "--json", "--data", folder)).Out.ShouldBe(fromHub);
        (await RunAsync("trace", "show", SentSpans.TraceId(2), "--json", "--data", folder)).Code.ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_its_fix()
    {
        await using var hub = await RunningHub.StartAsync();
        (await RunAsync("trace", "show", "xyz", "--data", hub.Folder)).ShouldBe((2, "", "32 hex digits"), Says);
        (await RunAsync("trace", "show", SentSpans.TraceId(9), "--data", hub.Folder)).ShouldBe((2, "", "Nothing of this trace"), Says);
        (await RunAsync("trace", "list", "--data", Path.Combine(hub.Folder, "none"))).ShouldBe((4, "", "assay serve"), Says);
        (await RunAsync("trace", "list", "--hub", "http://127.0.0.1:1")).ShouldBe((4, "", "does not answer"), Says);
        (await RunAsync("trace", "list", "--hub", "nowhere")).ShouldBe((2, "", "--hub"), Says);
    }

    [Fact]
    public async Task Whoever_may_read_the_folder_gets_a_sign_in_address()
    {
        await using var hub = await RunningHub.StartAsync();
        var (code, text, _) = await RunAsync("sign-in", "--data", hub.Folder);
        code.ShouldBe(0);
        (await Answered.GetAsync(hub.Client, text.Trim())).Status.ShouldBe(302);
        (await RunAsync("sign-in", "--hub", hub.Addresses.Pages.ToString())).ShouldBe((2, "", "Sign in, or send a token"), Says);
    }

    [Fact]
    public async Task The_hub_says_where_it_is_in_one_JSON_document()
    {
        var folder = Directory.CreateTempSubdirectory("assay-serve-").FullName;
        using (var hub = await Hosting.ServedProcess.StartAsync(folder))
        {
            (await Answered.GetAsync(hub.Pages, "/readyz")).Status.ShouldBe(200);
            (await hub.StopAsync()).ShouldBe(0);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static readonly IEqualityComparer<(int Code, string Out, string Error)> Says = EqualityComparer<(int Code, string Out, string Error)>.Create(
        (a, b) => a.Code == b.Code && a.Out == b.Out && (a.Error.Contains(b.Error) || b.Error.Contains(a.Error)),
        a => a.Code
    );

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            args,
            new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false)
        );
        return (code, output.ToString(), error.ToString());
    }
}
