using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>The images can be built of what is sent to the builder, run as nobody in particular, and say how they are.</summary>
public sealed class DockerfileTests
{
    private const string Good = """
        ARG TAG=10.0.12
        FROM example.org/sdk:${TAG} AS build
        COPY src/ src/
        RUN dotnet publish src/App \
            -o /out
        FROM example.org/run:10.0.12-noble AS app
        USER 1654:1654
        VOLUME /data
        HEALTHCHECK CMD ["health"]
        COPY --from=build /out /app
        ENTRYPOINT ["dotnet", "/app/App.dll"]
        """;

    private static Dockerfile File => Dockerfile.Parse(Repository.Text("deploy/Dockerfile"));

    private static DockerIgnore Ignored => new(Repository.Text(".dockerignore"));

    [Fact]
    public void The_images_keep_the_rules() =>
        DockerfileRules.Faults(File, ["hub", "rag-service"], p => Repository.Exists(p) && !Ignored.KeepsBack(p)).ShouldBeEmpty();

    [Theory]
    [InlineData("10.0.12-noble", "latest", "names no version")]
    [InlineData("USER 1654:1654", "USER root", "runs as root")]
    [InlineData("USER 1654:1654", "", "runs as root")]
    [InlineData("HEALTHCHECK CMD [\"health\"]", "HEALTHCHECK NONE", "no health check")]
    [InlineData("ENTRYPOINT [\"dotnet\", \"/app/App.dll\"]", "ENTRYPOINT dotnet /app/App.dll", "SIGTERM")]
    [InlineData("COPY src/ src/", "COPY gone/ src/", "gone/")]
    [InlineData("COPY src/ src/", "ADD src/ src/", "COPY says")]
    [InlineData("--from=build", "--from=bild", "no such stage")]
    [InlineData("VOLUME /data", "ENV API_KEY=x", "secret")]
    [InlineData("VOLUME /data", "VOLUMEN /data", "no instruction")]
    [InlineData("VOLUME /data", "RUN dotnet publish .", "built where it runs")]
    public void The_rules_see_what_breaks_them(string good, string bad, string fault) =>
        string.Join('\n', DockerfileRules.Faults(Dockerfile.Parse(Good.Replace(good, bad)), ["app"], p => p == "src")).ShouldContain(fault);

    [Fact]
    public void A_file_that_keeps_the_rules_is_let_through() => DockerfileRules.Faults(Dockerfile.Parse(Good), ["app"], p => p == "src").ShouldBeEmpty();

    [Theory]
    [InlineData("src/Assay/Verdict.cs", false)]
    [InlineData("catalog/prices/offline.yaml", false)]
    [InlineData("deploy/image/health.sh", false)]
    [InlineData("src/Assay/bin/Release/x.dll", true)]
    [InlineData("src/Assay/obj/project.assets.json", true)]
    [InlineData("src/Assay.Server/obj/npm/node_modules/echarts/a.js", true)]
    [InlineData(".assay/token", true)]
    [InlineData(".git/config", true)]
    [InlineData(".env", true)]
    [InlineData("samples/.env", true)]
    [InlineData("deploy/deploy.sh", true)]
    public void Only_sources_are_sent_to_the_builder(string path, bool isKeptBack) => Ignored.KeepsBack(path).ShouldBe(isKeptBack);

    [Fact]
    public void The_versions_are_those_that_the_repository_names()
    {
        // The SDK rolls forward within its feature band: 10.0.4xx.
        var sdk = CliJson(Repository.Text("global.json"));
        var tag = File.Stages.Single(s => s.Name == "source").From.Split(':')[1];
        tag.ShouldStartWith(sdk[..^2]);
        string.CompareOrdinal(tag, sdk).ShouldBeGreaterThan(0);
        File.Stages.Single(s => s.Name == "runtime").From.ShouldContain("/aspnet:10.0.");
    }

    [Fact]
    public void The_health_check_and_the_command_of_the_image_are_programs()
    {
        foreach (var name in (string[])["deploy/image/health.sh", "deploy/image/assay", "deploy/deploy.sh", "deploy/images.sh"])
        {
            IsExecutable(name).ShouldBeTrue(name);
        }
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(Repository.FullPath(path)).HasFlag(UnixFileMode.UserExecute);

    private static string CliJson(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("sdk").GetProperty("version").GetString()!;
}
