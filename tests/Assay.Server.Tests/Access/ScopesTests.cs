using Assay.Server.Access;
using Microsoft.AspNetCore.Http;
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

    [Fact]
    public void An_endpoint_that_declares_nothing_is_for_administrators_and_one_that_changes_things_for_writers()
    {
        var silent = new Endpoint(_ => Task.CompletedTask, new EndpointMetadataCollection(), "silent");
        var read = new Endpoint(_ => Task.CompletedTask, new EndpointMetadataCollection(new RequiredScope(Scope.Read)), "read");
        ScopeRule.Needed(silent, "GET").ShouldBe(Scope.Admin);
        ScopeRule.Needed(read, "GET").ShouldBe(Scope.Read);
        ScopeRule.Needed(read, "POST").ShouldBe(Scope.Write);
        ScopeRule.Needed(read, "DELETE").ShouldBe(Scope.Write);
        ScopeRule.Needed(endpoint: null, "GET").ShouldBe(Scope.Read);
    }
}
