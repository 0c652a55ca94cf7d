using Assay.Experimentation.Hosting;
using Assay.Flags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Experimentation.Tests.Hosting;

/// <summary>The unit of a request, in a real service that reads its flags from files.</summary>
public sealed class RequestUnitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("assay-units-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_flag_is_asked_for_whoever_the_request_names_and_requests_do_not_mix()
    {
        await using var app = await StartAsync(UnitOf.Header("X-User"));
        using var client = new HttpClient { BaseAddress = Address(app) };
        (await AskAsync(client, ("X-User", "ann"))).ShouldBe("True ann ann");
        (await AskAsync(client, ("X-User", "bob"))).ShouldBe("False bob bob");
        (await AskAsync(client)).ShouldBe("False  ");
        var many = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AskAsync(client, ("X-User", i % 2 == 0 ? "ann" : $"user-{i}"))));
        many.Where((_, i) => i % 2 == 0).ShouldAllBe(a => a == "True ann ann");
        many.Where((_, i) => i % 2 == 1).ShouldAllBe(a => a.StartsWith("False user-"));
    }

    [Fact]
    public async Task A_cookie_names_the_unit_too()
    {
        await using var app = await StartAsync(UnitOf.Cookie("visitor"));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address(app) };
        (await AskAsync(client, ("Cookie", "visitor=ann"))).ShouldBe("True ann ann");
    }

    private async Task<WebApplication> StartAsync(Func<HttpContext, Unit> unitOf)
    {
        Directory.CreateDirectory(Path.Combine(folder, "flags"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "flags", "flags.yaml"),
            """
            name: new_ranking
            description: For one.
            owner: search
            rules:
              - name: friends
                if: [{ attribute: key, operator: in, values: [ann] }]
                serve: on
            """,
            TestContext.Current.CancellationToken
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddAssayExperimentation(o => o.Catalog = folder);
        var app = builder.Build();
        app.UseAssayUnits(unitOf);
        app.MapGet(
            "/",
            (IFlagReader flags, RequestUnit unit, HttpContext context) => $"{flags.IsEnabled("new_ranking", unit)} {unit.Value.Key} {context.AssayUnit().Key}"
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static async Task<string> AskAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
