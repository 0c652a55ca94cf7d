namespace Assay.Server.Tests.Deploying;

/// <summary>What a deployment of containers asks of Docker, and in which order, when the hub's image is not there.</summary>
public sealed class DeployContainersTests : IDisposable
{
    // Slots run; whatever the hub needs fails, as with another registry or version in the shell.
    private const string WithoutHub = """
        case "$*" in
          *" up "*hub*) echo "no such image" >&2; exit 1 ;;
          inspect*assay-control) echo "true rag-service:1.0" ;;
          inspect*assay-canary) echo "true rag-service:1.1" ;;
          inspect*assay-proxy) echo true ;;
        esac
        """;

    private readonly DeployPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_rollback_moves_requests_before_it_asks_for_the_hub_and_does_not_need_it()
    {
        var asked = await WithCanaryAsync();
        var ended = (await place.RunAsync("rollback", "production", "--reason", "errors rose")).ShouldEndWith(0);
        ended.Error.ShouldContain("Docker did not start the hub");
        ended.Error.ShouldContain("All requests go to 1.0.");
        (await File.ReadAllTextAsync(Upstreams, TestContext.Current.CancellationToken)).ShouldContain(" down;");
        var lines = (await File.ReadAllLinesAsync(asked, TestContext.Current.CancellationToken)).ToList();
        var (moved, hub, stopped) = (
            lines.FindIndex(l => l.EndsWith("HUP proxy")),
            lines.FindIndex(l => l.EndsWith(" hub")),
            lines.FindIndex(l => l.EndsWith(" rm -f -s canary"))
        );
        moved.ShouldBeGreaterThan(0, string.Join('\n', lines));
        hub.ShouldBeGreaterThan(moved);
        stopped.ShouldBeGreaterThan(moved);
        lines[hub].ShouldContain("up -d --no-deps --no-recreate hub", customMessage: "the hub that runs stays as it is");
    }

    [Fact]
    public async Task The_proxy_is_needed()
    {
        await WithCanaryAsync("case \"$*\" in *' up '*proxy*) exit 1 ;; esac\n" + WithoutHub);
        (await place.RunAsync("rollback", "production", "--reason", "errors rose")).ShouldEndWith(4).Error.ShouldContain("Docker did not start the proxy.");
    }

    private string Upstreams => Path.Combine(place.State, "proxy", "upstreams.conf");

    private async Task<string> WithCanaryAsync(string docker = WithoutHub)
    {
        Directory.CreateDirectory(place.State);
        await File.WriteAllTextAsync(Path.Combine(place.State, "state"), "canary.version=1.1\nproduction.version=1.0\n", TestContext.Current.CancellationToken);
        return place.InsteadOfDocker(docker);
    }
}
