using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Server.Hosting;

namespace Assay.Server.Tests.Hosting;

public sealed class StartTests
{
    [Theory]
    [InlineData("--port")]
    [InlineData("--otlp-http-port")]
    [InlineData("--otlp-grpc-port")]
    public async Task A_taken_port_is_named_with_its_option(string option)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var e = await Should.ThrowAsync<AssayException>(() =>
            RunningHub.StartAsync(o =>
            {
                o.Port = option == "--port" ? port : 0;
                o.OtlpHttpPort = option == "--otlp-http-port" ? port : 0;
                o.OtlpGrpcPort = option == "--otlp-grpc-port" ? port : 0;
            })
        );
        e.ExitCode.ShouldBe(ExitCode.Infrastructure);
        e.Message.ShouldContain($"port {port}");
        e.Fix.ShouldContain(option);
    }

    [Fact]
    public async Task A_start_that_failed_leaves_the_folder_free()
    {
        var folder = Directory.CreateTempSubdirectory("assay-start-").FullName;
        using (var other = new TcpListener(IPAddress.Loopback, 0))
        {
            other.Start();
            await Should.ThrowAsync<AssayException>(() => RunningHub.StartAsync(o => o.Port = ((IPEndPoint)other.LocalEndpoint).Port, folder: folder));
        }

        await using (await RunningHub.StartAsync(folder: folder)) { }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Two_hubs_on_one_folder_are_one_too_many()
    {
        await using var first = await RunningHub.StartAsync();
        var e = await Should.ThrowAsync<AssayException>(() => RunningHub.StartAsync(folder: first.Folder));
        e.ExitCode.ShouldBe(ExitCode.Infrastructure);
        e.Message.ShouldContain(first.Addresses.Pages.GetLeftPart(UriPartial.Authority));
        e.Fix.ShouldContain("--data");
    }

    [Fact]
    public void Bad_options_are_told_all_at_once()
    {
        var options = new HubOptions
        {
            Host = "example.org",
            Port = 70_000,
            OtlpHttpPort = 7,
            OtlpGrpcPort = 7,
            AllowedHosts = ["http://x/"],
            CertificateKeyFile = "none.pem",
        };
        var faults = HubOptionsCheck.Faults(options).Select(f => f.Problem).ToList();
        string[] said =
        [
            "--host 'example.org'",
            "--port 70000",
            "--otlp-http-port and --otlp-grpc-port",
            "--allow-host 'http://x/'",
            "--certificate-key has no",
            "no file none.pem",
        ];
        said.ShouldAllBe(s => faults.Any(f => f.Contains(s)));
        Should.Throw<AssayException>(() => HubOptionsCheck.Check(options)).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Beyond_loopback_the_hub_needs_TLS_or_a_proxy(string host)
    {
        HubOptionsCheck.Faults(new HubOptions { Host = host }).ShouldHaveSingleItem().Fix.ShouldContain("--behind-proxy");
        HubOptionsCheck.Faults(new HubOptions { Host = host, BehindProxy = true }).ShouldBeEmpty();
    }

    [Fact]
    public async Task Behind_a_proxy_everything_but_health_needs_a_token()
    {
        await using var hub = await RunningHub.StartAsync(o =>
        {
            o.BehindProxy = true;
            o.AllowedHosts = ["assay.example.org"];
        });
        (await Answered.GetAsync(hub.Client, "/healthz")).Status.ShouldBe(200);
        (await Answered.GetAsync(hub.Client, "/readyz")).Status.ShouldBe(200);
        string[] closed = ["/", "/metrics", "/api/v1/audit", "/api/v1/traces", "/api/v1/openapi.json", "/api/v1/nothing"];
        foreach (var path in closed)
        {
            (await Answered.GetAsync(hub.Client, path)).ShouldBeProblem(401);
        }

        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", "{}")).ShouldBeProblem(401);
        (await Answered.GetAsync(hub.Admin, "/api/v1/audit")).Status.ShouldBe(200);

        var token = await Answered.PostJsonAsync(hub.Admin, "/api/v1/tokens", """{"name":"sender","scopes":["ingest"]}""");
        var sender = ("Authorization", "Bearer " + token.Json.GetProperty("secret").GetString());
        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", SentSpans.Batch([1]), sender)).Status.ShouldBe(200);
        (await Answered.GetAsync(hub.Client, "/api/v1/audit", sender)).ShouldBeProblem(403);

        var url = hub.Hub.NewSignInUrl();
        url.ToString().ShouldStartWith("https://assay.example.org/signin?code=");
        var signedIn = await Answered.GetAsync(hub.Client, url.PathAndQuery, ("Host", "assay.example.org"));
        signedIn.Headers["set-cookie"].ShouldContain("secure", Case.Insensitive);
    }

    [Fact]
    public async Task With_a_certificate_all_ports_speak_TLS()
    {
        var place = Directory.CreateTempSubdirectory("assay-tls-").FullName;
        var (certificate, key) = (Path.Combine(place, "hub.pem"), Path.Combine(place, "hub.key"));
        using (var rsa = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var now = TimeProvider.System.GetUtcNow();
            using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
            await File.WriteAllTextAsync(certificate, made.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        }

        await using var hub = await RunningHub.StartAsync(o => (o.CertificateFile, o.CertificateKeyFile) = (certificate, key));
        new[] { hub.Addresses.Pages, hub.Addresses.OtlpHttp, hub.Addresses.OtlpGrpc }.ShouldAllBe(a => a.Scheme == "https");
        using var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, c, _, _) => c?.Subject == "CN=127.0.0.1" } };
        using var client = new HttpClient(handler) { BaseAddress = hub.Addresses.Pages };
        (await Answered.GetAsync(client, "/healthz", ("Origin", hub.Addresses.Pages.GetLeftPart(UriPartial.Authority)))).Status.ShouldBe(200);
        Directory.Delete(place, recursive: true);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_told()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "no certificate", TestContext.Current.CancellationToken);
        var e = await Should.ThrowAsync<AssayException>(() => RunningHub.StartAsync(o => o.CertificateFile = file));
        e.ExitCode.ShouldBe(ExitCode.WrongUsage);
        e.Message.ShouldContain(file);
        File.Delete(file);
    }

    [Fact]
    public void A_full_disk_is_told_by_the_readiness()
    {
        DiskCheck.Fault(DiskCheck.LeastFreeBytes, ".assay").ShouldBeNull();
        DiskCheck.Fault(DiskCheck.LeastFreeBytes - 1, ".assay").ShouldNotBeNull().ShouldContain("Make room");
    }
}
