using Assay.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scope = Assay.Server.Access.Scope;

namespace Assay.Server.Hosting;

/// <summary>The OpenAPI document of <c>/api/v1</c>.</summary>
internal static class ApiDocument
{
    /// <summary>What is worth compressing; the default leaves TLS alone, where the size of a page could tell its secrets.</summary>
    public static readonly IReadOnlyList<string> Compressed =
    [
        "application/json",
        "application/problem+json",
        "application/openmetrics-text",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
        "image/svg+xml",
    ];

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.ShouldInclude = api => api.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
                options.AddDocumentTransformer((document, _, _) => Describe(document));
                options.AddOperationTransformer((operation, context, _) => DescribeScope(operation, context));
            }
        );

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/api/{documentName}/openapi.json").RequireScope(Scope.Read);

    private static Task Describe(OpenApiDocument document)
    {
        document.Info.Title = "Assay hub";
        document.Info.Version = typeof(ApiDocument).Assembly.GetName().Version?.ToString(fieldCount: 3);
        document.Info.Description = "Traces, costs, quality, SLOs and decisions. Errors are problem details (RFC 9457): what to do about one is in `detail`.";
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        return Task.CompletedTask;
    }

    private static Task DescribeScope(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var required = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault()?.Scope ?? Scope.Admin;
        operation.Description = $"{operation.Description} Scope: {required.ToString().ToLowerInvariant()}.".TrimStart();
        return Task.CompletedTask;
    }
}
