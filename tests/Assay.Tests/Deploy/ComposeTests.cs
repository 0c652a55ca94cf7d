using System.Text.RegularExpressions;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The deployment of one host: its containers may do little, and fit what the script and the images expect.</summary>
public sealed partial class ComposeTests
{
    private const string Path = "deploy/compose/compose.yaml";

    private static Dictionary<object, object> Containers => YamlText.Read(Path).Map("services");

    public static TheoryData<string> Names => [.. Containers.Keys.Cast<string>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_container_may_do_no_more_than_it_must(string name)
    {
        var container = Containers.Map(name);
        container.Text("read_only").ShouldBe("true");
        container.Texts("cap_drop").ShouldBe(["ALL"]);
        container.Texts("security_opt").ShouldBe(["no-new-privileges:true"]);
        container.Text("user").ShouldBe("${ASSAY_USER:-1654:1654}");
        container.Text("privileged").ShouldBe("");
        container.Text("mem_limit").ShouldNotBe("");
        container.Texts("volumes").ShouldAllBe(v => !v.Contains("docker.sock"));
        container.Map("logging").Map("options").Text("max-size").ShouldNotBe("");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_container_has_the_name_that_the_script_asks_for_and_an_image_of_a_version(string name)
    {
        var container = Containers.Map(name);
        container.Text("container_name").ShouldBe($"assay-{name}");
        Image().IsMatch(container.Text("image")).ShouldBeTrue(container.Text("image"));
    }

    [Fact]
    public void Every_container_is_asked_how_it_is()
    {
        // The images of Assay bring their check; the proxy's does not.
        Containers.Map("proxy").Map("healthcheck").Texts("test")[1].ShouldContain("/healthz");
        foreach (var slot in (string[])["staging", "control", "canary"])
        {
            var port = $"${{ASSAY_{slot.ToUpperInvariant()}_PORT";
            Containers.Map(slot).Map("environment").Text("HEALTH_PORT").ShouldStartWith(port);
            Containers.Map(slot).Texts("command")[1].ShouldStartWith($"http://127.0.0.1:{port}");
        }
    }

    [Fact]
    public void Canary_and_control_tell_their_versions_and_their_environment()
    {
        foreach (var slot in (string[])["staging", "control", "canary"])
        {
            var environment = Containers.Map(slot).Map("environment");
            environment.Text("ASSAY__OBSERVABILITY__SERVICE_VERSION").ShouldBe($"${{ASSAY_{slot.ToUpperInvariant()}_VERSION:-local}}");
            environment.Text("ASSAY__OBSERVABILITY__ENVIRONMENT").ShouldBe(slot == "staging" ? "staging" : "production");
            environment.Text("OTEL_EXPORTER_OTLP_ENDPOINT").ShouldNotBe("");
        }
    }

    [Fact]
    public void Ports_are_the_same_by_default_in_the_script_and_in_the_containers()
    {
        var script = Default().Matches(Repository.Text("deploy/steps/settings.sh")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        var containers = Default().Matches(Repository.Text(Path)).Where(m => m.Groups["name"].Value.EndsWith("_PORT")).ToList();
        containers.Select(m => m.Groups["name"].Value).Distinct().Count().ShouldBe(4);
        containers.ShouldAllBe(m => script[m.Groups["name"].Value] == m.Groups["value"].Value);
    }

    [Fact]
    public void Nothing_listens_on_other_addresses_than_loopback()
    {
        Repository.Text("deploy/proxy/nginx.conf").ShouldContain("listen 127.0.0.1:@PORT@;");
        Containers.Values.Cast<Dictionary<object, object>>().ShouldAllBe(c => !c.ContainsKey("ports"));
        Repository.Text(Path).ShouldNotContain("0.0.0.0");
    }

    [Fact]
    public void The_upstream_of_the_proxy_is_the_one_that_the_script_writes()
    {
        var script = Repository.Text("deploy/steps/traffic.sh");
        var name = Regex.Match(script, @"^upstreams=(?<name>\w+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups["name"].Value;
        var proxy = Repository.Text("deploy/proxy/nginx.conf");
        proxy.ShouldContain($"proxy_pass http://{name};");
        proxy.ShouldContain("include upstreams.conf;");
        script.ShouldContain("/proxy/upstreams.conf");
    }

    [Fact]
    public void The_canary_of_a_new_image_moves_what_the_script_moves()
    {
        var ports = Default().Matches(Repository.Text("deploy/steps/settings.sh")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        var upstreams = YamlText.Read("catalog/releases/rag_service.yaml").Map("canary").Map("split").Map("upstreams");
        upstreams.Text("file").ShouldBe(".deploy/proxy/upstreams.conf");
        Repository.Text("deploy/steps/traffic.sh").ShouldContain($"upstreams={upstreams.Text("name")}\n");
        upstreams.Text("control").ShouldBe($"127.0.0.1:{ports["ASSAY_CONTROL_PORT"]}");
        upstreams.Text("canary").ShouldBe($"127.0.0.1:{ports["ASSAY_CANARY_PORT"]}");
        upstreams.Texts("reload")[^1].ShouldContain(".deploy/proxy/nginx.pid");
        Repository.Text("deploy/proxy/nginx.conf").ShouldContain("pid nginx.pid;");
        // In the hub's container the same relative paths lead to the proxy's folder, and the numbers of processes are the proxy's.
        Containers.Map("hub").Text("pid").ShouldBe("service:proxy");
        Containers.Map("hub").Texts("volumes").ShouldContain(v => v.EndsWith($"/proxy:{Containers.Map("hub").Text("working_dir")}/.deploy/proxy"));
    }

    [GeneratedRegex(@"^(\$\{ASSAY_IMAGES:-\}[a-z-]+:\$\{ASSAY_[A-Z]+_VERSION:-local\}|[a-z]+:\d+\.\d+\.\d+[a-z-]*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Image();

    [GeneratedRegex(@"\$\{(?<name>ASSAY_[A-Z_]+):-(?<value>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();
}
