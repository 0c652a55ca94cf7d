using Assay.Server.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

public sealed class ScopesTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Fact]
    public void Every_endpoint_declares_its_scope()
    {
        var endpoints = hub.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        endpoints.Count.ShouldBeGreaterThan(5);
        endpoints.Where(e => e.Metadata.GetMetadata<RequiredScope>() is null).Select(e => e.DisplayName).ShouldBeEmpty();
    }
}
