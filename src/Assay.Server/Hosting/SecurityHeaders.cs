using Microsoft.AspNetCore.Http;

namespace Assay.Server.Hosting;

/// <summary>Headers on every answer: what a page may load, and that nothing is kept or guessed.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Everything a page needs comes from the hub itself: no inline script or style, no frames.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // When the answer starts, because an error clears what was set before it.
        context.Response.OnStarting(static c => Set(((HttpContext)c).Response.Headers), context);
        return next(context);
    }

    private static Task Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
