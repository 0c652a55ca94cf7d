using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Assay.Server.Hosting;

/// <summary>Bounds the bodies of pages and API; an endpoint that takes more says so itself, and so does OTLP.</summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isOwn = context.Listener() != HubListener.Pages || context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null;
        if (!isOwn && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = HubEndpoints.MaxBodyBytes;
        }

        return next(context);
    }
}
