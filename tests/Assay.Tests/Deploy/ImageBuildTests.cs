using System.Diagnostics;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The steps of the Dockerfile, run without Docker in a folder that holds what it copies and nothing else: what they publish starts.</summary>
public sealed class ImageBuildTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);
    private readonly string folder = Directory.CreateTempSubdirectory("assay-image-").FullName;

    private string Sources => Path.Combine(folder, "src");

    private string Published => Path.Combine(folder, "out");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_the_builder_is_sent_is_enough_for_programs_that_start()
    {
        if (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip("It compiles everything once more, a minute or two; set ASSAY_REQUIRE_DATA=1 to do it.");
        }

        var file = Dockerfile.Parse(Repository.Text("deploy/Dockerfile"));
        CopySources(file);
        foreach (var step in (string[])["source", "hub-build", "rag-service-build"])
        {
            // Node is there already: it is linked where the image has none.
            foreach (var run in file.Stages.Single(s => s.Name == step).Instructions.Where(i => i.Name == "RUN" && !i.Text.StartsWith("ln ")))
            {
                await RunAsync("bash", "-c", run.Text.Replace(" /out/", $" {Published}/"));
            }
        }

        (await RunAsync("dotnet", Path.Combine(Published, "hub", "Assay.Cli.dll"), "--version")).Trim().ShouldNotBe("");
        // A native library that is missing shows when the database is opened.
        await StartsAsync(
            "ready_ms",
            Path.Combine(Published, "hub", "Assay.Cli.dll"),
            "serve",
            "--json",
            "--data",
            Path.Combine(folder, "data"),
            "--port",
            "0",
            "--otlp-http-port",
            "0",
            "--otlp-grpc-port",
            "0"
        );
        await StartsAsync("Now listening on", Path.Combine(Published, "rag-service", "RagService.dll"), "--urls", "http://127.0.0.1:0");
        File.Exists(Path.Combine(Published, "rag-service", "handbook", "queries.jsonl")).ShouldBeTrue();
        Directory.GetFiles(Published, "Assay.Cli", SearchOption.AllDirectories).ShouldBeEmpty("the image starts dotnet itself");
    }

    private void CopySources(Dockerfile file)
    {
        var ignored = new DockerIgnore(Repository.Text(".dockerignore"));
        var wanted = file
            .Stages.Single(s => s.Name == "source")
            .Instructions.Where(i => i.Name == "COPY" && i.Flag("from") is null)
            .SelectMany(i => i.Words.SkipLast(1))
            .ToList();
        var sent = Repository.Files.Where(f => !ignored.KeepsBack(f) && wanted.Exists(w => f == w || f.StartsWith(w.TrimEnd('/') + "/")));
        foreach (var path in sent)
        {
            var copy = Path.Combine(Sources, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.FullPath(path), copy);
        }
    }

    /// <summary>Starts a program of the image, waits until it says so, and ends it.</summary>
    private async Task StartsAsync(string word, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        start.Environment["ASSAY__EXPERIMENTATION__HUB"] = "http://127.0.0.1:9";
        using var process = Process.Start(start)!;
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            bound.CancelAfter(Bound);
            string? line;
            do
            {
                line = await process.StandardOutput.ReadLineAsync(bound.Token);
            } while (line is not null && !line.Contains(word));
            line.ShouldNotBeNull($"{arguments[0]} ended without saying '{word}'.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Sources,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Bound);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = await process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', arguments)}\n{await output}\n{error}");
        return await output;
    }
}
