using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Server.Tests.Slos;

namespace Assay.Server.Tests.Hosting;

public sealed class CertificateChainTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_caller_that_knows_the_root_alone_trusts_the_hub_by_the_chain_in_its_file()
    {
        using var folder = new TempFolder();
        using var root = Make("CN=root", issuer: null, isAuthority: true);
        using var between = Make("CN=between", root, isAuthority: true);
        using var leaf = Make("CN=hub", between, isAuthority: false);
        using var key = leaf.GetECDsaPrivateKey()!;
        var pem = string.Join('\n', leaf.ExportCertificatePem(), between.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(folder.File("hub.pem"), pem, TestContext.Current.CancellationToken);

        await using var hub = await RunningHub.StartAsync(o => o.CertificateFile = folder.File("hub.pem"));
        foreach (var address in (Uri[])[hub.Addresses.Pages, hub.Addresses.OtlpHttp, hub.Addresses.OtlpGrpc])
        {
            using var client = new HttpClient(Trusting(root)) { BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20 };
            using var answer = await client.GetAsync("/healthz", TestContext.Current.CancellationToken);
            answer.Version.Major.ShouldBeGreaterThan(0);
        }
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
    }

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        if (issuer is null)
        {
            return request.CreateSelfSigned(Now.AddHours(-1), Now.AddHours(1));
        }

        using var made = request.Create(issuer, Now.AddHours(-1), Now.AddHours(1), Serial(name));
        return made.CopyWithPrivateKey(key);
    }

    private static byte[] Serial(string name) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))[..8];
}
