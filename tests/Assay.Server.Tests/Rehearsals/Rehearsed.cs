using System.Text;
using System.Text.Json;
using Assay.Cli;
using Assay.Server.Tests.Cli;

namespace Assay.Server.Tests.Rehearsals;

/// <summary><c>assay release rehearse</c> with the sample service of this build, called as a function; hub and service are processes of their own.</summary>
internal sealed class Rehearsed : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("assay-rehearsed-").FullName;

    public string Output => Path.Combine(Folder, "out");

    public static string Service => Path.Combine(AppContext.BaseDirectory, "RagService.dll");

    public Task<Finished> RunAsync(string scenario, params string[] more) => RunAsync(scenario, "", more);

    /// <summary>Rehearses with what a person types.</summary>
    public async Task<Finished> RunAsync(string scenario, string typed, string[] more)
    {
        string[] arguments = ["release", "rehearse", "--scenario", scenario, "--service", Service, "--out", Output, "--json", .. Budgets(more), .. more];
        await using var output = new StringWriter();
        await using var error = new Said();
        var surroundings = new CommandSurroundings(output, error, new Dictionary<string, string>(), TimeProvider.System, IsTerminal: false)
        {
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(typed)),
        };
        var code = await CommandLine.RunAsync(arguments, surroundings);
        TestContext.Current.TestOutputHelper?.WriteLine(error.Text);
        return new Finished(code, output.ToString(), error.Text);
    }

    /// <summary>The only result.</summary>
    public static JsonElement ResultOf(Finished finished) => finished.Json().GetProperty("results").EnumerateArray().ShouldHaveSingleItem();

    /// <summary>That the failure was found, by what it was to be found by, and that users came back.</summary>
    public static void ShouldBeFoundAndRestored(JsonElement result, params string[] expected)
    {
        var found = result.GetProperty("found_by").EnumerateArray().Select(f => f.GetProperty("metric").GetString()).ToList();
        found.Intersect(expected).ShouldNotBeEmpty($"found by {string.Join(", ", found)}: {result.GetProperty("rollback_reason")}");
        result.GetProperty("detect_seconds").GetDouble().ShouldBePositive();
        result.GetProperty("restore_seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(result.GetProperty("detect_seconds").GetDouble());
        result.GetProperty("rollback_reason").GetString()!.ShouldStartWith("Rolled back.");
        result.GetProperty("questions").GetProperty("candidate").GetInt64().ShouldBePositive();
    }

    // Whether a budget is kept is no question for a machine that runs other tests meanwhile. Twice as long is waited for what nobody finds.
    private static string[] Budgets(string[] more) =>
        [.. more.Contains("--budget-detect") ? (string[])[] : ["--budget-detect", "150"], "--budget-restore", "150"];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a command says while it runs; it may be read meanwhile.</summary>
internal sealed class Said : StringWriter
{
    private readonly Lock gate = new();

    public string Text
    {
        get
        {
            lock (gate)
            {
                return ToString();
            }
        }
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void WriteLine(string? value)
    {
        lock (gate)
        {
            base.WriteLine(value);
        }
    }
}
