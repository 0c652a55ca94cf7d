using System.Text;

namespace Assay.Server.Tests.Access;

public sealed class TokensTests(RunningHub hub) : IClassFixture<RunningHub>
{
    private const string Decision = """{"by":"gate","subject":"release 7","choice":"ship","reason":"all gates pass"}""";

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/nothing")]
    public async Task A_wrong_token_is_refused_even_where_none_is_needed(string path)
    {
        string[] wrong = ["Bearer x", "Bearer ", $"Bearer assay_{new string('A', 43)}", "Basic YTpi", $"Bearer {await hub.ReadTokenAsync()}x"];
        foreach (var header in wrong)
        {
            var answer = await Answered.GetAsync(hub.Client, path, ("Authorization", header));
            answer.ShouldBeProblem(401).Headers["www-authenticate"].ShouldStartWith("Bearer");
        }
    }

    [Fact]
    public async Task A_wrong_token_is_refused_where_telemetry_comes_in() =>
        (await Answered.PostJsonAsync(hub.Otlp, "/v1/traces", "{}", ("Authorization", "Bearer x"))).ShouldBeProblem(401);

    [Fact]
    public async Task Reads_are_open_on_loopback_and_writes_are_not()
    {
        (await Answered.GetAsync(hub.Client, "/api/v1/audit")).Status.ShouldBe(200);
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/decisions", Decision)).ShouldBeProblem(401);
        (await Answered.GetAsync(hub.Client, "/api/v1/tokens")).ShouldBeProblem(401);
    }

    [Theory]
    [InlineData("ingest", 403, 403)]
    [InlineData("read", 403, 403)]
    [InlineData("write", 201, 403)]
    [InlineData("admin", 201, 200)]
    public async Task A_token_reaches_as_far_as_its_scope(string scope, int write, int admin)
    {
        var bearer = ("Authorization", "Bearer " + (await MakeAsync(scope)).Secret);
        (await Answered.PostJsonAsync(hub.Client, "/api/v1/decisions", Decision, bearer)).Status.ShouldBe(write);
        (await Answered.GetAsync(hub.Client, "/api/v1/tokens", bearer)).Status.ShouldBe(admin);
    }

    [Fact]
    public async Task A_token_ends_when_it_is_removed()
    {
        var (secret, id) = await MakeAsync("write");
        (await Answered.ToAsync(hub.Admin, HttpMethod.Delete, $"/api/v1/tokens/{id}")).Status.ShouldBe(204);
        (await Answered.GetAsync(hub.Client, "/healthz", ("Authorization", "Bearer " + secret))).ShouldBeProblem(401);
        (await Answered.ToAsync(hub.Admin, HttpMethod.Delete, $"/api/v1/tokens/{id}")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_token_without_end_outlives_the_hub()
    {
        var folder = Directory.CreateTempSubdirectory("assay-token-").FullName;
        string secret;
        await using (var first = await RunningHub.StartAsync(folder: folder))
        {
            secret = (await Answered.PostJsonAsync(first.Admin, "/api/v1/tokens", """{"name":"gate","scopes":["write"]}"""))
                .Json.GetProperty("secret")
                .GetString()!;
        }

        await using (var second = await RunningHub.StartAsync(folder: folder))
        {
            (await Answered.PostJsonAsync(second.Client, "/api/v1/decisions", Decision, ("Authorization", "Bearer " + secret))).Status.ShouldBe(201);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nobody_finds_a_secret_in_lists_or_in_the_store()
    {
        var (secret, id) = await MakeAsync("read");
        var list = await Answered.GetAsync(hub.Admin, "/api/v1/tokens");
        list.Text.ShouldContain(id);
        list.Text.ShouldNotContain(secret);
        foreach (var file in Directory.EnumerateFiles(hub.Folder, "assay.db*"))
        {
            var bytes = await ReadSharedAsync(file);
            bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task The_administrators_token_is_its_owners_alone()
    {
        (await hub.ReadTokenAsync()).ShouldMatch("^assay_[A-Za-z0-9_-]{43}$");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(hub.Folder, "keys")).Append(Path.Combine(hub.Folder, "token")))
        {
            ModeOf(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"admin","scopes":["read"]}""", "name")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["anyone"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"expires_in_days":0}""", "0 days")]
    [InlineData("""{"name":"x","scopes":["reed"]}""", "$.scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"expires":1}""", "$.expires")]
    [InlineData("""{"scopes":["read"]}""", "")]
    [InlineData("""{"name":"x",""", "line 1")]
    [InlineData("", "")]
    public async Task A_bad_request_says_what_to_mend(string json, string says)
    {
        var answer = (await Answered.PostJsonAsync(hub.Admin, "/api/v1/tokens", json)).ShouldBeProblem(400);
        answer.Text.ShouldContain(says);
    }

    [Fact]
    public async Task Every_write_is_in_the_audit_log_with_actor_and_reason()
    {
        var (secret, id) = await MakeAsync("write");
        var before = await AuditAsync();
        before[0].ShouldContain("token.create");
        before[0].ShouldContain(id);
        before[0].ShouldContain("token admin");
        await Answered.PostJsonAsync(hub.Client, "/api/v1/decisions", Decision, ("Authorization", "Bearer " + secret));
        var after = await AuditAsync();
        after[0].ShouldContain("decision.create");
        after[0].ShouldContain("token test write");
        after[0].ShouldContain("all gates pass");
        await Answered.PostJsonAsync(hub.Client, "/api/v1/decisions", "{", ("Authorization", "Bearer " + secret));
        (await AuditAsync())[0].ShouldBe(after[0], "a write that was refused is none");
    }

    [Fact]
    public async Task The_reason_of_a_write_may_come_in_a_header()
    {
        var (_, id) = await MakeAsync("read");
        await Answered.ToAsync(hub.Admin, HttpMethod.Delete, $"/api/v1/tokens/{id}", content: null, ("X-Assay-Reason", "no longer used"));
        (await AuditAsync())[0].ShouldContain("no longer used");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var answer = await Answered.PostJsonAsync(hub.Admin, "/api/v1/decisions", "\"" + new string('x', 1 << 20) + "\"");
        answer.ShouldBeProblem(413);
    }

    private static UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file);

    private async Task<IReadOnlyList<string>> AuditAsync() =>
        [.. (await Answered.GetAsync(hub.Client, "/api/v1/audit")).Json.GetProperty("records").EnumerateArray().Select(r => r.GetRawText())];

    private async Task<(string Secret, string Id)> MakeAsync(string scope)
    {
        var made = await Answered.PostJsonAsync(hub.Admin, "/api/v1/tokens", $$"""{"name":"test {{scope}}","scopes":["{{scope}}"],"expires_in_days":1}""");
        made.Status.ShouldBe(201, made.Text);
        return (made.Json.GetProperty("secret").GetString()!, made.Json.GetProperty("token").GetProperty("id").GetString()!);
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }
}
