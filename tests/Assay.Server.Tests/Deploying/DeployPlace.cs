using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Assay.Server.Tests.Deploying;

/// <summary>What a deployment left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error: its steps.</param>
internal sealed record Deployed(int ExitCode, string Out, string Error)
{
    public Deployed ShouldEndWith(int expected)
    {
        ExitCode.ShouldBe(expected, $"standard output:\n{Out}\nstandard error:\n{Error}");
        return this;
    }
}

/// <summary>A host of its own for <c>deploy/deploy.sh</c>: a folder, four free ports, versions of the sample service; it deploys processes.</summary>
internal sealed class DeployPlace : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);
    private readonly string folder = Directory.CreateTempSubdirectory("assay-deploy-").FullName;
    private readonly int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next()];

    /// <summary>A connection for each request: nginx closes idle ones when it reads its file again, which no user could tell from a failure.</summary>
    public HttpClient Client { get; } =
        new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { Timeout = Patience.Longest, DefaultRequestHeaders = { ConnectionClose = true } };

    /// <summary>The hub whose ledger is told; by default none, as nothing listens on the port of discard.</summary>
    public Uri Hub { get; set; } = new("http://127.0.0.1:9");

    /// <summary>A token of it.</summary>
    public string Token { get; set; } = "";

    /// <summary>What stands in for Docker; null to deploy processes.</summary>
    public string? Docker { get; private set; }

    /// <summary>Deploys containers, by a program in Docker's place that writes down what it is asked for and does none of it.</summary>
    /// <param name="script">What it does then, as a shell script.</param>
    /// <returns>The file with what it was asked for, a line each.</returns>
    public string InsteadOfDocker(string script)
    {
        var asked = Path.Combine(folder, "docker.asked");
        Docker = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        WriteScript(Path.Combine(Docker, "docker"), $"echo \"$*\" >>'{asked}'\n{script}");
        return asked;
    }

    public string State => Path.Combine(folder, "state");

    public Uri Proxy => Address(ports[0]);

    public Uri Staging => Address(ports[1]);

    public Uri Control => Address(ports[2]);

    public Uri Canary => Address(ports[3]);

    private static string Script { get; } = FindScript();

    /// <summary>Publishes a version of the sample service: the real one, with settings of its own.</summary>
    public void Publish(string version, params string[] settings)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var service = Path.Combine(AppContext.BaseDirectory, "RagService.dll");
        WriteProgram(version, $"exec '{dotnet}' '{service}' \"$@\" {string.Join(' ', settings)}");
    }

    /// <summary>
    /// Publishes a version that starts at once, for tests of what a deployment does and not of what it deploys: an nginx that is healthy and answers questions with this status,
    /// those beyond so many bytes with 413.
    /// </summary>
    public void PublishQuick(string version, int status = 200, int mostBytes = 1000)
    {
        const string Temporary = "client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;";
        WriteProgram(
            version,
            $$"""
            PATH=$PATH:/usr/sbin
            cat >nginx.conf <<CONF
            pid nginx.of-its-own; error_log stderr warn; events { }
            http {
                access_log off; client_max_body_size {{mostBytes}}; {{Temporary}}
                server {
                    listen 127.0.0.1:${2##*:};
                    location = /healthz { return 200 ok; }
                    location = /ask { return {{status}} '{"found":true}'; }
                }
            }
            CONF
            exec nginx -e stderr -p "$PWD/" -c nginx.conf -g 'daemon off; master_process off;'
            """
        );
    }

    /// <summary>Publishes a version that is this shell script.</summary>
    public void WriteProgram(string version, string script)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "releases", version)).FullName, "RagService");
        WriteScript(path, script);
    }

    private static void WriteScript(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public async Task<Deployed> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits until a deployment has ended.</summary>
    public static async Task<Deployed> EndAsync(Process process)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Bound);
        var output = process.StandardOutput.ReadToEndAsync(bound.Token);
        var error = await process.StandardError.ReadToEndAsync(bound.Token);
        await process.WaitForExitAsync(bound.Token);
        return new Deployed(process.ExitCode, await output, error);
    }

    /// <summary>Starts a deployment and kills it, without a warning, when it has said so many steps.</summary>
    public async Task KillAtAsync(int step, params string[] arguments)
    {
        using var process = Start(arguments);
        for (var steps = 0; steps < step; )
        {
            var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            line.ShouldNotBeNull($"It ended before step {step}: {string.Join(' ', arguments)}");
            steps += line.StartsWith("- ", StringComparison.Ordinal) ? 1 : 0;
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> StatusAsync() => JsonDocument.Parse((await RunAsync("status", "--json")).ShouldEndWith(0).Out).RootElement;

    /// <summary>What was done, the newest last.</summary>
    public async Task<List<JsonElement>> HistoryAsync(string environment) =>
        [
            .. (await RunAsync("history", environment, "--json"))
                .ShouldEndWith(0)
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonDocument.Parse(l).RootElement),
        ];

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Script, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var variables = start.Environment;
        variables["ASSAY_DEPLOY_RUNNER"] = Docker is null ? "process" : "compose";
        variables["PATH"] = $"{Docker}:{variables["PATH"]}".TrimStart(':');
        variables["ASSAY_DEPLOY_STATE"] = State;
        variables["ASSAY_RELEASES"] = Path.Combine(folder, "releases");
        variables["ASSAY_PROXY_PORT"] = $"{ports[0]}";
        variables["ASSAY_STAGING_PORT"] = $"{ports[1]}";
        variables["ASSAY_CONTROL_PORT"] = $"{ports[2]}";
        variables["ASSAY_CANARY_PORT"] = $"{ports[3]}";
        variables["ASSAY_HUB"] = Hub.ToString();
        variables["ASSAY_TOKEN"] = Token;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
        return Process.Start(start)!;
    }

    /// <summary>A test that needs nginx is skipped without it, and fails without it where <c>ASSAY_REQUIRE_DATA=1</c>.</summary>
    public static void NeedsNginx()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(f => File.Exists(Path.Combine(f, "nginx")));
        if (!isThere && Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip("nginx is not installed (Debian package nginx-light); set ASSAY_REQUIRE_DATA=1 to make this a failure.");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        // What was deployed runs on when a deployment ends; here it ends with the test.
        foreach (var file in Directory.Exists(State) ? Directory.GetFiles(State, "*.pid", SearchOption.AllDirectories) : [])
        {
            End(File.ReadAllText(file).Split([' ', '\n'])[0]);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void End(string number)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(number));
            // nginx ends its workers when it is asked to.
            using var kill = Process.Start("kill", ["-TERM", number]);
            if (!process.WaitForExit(Patience.Longest))
            {
                process.Kill();
            }
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}/");

    private static string FindScript()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No Assay.slnx above {AppContext.BaseDirectory}.");
        }

        return Path.Combine(folder.FullName, "deploy", "deploy.sh");
    }
}
